"""Writes spike times as scripts of laboratories leave them: laboratories.py FOLDER

Four units of 100, 50, 0 and 200 spikes from .25 to 19.75 s, in ways that differ in
names and nesting.
"""
import os
import sys

import h5py
import numpy as np
import scipy.io

os.chdir(sys.argv[1])
spikes = [np.linspace(0.25, 19.75, n) for n in (100, 50, 0, 200)]
of = np.repeat(np.arange(4), [len(s) for s in spikes])
flat = np.concatenate(spikes)
start = np.arange(5.0) * 4


def objects(values):
    a = np.empty(len(values), dtype=object)
    a[:] = values
    return a


words = objects(["a", "b", "a", "b", "a"])
scipy.io.savemat("struct.mat", {"data": {"spikes": objects(spikes), "trials": {"start": start, "stop": start + 3, "cond": words}}})
units = np.zeros(4, dtype=[("id", object), ("spike_times", object)])
for i in range(4):
    units[i] = (i + 10, spikes[i][:, None])
trials = np.zeros(5, dtype=[("start", object), ("stop", object), ("cond", object), ("target", object)])
for i in range(5):
    trials[i] = (start[i], start[i] + 3, "ab"[i % 2], np.array([1.0, 2.0]))
scipy.io.savemat("structs.mat", {"units": units, "trials": trials})
scipy.io.savemat("cells.mat", {"spikeTimes": objects(spikes), "Fs": 30000.0})
with h5py.File("samples.h5", "w") as f:
    f["spike_times"], f["spike_clusters"] = np.round(flat * 30000).astype("i8"), of
    f.attrs["sampling_rate"] = 30000.0
with h5py.File("named.h5", "w") as f:
    for i in range(4):
        f[f"neuron{i + 9}"] = spikes[i]
with h5py.File("sessions.h5", "w") as f:
    for i in range(4):
        f[f"s1/unit_{i}/times"] = spikes[i]
        f[f"s2/unit_{i}/times"] = spikes[i]
table = np.zeros(len(flat), dtype=[("time", float), ("unit", "i4")])
table["time"], table["unit"] = flat, of
np.savez("table.npz", spikes=table)
with h5py.File("ragged.h5", "w") as f:
    f["units/spike_times"], f["units/spike_times_index"] = flat, np.cumsum([len(s) for s in spikes])
    f["units/id"] = np.arange(4) + 4
