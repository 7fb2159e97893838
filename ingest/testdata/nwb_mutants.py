"""Tells what h5py reads of damaged copies of the sample, as JSON, a line a file of
stdin: a checksum for each part, or that h5py refuses it. They are read in processes
of 2 GB that are given up at the first file that ends them, or takes more than .15 s:
HDF5 goes in circles in some.
"""
import hashlib
import json
import os
import resource
import signal
import sys

import h5py
import numpy as np


def told(*arrays):
    h = hashlib.sha256()
    for a in arrays:
        a = np.asarray(a)
        if a.dtype.kind in "OSU":
            for s in a:
                s = s if isinstance(s, bytes) else s.encode()
                h.update(s.split(b"\0")[0] + b"\0")
        elif a.dtype.kind == "b":
            h.update(a.astype("u1").tobytes())
        else:
            a = a.astype("f8").reshape(-1)
            a[np.isnan(a)] = np.nan
            h.update(a.tobytes())
    return h.hexdigest()


def units(f):
    """Of a file; read once, for all its units."""
    if f.id not in units.read:
        units.read.clear()
        g = f["units"]
        units.read[f.id] = [int(k) for k in g["spike_times_index"][:]], g["id"][:], g["spike_times"][:]
    return units.read[f.id]


units.read = {}


def unit(f, i):
    ends, ids, times = units(f)
    return told(ids[i : i + 1], times[ends[i - 1] if i else 0 : ends[i]])


def series(f, path):
    g = f[path]
    a = g["data"].attrs
    data = g["data"][:].astype("f8") * float(a.get("conversion", 1)) + float(a.get("offset", 0))
    if "timestamps" in g:
        return told(data, g["timestamps"][:])
    return told(data, np.arange(len(data)) / float(g["starting_time"].attrs["rate"]) + float(g["starting_time"][()]))


PARTS = {"unit%d" % i: (lambda f, i=i: unit(f, i)) for i in range(5)}
for name in ("start_time", "stop_time", "target", "reward", "angle"):
    PARTS[name] = lambda f, name=name: told(f["intervals/trials/" + name][:])
for name in ("hand_vel", "eye_x"):
    PARTS[name] = lambda f, name=name: series(f, "processing/behavior/BehavioralTimeSeries/" + name)


def judge(path):
    out = {}
    try:
        f = h5py.File(path, "r")
    except Exception:
        return out
    for name, part in PARTS.items():
        try:
            out[name] = part(f)
        except Exception:
            out[name] = "refused"
    return out


def answer(paths, pipe):
    """Writes a line for each file that it lives through, with .15 s for each."""
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for path in paths:
        signal.setitimer(signal.ITIMER_PROF, 0.15)  # of CPU time; ends the process
        os.write(pipe, json.dumps(judge(path)).encode() + b"\n")


np.seterr(all="ignore")
paths = sys.stdin.read().split("\n")[:-1]
while paths:
    r, w = os.pipe()
    child = os.fork()
    if child == 0:
        answer(paths[:50], w)
        os._exit(0)
    os.close(w)
    with os.fdopen(r) as answers:
        lines = [line for line in answers.read().split("\n")[:-1]]
    os.waitpid(child, 0)
    if len(lines) < len(paths[:50]):  # the next one ended it
        lines.append("{}")
    print("\n".join(lines), flush=True)
    paths = paths[len(lines) :]
