"""Writes spike times as MATLAB users keep them: trialwise.py FOLDER

Three units in five trials, every 4 s from 1 s on and 2 s long: unit k has spikes
.25, .5, ... s after a start, 2 + k of them. In bt_*.mat they count from each trial's
start; in the others they are those of the session.
"""
import os
import sys

import h5py
import numpy as np
import scipy.io

os.chdir(sys.argv[1])
start = 1 + 4.0 * np.arange(5)


def objects(values, shape=None):
    a = np.empty(len(values), dtype=object)
    a[:] = values
    return a.reshape(shape) if shape else a


late = [0.25 * np.arange(1, 3 + k) for k in range(3)]
whole = [np.concatenate([s + late[k] for s in start]) for k in range(3)]
trials = {"startTime": start, "stopTime": start + 2}

structs = np.zeros(5, dtype=[("spikes", object), ("startTime", object), ("endTime", object)])
for i in range(5):
    structs[i] = (objects(late, (3, 1)), start[i], start[i] + 2)
scipy.io.savemat("bt_structs.mat", {"trial": structs})
scipy.io.savemat("bt_cells.mat", {"spikes": objects([objects(late) for _ in start]), "trials": trials})
scipy.io.savemat("bt_units.mat", {"spikes": objects([objects([late[k]] * 5) for k in range(3)]), "trials": trials})
scipy.io.savemat("bt_grid.mat", {"spikes": objects(late * 5, (5, 3)), "trials": trials})
scipy.io.savemat("session.mat", {"spikes": objects([s + t for s in start for t in late], (5, 3)), "trials": trials})
scipy.io.savemat("bt_no_start.mat", {"trial": {"spikes": objects([objects(late) for _ in start])}})
scipy.io.savemat("fieldtrip.mat", {"spike": {
    "label": objects(list("abc")), "time": objects([np.tile(t, 5) for t in late]), "trial": objects([np.repeat(np.arange(5.0), len(t)) for t in late]),
    "trialtime": np.tile([0.0, 2.0], (5, 1)),
}})

padded = np.full((3, 20), np.nan)
for k in range(3):
    padded[k, : len(whole[k])] = whole[k]
scipy.io.savemat("nan.mat", {"spikes": padded})
scipy.io.savemat("zeros.mat", {"spike_times": np.nan_to_num(padded).T})
scipy.io.savemat("rat.spikes.cellinfo.mat", {"spikes": {
    "times": objects(whole), "UID": np.arange(1, 4), "ts": objects([(s * 20000).round() for s in whole]), "sr": 20000.0,
}})
scipy.io.savemat("deep.mat", {"session": {"neural": {"spikes": {"times": objects(whole)}}}})
scipy.io.savemat("plexon.mat", {f"sig00{k + 1}a": whole[k] for k in range(3)} | {"sig001a_wf": np.zeros((15, 8))})
scipy.io.savemat("wrapped.mat", {"spikes": objects([objects([s]) for s in whole])})
np.savez("ibl.npz", **{"spikes.times": np.concatenate(whole), "spikes.clusters": np.repeat([1, 2, 3], [len(s) for s in whole])})
with h5py.File("ms.h5", "w") as f:
    f["spike_times"] = np.concatenate(whole) * 1000
    f["spike_times"].attrs["unit"] = "ms"
    f["spike_clusters"] = np.repeat([1, 2, 3], [len(s) for s in whole])
