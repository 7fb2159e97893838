"""Says what SciPy (levels 4 and 5) and h5py (7.3) read of MAT-files, damaged ones too.

Each line of standard input asks for one file:
    {"File": path, "Alone": false, "Items": ["name of a variable", ...]}
and has one line of answer: for each variable a list of lines that tell its values,
"absent" if there is no such thing, or "refused". Files are read in forked children, a
few in each; one that dies leaves "crashed" for the file it was reading and the rest to
the next.
"""
import hashlib
import json
import os
import resource
import signal
import sys
import warnings

import h5py
import numpy as np
import scipy.io
import scipy.sparse

SECONDS, MEMORY, BATCH = 2, 4 << 30, 50
NUMBERS = ["double", "single", "logical", *(f"{u}int{n}" for u in ("", "u") for n in (8, 16, 32, 64))]
OPAQUE = (scipy.io.matlab.MatlabObject, scipy.io.matlab.MatlabFunction, scipy.io.matlab.MatlabOpaque)


def numbers(v):
    """The first values, and a checksum of all as float64, row-major."""
    with np.errstate(all="ignore"):
        v = np.ascontiguousarray(v, "<f8").reshape(-1)
    v = np.where(np.isnan(v), np.nan, v)
    first = " ".join("%.6e" % x for x in v[:4])
    return f"{first} {hashlib.sha256(v.tobytes()).hexdigest()[:16]}"


def texts(rows):
    rows = ["".join(c if ord(c) < 128 else "?" for c in r).rstrip(" \0") for r in rows]
    return f"text {len(rows) if any(rows) else 0} {hashlib.sha256(chr(10).join(rows).encode()).hexdigest()[:16]}"


def shape(v):
    dims = list(v)
    return [0, 0] if dims == [1, 0] else dims  # what SciPy makes of [] in a cell


def listed(names):
    return "[" + " ".join(names) + "]"


def subscript(i, dims):
    place = np.unravel_index(i, dims)
    if len(dims) == 2 and 1 in dims:
        return str(max(place) + 1)
    return ",".join(str(p + 1) for p in place)


def leaf(v, path):
    """A line for numbers."""
    if np.iscomplexobj(v):
        return [f"{path} {shape(v.shape)} {numbers(real(v))} i {numbers(v.imag + 0.0)}"]
    return [f"{path} {shape(v.shape)} {numbers(v.real)}"]


def real(v):
    """What SciPy's re + 1j * im leaves of a real part: NaN beside what is not finite."""
    return np.where(np.isfinite(v.imag), v.real + 0.0, np.nan)


def sparse(v, path):
    v = v.tocsc()
    v.sort_indices()
    columns = np.repeat(np.arange(v.shape[1]), np.diff(v.indptr))
    line = f"{path} {list(v.shape)} sparse {numbers(v.indices)} {numbers(columns)} "
    if np.iscomplexobj(v.data):
        return [line + f"{numbers(real(v.data))} i {numbers(v.data.imag + 0.0)}"]
    return [line + numbers(v.data)]


def tell(v, path):
    """Lines that tell what SciPy has read."""
    if isinstance(v, OPAQUE) or getattr(v, "dtype", None) is not None and v.dtype.names and "_TypeSystem" in str(v.dtype.names):
        return [f"{path} opaque"]
    if scipy.sparse.issparse(v):
        return sparse(v, path)
    if v.dtype.kind == "U":
        return [f"{path} {texts(v.reshape(-1))}"]
    if v.dtype.kind not in "OV":
        return leaf(v, path)
    names = list(v.dtype.names or [])
    lines = [f"{path} holds {list(v.shape)} {listed(names)}"]
    for i in range(v.size):
        e = v[np.unravel_index(i, v.shape)]
        if names:
            at = path if v.size == 1 else f"{path}({subscript(i, v.shape)})"
            for name in names:
                lines += tell(e[name], f"{at}.{name}")
        elif e is not None:
            lines += tell(e, path + "{" + subscript(i, v.shape) + "}")
    return lines


