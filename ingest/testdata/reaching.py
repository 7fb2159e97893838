"""Writes a recording laid out as the primate reaching set is: reaching.py OUT.mat

MATLAB 7.3: 3 channels x 2 units of spike times, kinematics at 250 Hz. reaching.mat.gz
is its output.
"""
import sys

import h5py
import numpy as np

out = sys.argv[1]
n, u, k = 3, 2, 500
with h5py.File(out, "w", userblock_size=512) as f:
    refs = f.create_group("#refs#")

    def cells(name, rows):
        table = np.empty((len(rows[0]), len(rows)), dtype=h5py.ref_dtype)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                key = f"{name}{i}{j}"
                if isinstance(value, str):
                    d = refs.create_dataset(key, data=np.array([[ord(c)] for c in value], "u2"))
                    d.attrs["MATLAB_class"], d.attrs["MATLAB_int_decode"] = np.bytes_("char"), np.int32(2)
                elif len(value) == 0:
                    d = refs.create_dataset(key, data=np.zeros(2, "u8"))
                    d.attrs["MATLAB_class"], d.attrs["MATLAB_empty"] = np.bytes_("double"), np.uint8(1)
                else:
                    d = refs.create_dataset(key, data=np.array(value, float)[None])
                    d.attrs["MATLAB_class"] = np.bytes_("double")
                table[j, i] = d.ref
        f.create_dataset(name, data=table, dtype=h5py.ref_dtype).attrs["MATLAB_class"] = np.bytes_("cell")

    def double(name, value):
        f.create_dataset(name, data=value).attrs["MATLAB_class"] = np.bytes_("double")

    cells("spikes", [[1000 + np.arange(5 * i + j + 1) / 8 if (i, j) != (1, 0) else [] for j in range(u)] for i in range(n)])
    cells("wf", [[np.zeros(4) for _ in range(u)] for _ in range(n)])
    cells("chan_names", [[f"M1 {i + 1:03d}"] for i in range(n)])
    double("t", 1000 + np.arange(k)[None] / 250)
    double("cursor_pos", np.arange(2 * k).reshape(2, k) / 8)
    double("finger_pos", np.arange(3 * k).reshape(3, k) / 8)
    double("target_pos", np.zeros((2, k)))
with open(out, "r+b") as f:
    f.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Mon Jan  1 00:00:00 2024 HDF5 schema 1.00 .".ljust(124) + b"\x00\x02IM")
