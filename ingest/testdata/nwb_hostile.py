"""Writes NWB files that would take a reader's memory or time, by h5py:

    nwb_hostile.py DIR

bomb.nwb   190 million spikes of one unit, 1.5 GB of zeros in under 2 MB
chunk.nwb  the same in one chunk
loops.nwb  groups that hold themselves, and soft links in a circle
deep.nwb   a thousand groups, one in the other
many.nwb   100,000 groups
"""
import sys
import zlib

import h5py
import numpy as np


def file(name, **options):
    f = h5py.File("%s/%s.nwb" % (sys.argv[1], name), "w", **options)
    f.attrs["neurodata_type"], f.attrs["nwb_version"] = "NWBFile", "2.7.0"
    f["identifier"] = name
    return f


def units(f, total, chunk):
    g = f.create_group("units")
    g.attrs["neurodata_type"], g.attrs["colnames"] = "Units", ["spike_times"]
    g["id"], g["spike_times_index"] = [0, 1], np.array([3, total])
    d = g.create_dataset("spike_times", (total,), "f8", chunks=(chunk,), compression="gzip")
    zeros = zlib.compress(bytes(8 * chunk), 9)
    for at in range(0, total, chunk):
        d.id.write_direct_chunk((at,), zeros)


with file("bomb") as f:
    units(f, 190_000_000, 1_000_000)
with file("chunk") as f:
    units(f, 190_000_000, 190_000_000)
with file("loops") as f:
    units(f, 10, 10)
    a = f.create_group("processing/a")
    a["self"], a["root"], a["up"] = a, f["/"], f["processing"]
    a["ring"], a["nowhere"] = h5py.SoftLink("/processing/b"), h5py.SoftLink("/not/there")
    f["processing/b"] = h5py.SoftLink("/processing/a/ring")
    s = f.create_group("acquisition/s")
    s["data"], s["timestamps"] = [1.0, 2.0], [0.5, 1.5]
    a["again"] = h5py.SoftLink("/acquisition/s")
    f["acquisition/r/data"] = [1.0, 2.0]
    f["acquisition/r/timestamps"] = h5py.SoftLink("/acquisition/s/timestamps")
with file("deep") as f:
    units(f, 10, 10)
    g = f.create_group("processing")
    for _ in range(1000):
        g = g.create_group("g")
with file("many", libver="latest") as f:
    units(f, 10, 10)
    g = f.create_group("processing/many")
    for i in range(100_000):
        g.create_group(str(i))
