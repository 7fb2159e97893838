"""Says what h5py reads of damaged files, which may crash, hang or fill memory.

Each line of standard input asks for one file:
    {"File": path, "Alone": false, "Items": [{"Path": "/x", "Attr": ""}, ...]}
and has one line of answer: for each item its shape and the SHA-256 of its values
as float32 and as float64 (NaN is one value), or of its strings; "absent" if there is no
such thing, or "refused". Without Items, all that h5py finds is answered, each item
behind its path and attribute. With Bytes, the answer is how many the items have.
Files are read in forked children, a few in each; one that dies leaves "crashed" for
the file it was reading and the rest to the next.
"""
import hashlib
import json
import os
import resource
import signal
import sys

import h5py
import numpy as np

SECONDS, MEMORY, BATCH = 5, 4 << 30, 50


def join(all, t):
    """Sequences one behind the other: the number of values in each, and all of them."""
    ends = ",".join(str(len(s)) for s in all)
    values = np.concatenate([np.asarray(s) for s in all]) if len(all) else np.zeros(0)
    return sha(ends.encode()) + digest(values.astype(t) if len(values) == 0 else values, t)


def sha(b):
    return hashlib.sha256(b).hexdigest()


def target(ref, f):
    """Where a reference points: the address of an object, the ends of what is selected of it."""
    if not ref:
        return "null"
    told = str(h5py.h5o.get_info(h5py.h5r.dereference(ref, f)).addr)
    if isinstance(ref, h5py.RegionReference):
        space = h5py.h5r.get_region(ref, f)
        bounds = space.get_select_bounds() if space.get_select_npoints() else ()
        told += " " + " ".join(str(n) for corner in bounds for n in corner)
    return told


def digest(v, t):
    """The values of a type as Go sees them: float32 and float64, text, targets of references."""
    if t.names:
        return "".join(digest(v[name], t[name].base) for name in t.names)
    if v.dtype.kind == "c":
        return digest(v.real, t) + digest(v.imag, t)
    if h5py.check_ref_dtype(t):
        return sha(",".join(target(ref, FILE.id) for ref in v.reshape(-1)).encode())
    if isinstance(h5py.check_vlen_dtype(t), np.dtype):
        return join(v.reshape(-1), h5py.check_vlen_dtype(t))
    if v.dtype.kind in "OS":
        text = [x if isinstance(x, bytes) else x.encode("utf-8", "surrogateescape") for x in v.reshape(-1)]
        return "".join(hashlib.sha256(x.split(b"\0")[0]).hexdigest() for x in text)
    sums = []
    with np.errstate(all="ignore"):
        for t in ("<f4", "<f8"):
            w = v.astype(t)
            w[np.isnan(w)] = np.nan
            sums.append(hashlib.sha256(w.tobytes()).hexdigest())
    return "".join(sums)


def answer(f, item):
    global FILE
    FILE = f
    try:
        if item["Path"] not in f:
            return "absent"
        o = f[item["Path"]]
        if item["Attr"]:
            if item["Attr"] not in o.attrs:
                return "absent"
            v, t = o.attrs[item["Attr"]], o.attrs.get_id(item["Attr"]).dtype
            if isinstance(v, str):
                v = np.array(v.encode(), "O")
        else:
            v, t = o[()], o.dtype
        if isinstance(v, h5py.Empty):  # has no shape; ours is that of a scalar
            return f"[] {digest(np.zeros(0, v.dtype), t)}"
        v = np.array(v, "O") if isinstance(v, (bytes, h5py.Reference)) else np.asarray(v)
        return f"{list(v.shape)} {digest(v, t.base)}"
    except Exception as e:
        return f"refused: {type(e).__name__}: {e}"


def everything(f):
    """All values and attributes of a file, links followed, by path."""
    def visit(o, path):
        for name in o.attrs:
            yield f"{path}|{name}|" + answer(f, {"Path": path, "Attr": name})
        if isinstance(o, h5py.Dataset):
            yield f"{path}||" + answer(f, {"Path": path, "Attr": ""})
        for name in o if isinstance(o, h5py.Group) else []:
            below = o.get(name)
            if isinstance(below, (h5py.Group, h5py.Dataset)):
                yield from visit(below, f"{path.rstrip('/')}/{name}")
    return list(visit(f, "/"))


def size(f, item):
    """How many bytes h5py makes room for to read a data set, as far as there is room."""
    try:
        n = f[item["Path"]].nbytes
        return 0 if item["Attr"] or n > MEMORY else n
    except Exception:
        return 0


def judge(question):
    try:
        with h5py.File(question["File"], "r") as f:
            if question["Bytes"]:
                return [str(sum(size(f, item) for item in question["Items"]))]
            if question["Items"] is None:
                return everything(f)
            return [answer(f, item) for item in question["Items"]]
    except Exception as e:
        return [f"refused: {e}"] * len(question["Items"] or [0])


def child(questions, out):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    for question in questions:
        signal.setitimer(signal.ITIMER_PROF, SECONDS)  # of work, however busy the machine is
        answers = judge(question)
        signal.setitimer(signal.ITIMER_PROF, 0)
        os.write(out, (json.dumps(answers) + "\n").encode())
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
    with os.fdopen(end) as answers:
        lines = answers.read().splitlines()
    os.waitpid(pid, 0)
    done = [json.loads(line) for line in lines]
    if len(done) < len(questions):
        done.append(["crashed"] * len(questions[len(done)]["Items"] or [0]))
    return done


def main():
    questions = [json.loads(line) for line in sys.stdin]
    while questions:
        n = 1 if questions[0]["Alone"] else BATCH
        for answers in (done := batch(questions[:n])):
            print(json.dumps(answers))
        questions = questions[len(done):]


if __name__ == "__main__":
    main()
