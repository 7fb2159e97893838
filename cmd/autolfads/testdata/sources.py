"""Writes one recording as every kind of source there is: sources.py FOLDER

12.5 s of 6 units (11 is a copy of 2), 24 trials, a hand at 125 Hz with a part of a second
lost, a force at 250 Hz that is known throughout, and four muscles at 500 Hz: session.nwb and
observed.nwb (which says when units were observed) by pynwb, session.npz, session.mat
(MATLAB 7.3 by h5py), spikes.csv with tables beside it, sorted, a folder of phy, and
muscles.npz, without units. The files of the folder sources are its output, gzipped.
"""

import gzip
import os
import sys
from datetime import datetime, timezone

import h5py
import numpy as np
from pynwb import NWBHDF5IO, NWBFile, TimeSeries

out, random = sys.argv[1], np.random.default_rng(13)
os.makedirs(os.path.join(out, "sorted"), exist_ok=True)
at = lambda *names: os.path.join(out, *names)

ids, rates = [2, 3, 5, 7, 8, 11], [9, 6, 12, 8, 10, 0]
samples = [np.sort(random.choice(375000, int(12.5 * r), replace=False)) for r in rates]
samples[5] = samples[0]
spikes = [s / 30000 for s in samples]
channels, quality = ["a", "a", "b", "c", "d", "e"], ["good", "good", "mua", "good", "good", "good"]
row = np.arange(24)
start = 0.5 * row
trials = {
    "start_time": start,
    "stop_time": start + 0.4,
    "go_time": start + 0.1,
    "go_delay": 0.05 + 0.01 * (row % 3),
    "side": np.array(["left", "right"])[row % 2],
    "split": np.array(["train", "train", "val", "train", "test", "none"])[row % 6],
    "speed": np.round(random.uniform(1, 2, 24), 3),
}
t = np.arange(1625) / 125
hand = np.stack([np.sin(2 * t), np.cos(3 * t)], 1).round(4)
hand[1000:1020] = np.nan
moments = np.arange(3250) / 250
force = np.sin(5 * moments)[:, None].round(4)
clock = np.arange(6250) / 500
emg = (random.standard_normal((6250, 4)) * (1.3 + np.sin(np.array([7, 9, 8, 6]) * clock[:, None]))).round(1) * 10
streams = {"hand": (hand, 125.0, "m"), "force": (force, 250.0, "N"), "emg": (emg.round().astype("i2"), 500.0, "uV")}


def nwb(path, observed):
    f = NWBFile(session_description="reaches", identifier="s1", session_start_time=datetime(2024, 1, 1, tzinfo=timezone.utc))
    f.add_unit_column("quality", "quality")
    f.add_unit_column("channel", "channel")
    for i, s, q, c in zip(ids, spikes, quality, channels):
        more = {"obs_intervals": [[0.0, 4.05], [4.35, 9.2 + 0.01 * i], [9.6, 12.6]]} if observed else {}
        f.add_unit(id=i, spike_times=s, quality=q, channel=c, **more)
    for name in list(trials)[2:]:
        f.add_trial_column(name, name)
    for k in row:
        f.add_trial(**{name: v[k] for name, v in trials.items()})
    behavior = f.create_processing_module("behavior", "all that was sampled")
    for name, (data, rate, unit) in streams.items():
        behavior.add(TimeSeries(name=name, data=data, unit=unit, rate=rate, starting_time=0.0))
    with NWBHDF5IO(path, "w") as io:
        io.write(f, cache_spec=False)


def arrays():
    named = {"trials_" + name: v for name, v in trials.items()}
    for name, (data, rate, unit) in streams.items():
        named |= {name: data, name + "_rate": rate, name + "_unit": unit}
    return named


def matlab(path):
    with h5py.File(path, "w", userblock_size=512) as f:
        refs = f.create_group("#refs#")

        def put(group, key, value, kind="double"):
            d = group.create_dataset(key, data=value)
            d.attrs["MATLAB_class"] = np.bytes_(kind)
            return d.ref

        def text(key, value):
            return put(refs, key, np.array([[ord(c)] for c in value], "u2"), "char")

        def cell(group, key, values):
            group.create_dataset(key, data=np.array([values], dtype=h5py.ref_dtype)).attrs["MATLAB_class"] = np.bytes_("cell")

        cell(f, "spikes", [put(refs, f"s{i}", s[:, None]) for i, s in zip(ids, spikes)])
        put(f, "unit_ids", np.array(ids, float)[:, None])
        group = f.create_group("trials")
        group.attrs["MATLAB_class"] = np.bytes_("struct")
        for name, v in trials.items():
            if v.dtype.kind == "U":
                cell(group, name, [text(f"{name}{k}", w) for k, w in enumerate(v)])
            else:
                put(group, name, v[None])
        for name, (data, rate, unit) in streams.items():
            put(f, name, data.T, "int16" if name == "emg" else "double")
            put(f, name + "_rate", np.array([[rate]]))
            put(f, name + "_unit", np.array([[ord(c)] for c in unit], "u2"), "char")
    with open(path, "r+b") as f:
        f.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Mon Jan  1 2024 HDF5 schema 1.00 .".ljust(124) + b"\x00\x02IM")


def table(path, columns, between=","):
    with open(path, "w") as f:
        f.write(between.join(columns) + "\n")
        for values in zip(*columns.values()):
            f.write(between.join("" if v != v else str(v) for v in values) + "\n")


nwb(at("session.nwb"), False)
nwb(at("observed.nwb"), True)
np.savez_compressed(at("session.npz"), spike_times=np.concatenate(spikes), spike_units=np.repeat(ids, [len(s) for s in spikes]), **arrays())
np.savez_compressed(at("muscles.npz"), **arrays())
matlab(at("session.mat"))
order = np.argsort(np.concatenate(samples), kind="stable")
clusters = np.repeat(ids, [len(s) for s in samples])[order]
times = np.concatenate(samples)[order]
table(at("spikes.csv"), {"unit": clusters, "time_s": times / 30000})
table(at("spikes_units.csv"), {"unit": ids, "quality": quality, "channel": channels})
table(at("spikes_trials.csv"), trials)
table(at("spikes_behavior.csv"), {"time": t, "x": hand[:, 0], "y": hand[:, 1]})
np.save(at("sorted", "spike_times.npy"), times.astype(np.uint64))
np.save(at("sorted", "spike_clusters.npy"), clusters.astype(np.int32))
table(at("sorted", "cluster_group.tsv"), {"cluster_id": ids, "group": quality}, "\t")
table(at("sorted", "cluster_channel.tsv"), {"cluster_id": ids, "channel": channels}, "\t")
table(at("sorted", "trials.tsv"), trials, "\t")
with open(at("sorted", "params.py"), "w") as f:
    f.write("sample_rate = 30000.\n")
for folder, _, names in os.walk(out):
    for name in names:
        path = os.path.join(folder, name)
        with open(path, "rb") as f, open(path + ".gz", "wb") as g:
            g.write(gzip.compress(f.read(), mtime=0))
        os.remove(path)
