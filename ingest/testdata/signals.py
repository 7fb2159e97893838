"""Writes the files that signals_test.go reads, into a folder: signals without spikes as
laboratories keep them.

    python ingest/testdata/signals.py FOLDER && gzip -n9 FOLDER/signals_*  # to ingest/testdata

All hold 1200 samples of 3 channels, sample k of channel c being 10 k + c, at 500 Hz.
"""

import sys

import h5py
import numpy as np
import scipy.io

folder = sys.argv[1] + "/signals_"
x = 10.0 * np.arange(1200)[:, None] + np.arange(3)
starts = np.array([0.2, 1.0, 1.6])
names = np.array(["biceps", "triceps", "deltoid"], dtype=object)

np.savez_compressed(folder + "own_rate.npz", emg=x, emg_rate=500.0, trials_start_time=starts, trials_stop_time=starts + 0.5)
np.savez_compressed(folder + "shared_rate.npz", emg=x, fs=500.0)
np.savez_compressed(folder + "clock.npz", emg=x, time=np.arange(1200) / 500 + 0.1)
np.save(folder + "bare.npy", x.astype(np.int16))
scipy.io.savemat(folder + "turned.mat", {"EMG": x.T, "sampling_rate": 500.0, "muscles": names[:, None]}, do_compression=True)
scipy.io.savemat(folder + "struct.mat", {"session": {"emg": x, "fs": 500.0, "channels": names[:, None]}}, do_compression=True)
with h5py.File(folder + "group.h5", "w") as f:
    data = f.create_dataset("emg/data", data=x.T, compression="gzip", shuffle=True)
    data.attrs["unit"] = "mV"
    f["emg/rate"] = 500.0
    f["emg/channels"] = [n.encode() for n in names]
