"""Makes a session with behaviour in five formats, and judges what is prepared of it.

    python behavior.py make FOLDER
    python behavior.py compare FOLDER LAG_MS PREPARED.h5...

Behaviour at 1 kHz (hand), 250 Hz (finger), and by a camera with uneven time stamps
(pupil). What is expected is SciPy's decimation of whole columns where the streams
are faster than bins by a whole factor, their own samples where they are as fast, and
NumPy's interpolation for the camera. Windows begin on multiples of 20 ms.
"""

import sys
from datetime import datetime, timezone

import h5py
import numpy as np
from scipy import io, ndimage, signal


def session():
    random = np.random.default_rng(5)
    hand = ndimage.gaussian_filter1d(random.normal(size=(60000, 2)), 8, axis=0) + random.normal(size=(60000, 2)) / 10
    finger = hand[::4].cumsum(axis=0) / 250
    at = np.arange(1500) / 25.0 + random.uniform(-0.004, 0.004, 1500)
    start = np.arange(30) * 1.6 + 2
    return {
        "spikes": [np.sort(random.uniform(0, 60, 400)) for _ in range(3)],
        "hand": hand, "finger": finger, "pupil": np.sin(at)[:, None], "pupil_time": at,
        "trials": {"start_time": start, "stop_time": start + 1, "go_time": start + random.integers(0, 20, 30) * 0.02},
    }


def named(s):
    """The session as named arrays."""
    all = {"hand": s["hand"], "hand_rate": 1000.0, "finger": s["finger"], "finger_rate": 250.0}
    all |= {"pupil": s["pupil"][:, 0], "pupil_time": s["pupil_time"]}
    return all


def make(folder):
    s = session()
    cells = np.empty(3, dtype=object)
    cells[:] = s["spikes"]
    io.savemat(folder + "/session.mat", {"spikes": cells, "trials": s["trials"]} | named(s))
    pairs = {"spike_times": np.concatenate(s["spikes"]), "spike_units": np.repeat([0, 1, 2], 400)}
    np.savez(folder + "/session.npz", **pairs, **named(s), **{"trials_" + k: v for k, v in s["trials"].items()})
    with h5py.File(folder + "/session.h5", "w") as f:
        for name, values in named(s).items():
            f[name] = values
        for i, times in enumerate(s["spikes"]):
            f[f"spikes/{i}"] = times
        for k, v in s["trials"].items():
            f["trials/" + k] = v
    matlab73(folder + "/session73.mat", s)
    nwb(folder + "/session.nwb", s)


def matlab73(path, s):
    """What MATLAB's -v7.3 writes: HDF5 behind a block of its own, arrays turned."""
    with h5py.File(path, "w", userblock_size=512) as f:
        for name, values in named(s).items():
            f[name] = np.atleast_2d(values).T if np.ndim(values) != 1 else values[None]
            f[name].attrs["MATLAB_class"] = np.bytes_("double")
        references = []
        for i, times in enumerate(s["spikes"]):
            f[f"#refs#/{i}"] = times[None]
            f[f"#refs#/{i}"].attrs["MATLAB_class"] = np.bytes_("double")
            references.append([f[f"#refs#/{i}"].ref])
        f.create_dataset("spikes", data=references, dtype=h5py.ref_dtype).attrs["MATLAB_class"] = np.bytes_("cell")
        f.create_group("trials").attrs["MATLAB_class"] = np.bytes_("struct")
        for k, v in s["trials"].items():
            f["trials/" + k] = v[None]
            f["trials/" + k].attrs["MATLAB_class"] = np.bytes_("double")
    with open(path, "r+b") as f:
        f.write(b"MATLAB 7.3 MAT-file, written by h5py".ljust(124) + b"\x00\x02IM")


def nwb(path, s):
    from pynwb import NWBHDF5IO, NWBFile, TimeSeries

    f = NWBFile("reaches", "s1", datetime(2024, 1, 1, tzinfo=timezone.utc))
    for times in s["spikes"]:
        f.add_unit(spike_times=times)
    f.add_trial_column("go_time", "go")
    for start, stop, go in zip(*s["trials"].values()):
        f.add_trial(start_time=start, stop_time=stop, go_time=go)
    m = f.create_processing_module("behavior", "hand")
    m.add(TimeSeries(name="hand", data=s["hand"], unit="m/s", rate=1000.0, starting_time=0.0))
    m.add(TimeSeries(name="finger", data=s["finger"], unit="m", timestamps=np.arange(15000) / 250))
    m.add(TimeSeries(name="pupil", data=s["pupil"], unit="mm", timestamps=s["pupil_time"]))
    with NWBHDF5IO(path, "w") as out:
        out.write(f)


def slowed(x, rate, bin_ms):
    """A column at the bins' rate, from time 0 on; None if the factor is not whole."""
    factor = rate * bin_ms / 1000
    if factor == 1:
        return x
    if factor != round(factor):
        return None
    return signal.decimate(x, round(factor), n=500, ftype="fir", axis=0)


def compare(made, s, lag_ms):
    """Returns how many trials were compared."""
    velocity = np.gradient(s["finger"], axis=0)[:, 1:] * 250
    trials = 0
    with h5py.File(made) as f:
        bin_ms = f.attrs["bin_width_ms"]
        columns = [slowed(s["hand"], 1000, bin_ms), slowed(s["finger"], 250, bin_ms), slowed(velocity, 250, bin_ms)]
        for split in "train", "valid":
            for trial, row in zip(f[split + "_behavior"], f[split + "_inds"]):
                at = s["trials"]["go_time"][row] - 0.2 + (lag_ms + np.arange(len(trial)) * bin_ms) / 1000
                first = round(at[0] * 1000 / bin_ms)
                for got, c in zip((trial[:, :2], trial[:, 2:4], trial[:, 4:5]), columns):
                    if c is not None:
                        off = np.abs(got - c[first : first + len(trial)]).max()
                        assert off < 1e-6 * np.abs(c).max(), (made, split, row, off)
                # The camera's samples are brought on an even grid first.
                off = np.abs(trial[:, 5] - np.sin(at)).max()
                assert off < 2e-3, (made, split, row, off)
                trials += 1
    return trials


if sys.argv[1] == "make":
    make(sys.argv[2])
else:
    s = session()
    print(sum(compare(made, s, float(sys.argv[3])) for made in sys.argv[4:]), "trials agree")
