"""Writes trials of binned spikes as a recording, and compares what is made of it.

trials_nwb.py write TRIALS.npz BINNED.h5 SESSION.nwb: spikes at random moments inside their bins of 5 ms, also
between trials; each trial about its movement's onset; the split, conditions and held-out units as columns; hand
velocity at 200 Hz. trials_nwb.py compare BINNED.h5 MADE.h5: the same arrays, exactly.
trials_nwb.py golden FOLDER: a small session of random numbers and its arrays, trials.nwb.gz and trials.h5.gz.
"""

import gzip
import os
import sys
import tempfile
from datetime import datetime, timezone

import h5py
import numpy as np

KEYS = [part + "_" + key for part in ("train", "valid") for key in ("encod_data", "recon_data", "behavior", "inds", "condition")]


def write(trials, binned, session):
    from pynwb import NWBHDF5IO, NWBFile, TimeSeries

    z, random = np.load(trials), np.random.default_rng(3)
    n, bins, units = z["spikes"].shape
    starts = np.round(12.5 + 1.135 * np.arange(n), 3)
    velocity = random.normal(size=(int(200 * (starts[-1] + 5)), 2)).astype(np.float32)
    for start, v in zip(starts, z["hand_vel"]):
        velocity[int(round(start * 200)) :][:bins] = v
    with h5py.File(binned) as f:
        validates = set(f["valid_inds"][:].tolist())

    nwb = NWBFile(session_description="reaches", identifier="r1", session_start_time=datetime(2024, 1, 1, tzinfo=timezone.utc))
    nwb.add_unit_column("heldout", "not read")
    for u in range(units):
        trial, bin, count = np.nonzero(z["spikes"][:, :, u]) + (z["spikes"][:, :, u][z["spikes"][:, :, u] > 0],)
        times = np.repeat(starts[trial] + 0.005 * bin, count)
        times = times + 0.005 * random.uniform(0.01, 0.99, len(times))
        between = starts[:-1] + random.uniform(0.51, 1.13, n - 1)
        nwb.add_unit(spike_times=np.sort(np.concatenate([times, between])), heldout=bool(np.isin(u, z["heldout"])))
    for name in "move_onset_time", "split", "direction":
        nwb.add_trial_column(name, name)
    for row, start in enumerate(starts):
        nwb.add_trial(
            start_time=start - 0.4, stop_time=start + 0.6, move_onset_time=start + 0.25,
            split="val" if row in validates else "train", direction=int(z["condition"][row]),
        )
    behavior = nwb.create_processing_module("behavior", "hand")
    behavior.add(TimeSeries(name="hand_vel", data=velocity, unit="mm/s", rate=200.0, starting_time=0.0))
    with NWBHDF5IO(session, "w") as f:
        f.write(nwb, cache_spec=False)


def compare(binned, made):
    with h5py.File(binned) as f, h5py.File(made) as g:
        for key in KEYS:
            want, got = f[key][:], g[key][:]
            assert want.shape == got.shape, (key, want.shape, got.shape)
            assert np.array_equal(want, got), (key, np.argwhere(want != got)[:5])
        assert g.attrs["bin_width_ms"] == f.attrs["bin_width_ms"]
        print(sum(int(g[key][:].sum()) for key in KEYS if "recon" in key))


def golden(folder):
    random = np.random.default_rng(5)
    spikes, velocity = random.poisson(0.2, (8, 100, 5)).astype(np.uint8), random.normal(size=(8, 100, 2)).astype(np.float32)
    heldin, heldout, condition = np.array([0, 2, 3]), np.array([1, 4]), np.arange(8) % 3
    valid = np.array([1, 6])
    with tempfile.TemporaryDirectory() as at:
        trials, binned, session = (os.path.join(at, name) for name in ("trials.npz", "trials.h5", "trials.nwb"))
        np.savez(trials, spikes=spikes, hand_vel=velocity, condition=condition, heldin=heldin, heldout=heldout)
        with h5py.File(binned, "w") as f:
            f.attrs["bin_width_ms"] = 5.0
            for name, rows in ("train", np.setdiff1d(np.arange(8), valid)), ("valid", valid):
                f[name + "_encod_data"] = spikes[rows][:, :, heldin].astype(np.float32)
                f[name + "_recon_data"] = spikes[rows][:, :, np.concatenate([heldin, heldout])].astype(np.float32)
                f[name + "_behavior"], f[name + "_condition"], f[name + "_inds"] = velocity[rows], condition[rows], rows
        write(trials, binned, session)
        for path in binned, session:
            with open(path, "rb") as f, open(os.path.join(folder, os.path.basename(path) + ".gz"), "wb") as g:
                g.write(gzip.compress(f.read(), mtime=0))


if __name__ == "__main__":
    {"write": write, "compare": compare, "golden": golden}[sys.argv[1]](*sys.argv[2:])
