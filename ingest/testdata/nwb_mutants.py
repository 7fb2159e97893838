"""Tells what h5py reads of damaged copies of the sample, as JSON, a line a file of
stdin: a checksum for each part, or that h5py refuses it. Each file has a process of
its own, with 1 s and 2 GB: HDF5 goes in circles in some.
"""
import hashlib
import json
import os
import resource
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


def unit(f, i):
    ends = [int(k) for k in f["units/spike_times_index"][:]]
    return told(f["units/id"][i : i + 1], f["units/spike_times"][:][ends[i - 1] if i else 0 : ends[i]])


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


np.seterr(all="ignore")
for line in sys.stdin:
    r, w = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (1, 1))
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.write(w, json.dumps(judge(line.rstrip("\n"))).encode())
        os._exit(0)
    os.close(w)
    with os.fdopen(r) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    print(text or "{}", flush=True)
