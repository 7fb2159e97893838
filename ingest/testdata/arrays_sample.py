"""Writes a recording, told as JSON, as named arrays: arrays_sample.py IN.json OUT

OUT ends in .h5 (groups), .npz (flat names), .mat (structs and cells, MATLAB 5) or
.73.mat (the same as MATLAB 7.3 keeps them). arrays_sample.* are the sample of
package ingesttest so written; under AUTOLFADS_UPDATE=1 the tests write them anew.
"""
import json
import sys

import h5py
import numpy as np
import scipy.io

told, out = sys.argv[1:]
with open(told) as f:
    r = json.load(f)


def numbers(values):
    return np.array([np.nan if v is None else v for v in values], dtype=float)


ids = np.array([int(i) for i in r["IDs"]])
spikes = [numbers(s) for s in r["Spikes"]]
pairs = np.array([(t, i) for i, s in zip(ids, spikes) for t in s])
pairs = pairs[np.argsort(pairs[:, 0], kind="stable")]
trials = {}
for c in r["Columns"]:
    if c["Words"]:
        trials[c["Name"]] = c["Words"]
    elif c["Flags"]:
        trials[c["Name"]] = np.array(c["Flags"], dtype=bool)
    else:
        trials[c["Name"]] = numbers(c["Numbers"])
streams = {}
for s in r["Streams"]:
    data = numbers(s["Data"]).reshape(-1, s["Features"])
    streams[s["Name"]] = {"data": data if s["Features"] > 1 else data[:, 0], "unit": s["Unit"]}
    if s["Clock"]:
        streams[s["Name"]]["timestamps"] = numbers(s["Clock"])
    else:
        streams[s["Name"]].update(rate=float(s["Rate"]), start=float(s["Start"]))


def write_npz():
    """One flat list of names: a time and a unit for each spike."""
    flat = {"spike_times": pairs[:, 0], "spike_units": pairs[:, 1].astype(int), "unit_ids": ids}
    flat.update({"trials_" + k: np.array(v) for k, v in trials.items()})
    for name, s in streams.items():
        flat[name] = s["data"]
        flat.update({f"{name}_{k}": v for k, v in s.items() if k != "data"})
    np.savez(out, **flat)


def write_h5():
    """Groups: an array for each unit, a column for each of trials, a stream each."""
    with h5py.File(out, "w") as f:
        for i, s in zip(ids, spikes):
            f[f"spikes/{i}"] = s
        f["spikes"].attrs["note"] = "times in s"
        for k, v in trials.items():
            f["trials/" + k] = v
        for name, s in streams.items():
            for k, v in s.items():
                f[f"behavior/{name}/{k}"] = v


def write_mat():
    """What a laboratory's script leaves: cells of times, structs."""
    cells = np.empty((len(spikes), 1), dtype=object)
    for i, s in enumerate(spikes):
        cells[i, 0] = s[:, None]
    struct = {k: np.array(v, dtype=object)[:, None] if isinstance(v, list) else v[:, None] for k, v in trials.items()}
    held = {n: {k: v[:, None] if np.ndim(v) == 1 else v for k, v in s.items()} for n, s in streams.items()}
    scipy.io.savemat(out, {"spikes": cells, "unit_ids": ids[:, None], "trials": struct, "behavior": held}, do_compression=True)


class Mat73:
    """Groups, cells and words as MATLAB 7.3 keeps them: column-major."""

    def __init__(self, path):
        self.f = h5py.File(path, "w", userblock_size=512)
        self.refs, self.n = self.f.create_group("#refs#"), 0

    def put(self, where, name, v):
        if isinstance(v, dict):
            g = where.create_group(name)
            g.attrs["MATLAB_class"] = np.bytes_("struct")
            for k, x in v.items():
                self.put(g, k, x)
        elif isinstance(v, list):
            refs = np.empty((1, len(v)), dtype=h5py.ref_dtype)
            for i, x in enumerate(v):
                self.n += 1
                refs[0, i] = self.put(self.refs, f"r{self.n}", x).ref
            d = where.create_dataset(name, data=refs, dtype=h5py.ref_dtype)
            d.attrs["MATLAB_class"] = np.bytes_("cell")
        elif isinstance(v, str):
            d = where.create_dataset(name, data=np.array([[ord(c)] for c in v], dtype="u2"))
            d.attrs["MATLAB_class"], d.attrs["MATLAB_int_decode"] = np.bytes_("char"), np.int32(2)
        else:
            v = np.atleast_2d(np.asarray(v))
            if v.size == 0:
                d = where.create_dataset(name, data=np.array([0, 0], dtype="u8"))
                d.attrs["MATLAB_empty"] = np.uint8(1)
            else:
                d = where.create_dataset(name, data=v.T.astype("u1") if v.dtype == bool else v.T)
            kind = {"bool": "logical", "float64": "double"}.get(v.dtype.name, v.dtype.name)
            d.attrs["MATLAB_class"] = np.bytes_(kind)
            if kind == "logical":
                d.attrs["MATLAB_int_decode"] = np.int32(1)
        return where[name]

    def close(self):
        self.f.close()
        with open(out, "r+b") as f:
            f.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Mon Jan  1 00:00:00 2024 HDF5 schema 1.00 .".ljust(124) + b"\x00\x02IM")


def write_mat73():
    m = Mat73(out)
    columns = {k: v if isinstance(v, list) else v[:, None] for k, v in trials.items()}
    m.put(m.f, "spikes", [s[:, None] for s in spikes])
    m.put(m.f, "unit_ids", ids[:, None].astype(float))
    m.put(m.f, "trials", columns)
    m.put(m.f, "behavior", {n: {k: v[:, None] if np.ndim(v) == 1 else v for k, v in s.items()} for n, s in streams.items()})
    m.close()


{"npz": write_npz, ".h5": write_h5, "mat": write_mat}.get(out[-3:], write_mat)() if not out.endswith(".73.mat") else write_mat73()
