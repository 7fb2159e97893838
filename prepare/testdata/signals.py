"""Judges signals in bins by SciPy.

    python prepare/testdata/signals.py > prepare/testdata/signals.json

Written with SciPy 1.17.1. The signal is 4 s of two channels at 2 kHz, noise in whole
numbers whose size goes up and down, so that signal_test.go has the same bits. Windows of
0.5 s begin at 0.25, 1.25 and 2.25 s; bins are of 10 ms, 20 samples each.
"""

import json

import numpy as np
from scipy import signal

RATE, BINS, WIDTH = 2000, 50, 20


def samples():
    k = np.arange(8000, dtype=np.int64)
    noise = (k * k * 7919 + k * 104729) % 1001 - 500
    other = (k * k * 6007 + k * 99991) % 1009 - 504
    size = 100 + np.abs(k % 1600 - 800)
    return np.stack([noise * size / 1024, other * (1000 - size) / 1024 + 300], 1)


def filtered(x, *butter):
    return signal.sosfiltfilt(signal.butter(*butter, output="sos", fs=RATE), x, axis=0)


def binned(x, envelope=False):
    starts = [int(t * RATE) for t in (0.25, 1.25, 2.25)]
    y = np.stack([x[s:s + BINS * WIDTH].reshape(BINS, WIDTH, 2).mean(1) for s in starts])
    if envelope:
        y = np.maximum(y, 0.01 * y.mean((0, 1)))
    return [[float(f"{v:.9g}") for v in window.ravel()] for window in y]


if __name__ == "__main__":
    x = samples()
    emg = filtered(np.abs(filtered(x, 4, 65, "highpass")), 4, 50, "lowpass")
    lfp = filtered(filtered(x, 2, [70, 150], "bandpass") ** 2, 4, 50, "lowpass")
    raw = filtered(x, 4, 50, "lowpass")
    print(json.dumps({"emg": binned(emg, True), "lfp": binned(lfp, True), "raw": binned(raw), "calcium": binned(x)}))
