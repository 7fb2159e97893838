"""Makes the MAT-files that tests read, and what they hold as SciPy and h5py tell it.

python3 make.py FOLDER writes NAME.mat; without a folder, NAME.mat.gz and expected.json
here.
"""
import gzip
import io
import json
import os
import sys

import h5py
import numpy as np
import scipy.io
import scipy.sparse

import judge
from write import Five, Narrow, Seven, Text


def cell(*rows):
    c = np.empty((len(rows), len(rows[0])), object)
    for i in np.ndindex(c.shape):
        c[i] = rows[i[0]][i[1]]
    return c


r = np.random.default_rng(1)
column = lambda *v: np.array(v, float).reshape(-1, 1)
trials = [{"start": column(i), "result": Text("RFA"[i]), "spikes": cell([column(*r.random(i)), r.random((i, 2))])} for i in range(3)]
variables = {
    "spikes": cell(*[[np.sort(r.random((k + 3 * c, 1)), 0) for k in range(2)] for c in range(3)]),
    "names": cell([Text("M1 001")], [Text("PMd 2")], [Text("")]),
    "rows": Text("one\ntwo\nthree"),
    "letters": Text("µV in 日本"),
    "nothing": np.zeros((0, 0)),
    "none": np.zeros((0, 3)),
    "matrix": r.random((7, 5)),
    "cube": r.random((2, 3, 4)),
    "counts": r.integers(0, 200, (6, 4)).astype(float).view(Narrow),
    "z": r.random((2, 3)) + 1j * r.random((2, 3)),
    "odd": column(np.nan, np.inf, -np.inf, -0.0, 1e-310),
    "yes": r.random((2, 4)) > .5,
    "trials": trials,
    "info": {"subject": Text("P10"), "session": {"rate": column(30000), "units": Text("Hz")}, "empty": cell([column(1)])[:0]},
    "sparse": scipy.sparse.random(6, 9, .2, "csc", rng=r),
    "few": scipy.sparse.random(5, 4, .3, "csc", rng=r) > 0,
    "zeros": scipy.sparse.csc_matrix((3, 4)),
    "a_name_of_more_than_31_characters_and_less_than_63": column(31),
    **{k: np.array([[0, 1], [100, 127]], k) for k in ("i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4")},
}


def saved():
    """As SciPy's savemat takes it."""
    def plain(v):
        if isinstance(v, Text):
            return np.array([v]) if v else np.zeros(0, "U1")
        if isinstance(v, dict):
            return {k: plain(x) for k, x in v.items()}
        if isinstance(v, list):
            return np.array([tuple(plain(x) for x in i.values()) for i in v], [(k, object) for k in v[0]])
        if isinstance(v, np.ndarray) and v.dtype == object:
            c = np.empty(v.shape, object)
            for i in np.ndindex(v.shape):
                c[i] = plain(v[i])
            return c
        return v
    return {k: plain(v) for k, v in variables.items() if k not in ("rows", "letters")}


def four():
    b = io.BytesIO()
    scipy.io.savemat(b, {k: v for k, v in saved().items() if k in ("matrix", "z", "odd", "sparse", "u1", "i4", "few")}
                     | {"rows": np.array(["one", "two", "three"])}, format="4")
    return b.getvalue()


def scipys(packed):
    b = io.BytesIO()
    scipy.io.savemat(b, saved(), do_compression=packed, long_field_names=True, oned_as="column")
    return b.getvalue()


def others(path):
    """What Python writes by hand into a file with MATLAB's header: no classes."""
    with h5py.File(path, "w", userblock_size=512) as f:
        f["matrix"] = np.arange(6.).reshape(2, 3)
        f["vector"] = np.arange(4, dtype="i2")
        f["one"] = 7.5
        f["yes"] = np.array([True, False])
        f["names"] = ["M1 001", "µ"]
        f["z"] = np.array([1 + 2j])
        f["group/x"] = np.float32([1, 2])
        parts = [f.create_dataset(f"#refs#/{i}", data=np.arange(i + 1.)) for i in range(2)]
        f["cells"] = np.array([[p.ref for p in parts]], h5py.ref_dtype)
        f["cells2"] = np.empty((1, 2), h5py.ref_dtype)
    Seven().head(path)


def files(folder):
    out = {
        "level4": four(), "scipy": scipys(False), "scipy_packed": scipys(True),
        "little": Five().file(variables), "packed": Five(text="uint16").file(variables, True),
        "face": Five().file({"face": Text("a 😀")}),  # two of MATLAB's characters, which SciPy does not read
        "big": Five(">", text="uint16").file(variables), "big_packed": Five(">", small=False).file(variables, True),
    }
    for name, b in out.items():
        open(f"{folder}/{name}.mat", "wb").write(b)
    Seven().write(f"{folder}/level73.mat", variables)
    others(f"{folder}/others.mat")
    return [*out, "level73", "others"]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        files(sys.argv[1])
        sys.exit()
    here, expected = os.path.dirname(os.path.abspath(__file__)), {}
    for name in files("/tmp"):
        path = f"/tmp/{name}.mat"
        if name not in ("face", "others"):  # of which the tests know what is in them
            names = [n for n, *_ in scipy.io.whosmat(path)] if name != "level73" else sorted(variables)
            expected[name] = dict(zip(names, judge.answers(path, names)))
        with open(f"{here}/{name}.mat.gz", "wb") as f:
            f.write(gzip.compress(open(path, "rb").read(), mtime=0))
    json.dump(expected, open(f"{here}/expected.json", "w"), indent=1)
