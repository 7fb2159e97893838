"""Writes NWB files in the form of those of the Neural Latents Benchmark, with pynwb.

    python simulate.py FOLDER FORM SEED [WORD ...]

FORM is maze, rtt, area2 or dmfc. Words make a file irregular, each in one way:
late        the first trial begins at 37.5 s
begun       with late: units are observed from 30 s on
short       signals end 130 ms before units are last observed
stamps      signals have timestamps instead of a rate
noise       signals are noise instead of a pattern that gzip makes small of
units       units differ in when they were observed, and their ids are shuffled
edges       spikes on edges of milliseconds and bins
conversion  signals have a conversion, an offset, and columns that are not in order
stray       a signal that is off the grid of milliseconds, which nlb_tools drops
few         trials are few, and all is small
gaps        nothing is observed between some trials
lacking     some trials of no split lack their event
test        trials of the split test are in a file of their own, without held-out units or signals
spaced      names of columns have spaces before them, which puts them in another order
whole       signals are whole numbers
single      float32 signals
"""
import sys, os
from datetime import datetime, timezone
import numpy as np
from pynwb import NWBFile, NWBHDF5IO, TimeSeries
from hdmf.common import VectorData

folder, form, seed = sys.argv[1], sys.argv[2], int(sys.argv[3])
words = set(sys.argv[4:])
rng = np.random.default_rng(seed)
few = "few" in words  # and small
TRIALS = 12 if few else 40
HELD_IN, HELD_OUT = (5, 2) if few else (12, 4)
os.makedirs(folder, exist_ok=True)


def ms(x):
    return np.round(x, 3)