def tell73(f, o, path, depth=0):
    """Lines that tell what a MATLAB 7.3 file holds, read with h5py."""
    if depth > 100:
        raise ValueError("too deep")
    a = {k: o.attrs[k] for k in o.attrs}
    c = a["MATLAB_class"].decode() if "MATLAB_class" in a else ""
    if "MATLAB_object_decode" in a or c not in ("", "char", "cell", "struct", *NUMBERS):
        return [f"{path} opaque"]
    if isinstance(o, h5py.Group):
        return group73(f, o, path, a, depth)
    if c and a.get("MATLAB_empty", 0):
        dims = [int(n) for n in o[()]]
        v = np.zeros(dims)
        if c == "char":
            return [f"{path} {texts([''] * int(np.prod(dims[:-1])))}"]
        return [f"{path} holds {dims} []"] if c in ("cell", "struct") else leaf(v, path)
    if not c:
        return leaf(o[()], path)  # other software's
    v = o[()].T
    if v.ndim < 2:
        v = v.reshape(-1, 1)
    if c == "char":
        codes = v.reshape(-1, v.shape[-1])
        return [f"{path} {texts([r.astype('<u2').tobytes().decode('utf-16-le', 'replace') for r in codes])}"]
    if c == "cell":
        lines = [f"{path} holds {list(v.shape)} []"]
        for i in range(v.size):
            e = f[v[np.unravel_index(i, v.shape)]]
            lines += tell73(f, e, path + "{" + subscript(i, v.shape) + "}", depth + 1)
        return lines
    if v.dtype.names:
        if v.dtype["real"].itemsize > 8 or v.dtype["imag"].itemsize > 8:
            raise ValueError("h5py fits long doubles into 8 bytes")
        v = v["real"] + 1j * v["imag"]
    return leaf(v, path)


def group73(f, g, path, a, depth):
    if "MATLAB_sparse" in a:
        start = g["jc"][()].astype("i8")
        n, data, ir = int(a["MATLAB_sparse"]), np.zeros(0), np.zeros(0, "i8")
        if "data" in g and "ir" in g:
            data, ir = g["data"][()], g["ir"][()].astype("i8")
        return sparse(scipy.sparse.csc_matrix((data, ir, start), (n, len(start) - 1)), path)
    names = ["".join(c.decode() for c in n) for n in a.get("MATLAB_fields", [])]
    if sorted(names) != sorted(g):
        names = list(g)
    if "MATLAB_class" in a and names and all(isinstance(g[n], h5py.Dataset) and g[n].dtype == h5py.ref_dtype and "MATLAB_class" not in g[n].attrs for n in names):
        refs = {n: g[n][()].T for n in names}
        dims = refs[names[0]].shape
        lines = [f"{path} holds {list(dims)} {listed(names)}"]
        for i in range(int(np.prod(dims))):
            at = path if int(np.prod(dims)) == 1 else f"{path}({subscript(i, dims)})"
            for n in names:
                lines += tell73(f, f[refs[n][np.unravel_index(i, dims)]], f"{at}.{n}", depth + 1)
        return lines
    lines = [f"{path} holds [1, 1] {listed(names)}"]
    for n in names:
        lines += tell73(f, g[n], f"{path}.{n}", depth + 1)
    return lines


def answers(name, items):
    if h5py.is_hdf5(name):
        with h5py.File(name) as f:
            return [attempt(lambda: tell73(f, f[i], i) if i in f else "absent") for i in items]
    try:  # all at once, which ends at the first damage
        all_of_it = five(name, None)
        return [attempt(lambda: tell(all_of_it[i], i)) if i in all_of_it else "absent" for i in items]
    except Exception:
        return [attempt(lambda: tell(v[i], i) if i in (v := five(name, [i])) else "absent") for i in items]


def five(name, items):
    with open(name, "rb") as f:
        order = f.read(128)[126:]
    text = {} if order not in (b"IM", b"MI") else {"uint16_codec": "utf-16-le" if order == b"IM" else "utf-16-be"}
    return scipy.io.loadmat(name, variable_names=items, **text)


def attempt(read):
    try:
        return read()
    except Exception as e:
        return f"refused: {type(e).__name__}: {e}"


def child(questions, out):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    warnings.simplefilter("ignore")
    for question in questions:
        signal.alarm(SECONDS)
        said = attempt(lambda: answers(question["File"], question["Items"]))
        signal.alarm(0)
        if isinstance(said, str):
            said = [said] * len(question["Items"])
        with os.fdopen(os.dup(out), "wb") as to:
            to.write((json.dumps(said) + "\n").encode("utf-8", "surrogatepass"))
    os._exit(0)


def batch(questions):
    """Answers of one child: as many as it lived for, and "crashed" for one more."""
    end, out = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(end)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            child(questions, out)
        finally:
            os._exit(1)
    os.close(out)
    with os.fdopen(end) as said:
        lines = said.read().splitlines()
    os.waitpid(pid, 0)
    done = [json.loads(line) for line in lines]
    if len(done) < len(questions):
        done.append(["crashed"] * len(questions[len(done)]["Items"]))
    return done


if __name__ == "__main__":
    questions = [json.loads(line) for line in sys.stdin]
    while questions:
        n = 1 if questions[0]["Alone"] else BATCH
        for said in (done := batch(questions[:n])):
            print(json.dumps(said))
        questions = questions[len(done):]
