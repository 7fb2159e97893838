"""Writes an HDF5 file of spikes whose cells hold themselves: arrays_loops.py OUT."""

import sys

import h5py
import numpy as np

with h5py.File(sys.argv[1], "w") as f:
    f["spike_times"], f["spike_clusters"] = np.array([0.5, 1, 2]), [1, 1, 2]
    f["trials/start_time"] = np.array([0.0, 1])
    for name, rows in (("trials/who", 2), ("trials/one", 1), ("unit_names", 2)):
        cells = f.create_dataset(name, (rows, 1), dtype=h5py.ref_dtype)
        for i in range(rows):
            cells[i, 0] = cells.ref
