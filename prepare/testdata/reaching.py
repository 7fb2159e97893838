"""Writes one recording as five kinds of files: reaching.py FOLDER

12 s of 4 channels x 3 units (the first of a channel unsorted, two cells empty) and a
cursor, as indy.mat (MATLAB 7.3, laid out as the primate reaching set is, by h5py), a
folder of phy, session.npz, spikes.csv, and session.nwb if pynwb is there; and
counts.npy, what NumPy counts in bins of 5 ms from the one of the first spike on. The
files of the folder reaching are its output without the last but one, gzipped.
"""
import os
import sys

import h5py
import numpy as np

rate, seconds, channels, each, step = 24414.0625, 12, 4, 3, 0.005
random = np.random.default_rng(13)
out = sys.argv[1]
os.makedirs(os.path.join(out, "sorted"), exist_ok=True)

first = int(1000.2 * rate)
cells = [[np.sort(random.choice(int(seconds * rate), int(random.uniform(1, 12) * seconds), replace=False)) + first
          for _ in range(each)] for _ in range(channels)]
cells[1][2] = cells[3][1] = np.array([], int)
units = [u for row in cells for u in row]
times = [u / rate for u in units]
t = 1000 + np.arange(int((seconds + 1) * 250)) / 250
turn = 2 * np.pi * (t - 1000)
cursor = np.stack([60 * np.sin(0.5 * turn), 40 * np.cos(0.3 * turn)], 1).round(3)
finger = np.stack([cursor[:, 0] / 10, -cursor[:, 1] / 10, 0 * t], 1).round(4)
target = cursor.round(-1)


def matlab(path):
    with h5py.File(path, "w", userblock_size=512) as f:
        refs = f.create_group("#refs#")

        def text(key, value):
            d = refs.create_dataset(key, data=np.array([[ord(c)] for c in value], "u2"))
            d.attrs["MATLAB_class"], d.attrs["MATLAB_int_decode"] = np.bytes_("char"), np.int32(2)
            return d.ref

        def double(group, key, value):
            value = np.asarray(value, float)
            d = group.create_dataset(key, data=value if value.size else np.zeros(2, "u8"))
            d.attrs["MATLAB_class"] = np.bytes_("double")
            if not value.size:
                d.attrs["MATLAB_empty"] = np.uint8(1)
            return d.ref

        def cell(name, rows):
            table = np.empty((len(rows[0]), len(rows)), dtype=h5py.ref_dtype)
            for i, row in enumerate(rows):
                for j, ref in enumerate(row):
                    table[j, i] = ref
            f.create_dataset(name, data=table, dtype=h5py.ref_dtype).attrs["MATLAB_class"] = np.bytes_("cell")

        cell("chan_names", [[text(f"c{i}", f"M1 {i + 1:03d}")] for i in range(channels)])
        cell("spikes", [[double(refs, f"s{i}{j}", cells[i][j][None] / rate if len(cells[i][j]) else []) for j in range(each)] for i in range(channels)])
        cell("wf", [[double(refs, f"w{i}{j}", np.zeros((2, 48))) for j in range(each)] for i in range(channels)])
        double(f, "t", t[None])
        for name, value in ("cursor_pos", cursor), ("finger_pos", finger), ("target_pos", target):
            double(f, name, value.T)
    with open(path, "r+b") as f:
        f.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Thu Apr  7 2016 HDF5 schema 1.00 .".ljust(124) + b"\x00\x02IM")


matlab(os.path.join(out, "indy.mat"))
samples, labels = np.concatenate(units), np.repeat(np.arange(len(units)), [len(u) for u in units])
order = np.argsort(samples, kind="stable")
np.save(os.path.join(out, "sorted", "spike_times.npy"), samples[order].astype(np.uint64))
np.save(os.path.join(out, "sorted", "spike_clusters.npy"), labels[order].astype(np.int32))
with open(os.path.join(out, "sorted", "params.py"), "w") as f:
    f.write(f"sample_rate = {rate}\n")
with open(os.path.join(out, "sorted", "cluster_group.tsv"), "w") as f:
    f.write("cluster_id\tgroup\n" + "".join(f"{i}\tgood\n" for i in range(len(units))))
np.savez_compressed(os.path.join(out, "session.npz"), spike_times=samples[order] / rate, spike_units=labels[order], unit_ids=np.arange(len(units)),
                    t=t, cursor_pos=cursor)
with open(os.path.join(out, "spikes.csv"), "w") as f:
    f.write("unit,time_s\n" + "".join(f"{u},{float(s)!r}\n" for s, u in zip(samples[order] / rate, labels[order])))

start = np.floor(np.round(min(u[0] for u in times if len(u)) * 1e9) / (step * 1e9)) * step
bins = [np.floor(np.round((u - start) * 1000, 6) / (step * 1000)).astype(int) for u in times]
whole = np.stack([np.bincount(b, minlength=max(b.max() for b in bins if len(b)) + 1) for b in bins], 1)
np.save(os.path.join(out, "counts.npy"), whole.astype(np.uint8))
try:
    from datetime import datetime, timezone

    from pynwb import NWBFile, NWBHDF5IO, TimeSeries
except ImportError:
    sys.exit()
nwb = NWBFile(session_description="reaches", identifier="1", session_start_time=datetime(2016, 4, 7, tzinfo=timezone.utc))
for i, u in enumerate(times):
    nwb.add_unit(id=i, spike_times=u)
nwb.create_processing_module("behavior", "cursor").add(TimeSeries(name="cursor_pos", data=cursor, unit="mm", timestamps=t))
with NWBHDF5IO(os.path.join(out, "session.nwb"), "w") as f:
    f.write(nwb)