def splits(n, test):
    names = rng.permutation(["train"] * (n * 5 // 8) + ["val"] * (n - n * 5 // 8))
    if test:
        names[rng.permutation(n)[: n // 5]] = "test"
    return names.astype(object)


def schedule(n, least, most, pause):
    """Starts and stops of n trials, in s."""
    t, starts, stops = (37.5 if "late" in words else 0.4), [], []
    for _ in range(n):
        starts.append(t)
        t = float(ms(t + rng.uniform(least, most)))
        stops.append(t)
        t = float(ms(t + pause()))
    return np.array(starts), np.array(stops)


def trials_of(form, n, test):
    """Columns of the table of trials."""
    if form == "rtt":
        start, stop = schedule(n, 0.6, 0.6, lambda: 0.0 if rng.random() < 0.8 else 1.3)
        # the last windows reach behind the trials
        return dict(start_time=start, stop_time=stop, split=splits(n, test))
    pause = lambda: rng.choice([0.0, 0.2, 1.7])
    if form == "maze":
        start, stop = schedule(n, 1.7, 2.2, pause)
        onset = start + rng.uniform(0.6, 0.75, n)
        onset = np.round(onset, 6) if not few else ms(onset)
        return dict(start_time=start, stop_time=stop, split=splits(n, test), trial_type=rng.integers(1, 3, n), trial_version=rng.integers(0, 2, n),
                    target_on_time=ms(start + 0.2), go_cue_time=ms(start + 0.4), move_onset_time=onset, success=rng.random(n) < 0.9)
    if form == "area2":
        start, stop = schedule(n, 1.5, 1.9, pause)
        bump = rng.random(n) < 0.4
        return dict(start_time=start, stop_time=stop, split=splits(n, test), move_onset_time=ms(start + rng.uniform(0.4, 0.6, n)),
                    ctr_hold_bump=bump, cond_dir=rng.choice([0.0, 90.0, 180.0], n), result=np.array(["R"] * n, object))
    start, stop = schedule(n, 4.2, 4.6, pause)
    ts = rng.choice([480.0, 640.0, 800.0, 1000.0], n)
    tp = np.round(ts * rng.uniform(0.85, 1.15, n))
    set_time = ms(start + 2.0)
    return dict(start_time=start, stop_time=stop, split=splits(n, test), set_time=set_time, go_time=ms(set_time + tp / 1000), ts=ts, tp=tp,
                is_eye=rng.integers(0, 2, n), theta=rng.choice([0, 180], n), is_short=(ts < 800).astype(int), is_outlier=(rng.random(n) < 0.1).astype(int))


def observed(start, stop, end):
    """Stretches in which units were observed."""
    begin = 30.0 if "begun" in words else 0.0
    if "gaps" not in words:
        return [(begin, end)]
    out = []
    for a, b in zip(stop[:-1], start[1:]):
        if b - a > 1:
            out.append((begin, a + 0.3))
            begin = b - 0.4
    return out + [(begin, end)]


def spikes_of(stretches, rate):
    out = [rng.uniform(a, b, rng.poisson(rate * (b - a))) for a, b in stretches]
    t = np.sort(np.concatenate(out))
    if "edges" in words:
        t[::3] = np.round(t[::3], 3)
        t[::7] = np.round(t[::7] / 0.005) * 0.005
        t = np.sort(np.clip(t, 0, stretches[-1][1] - 0.001))
    return t


def signal(n, features, stretches):
    k = np.arange(n)[:, None] + 37 * np.arange(features)
    x = np.round(200 * np.sin(2 * np.pi * k / 500) + 50 * np.sin(2 * np.pi * k / 40)) / 4
    if "noise" in words:
        x = np.cumsum(rng.normal(size=(n, features)), axis=0) + 30 * rng.normal(size=(n, features))
    if "single" in words:
        x = x.astype("f4")
    if "gaps" in words:
        seen = np.zeros(n, bool)
        for a, b in stretches:
            seen[int(round(a * 1000)) : int(round(b * 1000))] = True
        x[~seen] = np.nan
    return x


def stream(nwb, name, data, columns):
    if "spaced" in words:
        columns = [" " * i + c for i, c in enumerate(columns)]
    if "whole" in words and "gaps" not in words:
        data = np.round(10 * data).astype("i4")
    module = nwb.processing["behavior"] if "behavior" in nwb.processing else nwb.create_processing_module("behavior", "what the animal did")
    clock = dict(rate=1000.0, starting_time=0.0)
    if "short" in words:
        data = data[:-130]
    if "stamps" in words:
        clock = dict(timestamps=np.arange(len(data)) / 1000)
    more = dict(comments="columns=[" + ",".join(columns) + "]")
    if "conversion" in words:
        more = dict(comments="columns=[" + ",".join(columns[::-1]) + "]", conversion=0.001, offset=2.5)
    module.add(TimeSeries(name=name, data=data, unit="mm/s", description=name, **clock, **more))


def write(path, columns, held_out, trial_offset):
    n = len(columns["start_time"])
    # rtt: the last forward window ends where the recording does
    end = float(columns["stop_time"][-1] + (0.2 if form == "rtt" else 0.4))
    stretches = observed(columns["start_time"], columns["stop_time"], end)
    nwb = NWBFile("simulated " + form, form + str(seed), datetime(2020, 1, 1, tzinfo=timezone.utc))
    for name, values in columns.items():
        if name not in ("start_time", "stop_time"):
            nwb.add_trial_column(name, "column " + name)
    lacking = [i for i in range(n) if "lacking" in words and i % 9 == 4]
    for i in range(n):
        row = {k: v[i] for k, v in columns.items()}
        if i in lacking:
            row["split"] = "none"
            for k in row:
                if k in ("move_onset_time", "go_time"):
                    row[k] = np.nan
        nwb.add_trial(**row)
    samples = int(round(end * 1000))
    main = {"rtt": "finger_vel"}.get(form, "hand_vel")
    if form != "dmfc" and held_out:
        stream(nwb, main, signal(samples, 2, stretches), ["x", "y"])
    if form == "rtt" and held_out:
        stream(nwb, "target_pos", signal(samples, 2, stretches), ["x", "y"])
    if form == "maze" and held_out and not few:
        stream(nwb, "cursor_pos", signal(samples, 2, stretches), ["x", "y"])
    if "stray" in words:
        stray = TimeSeries(name="eye_pos", data=rng.normal(size=(50, 2)), unit="mm", rate=300.0, starting_time=0.0)
        nwb.processing["behavior"].add(stray) if "behavior" in nwb.processing else nwb.add_acquisition(stray)
    nwb.add_unit_column("heldout", "held out")
    ids = np.arange(HELD_IN + HELD_OUT)
    heldout = np.zeros(len(ids), bool)
    heldout[np.random.default_rng(9).permutation(len(ids))[:HELD_OUT]] = True
    if "units" in words:
        ids = np.random.default_rng(8).permutation(len(ids)) * 10 + 1
    for i, unit in enumerate(ids):
        own = stretches
        if "units" in words and i not in (np.argmax(heldout), np.argmin(heldout)):
            a, b = stretches[-1]
            own = stretches[:-1] + [(a, (a + b) / 2)]
        t = spikes_of(stretches, rng.uniform(2, 12 if few else 30))
        if heldout[i] and not held_out:
            continue
        nwb.add_unit(id=int(unit), spike_times=t, obs_intervals=own, heldout=bool(heldout[i]))
    with NWBHDF5IO(path, "w") as io:
        io.write(nwb, cache_spec=not few)


columns = trials_of(form, TRIALS, "test" in words)
if "test" in words:
    test = columns["split"] == "test"
    own = lambda keep: {k: v[keep] for k, v in columns.items()}
    write(os.path.join(folder, "sub-A_desc-train_behavior+ecephys.nwb"), own(~test), True, 0)
    rest = own(test)
    for name in ("tp", "trial_version", "is_outlier"):
        rest.pop(name, None)
    write(os.path.join(folder, "sub-A_desc-test_ecephys.nwb"), rest, False, 0)
else:
    write(os.path.join(folder, "sub-A_desc-train_behavior+ecephys.nwb"), columns, True, 0)
