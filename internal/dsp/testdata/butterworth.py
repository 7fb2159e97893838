"""Judges Butterworth filters by SciPy.

    python internal/dsp/testdata/butterworth.py > internal/dsp/testdata/butterworth.json

Written with SciPy 1.17.1. The signal is that of fir.py.
"""

import json

import numpy as np
from scipy import signal


def samples(n):
    k = np.arange(n, dtype=np.int64)
    return (((k * k * 7919 + k * 104729) % 1001) - 500) / 64


FILTERS = [
    (1, "lowpass", [30], 1000), (2, "lowpass", [10], 1000), (3, "lowpass", [20], 2000), (4, "lowpass", [50], 2000),
    (5, "lowpass", [240], 500), (4, "lowpass", [20], 30000),
    (1, "highpass", [30], 1000), (2, "highpass", [5], 1000), (3, "highpass", [100], 2000), (4, "highpass", [65], 2000),
    (4, "highpass", [65], 30000),
    (1, "bandpass", [20, 40], 1000), (2, "bandpass", [13, 30], 1000), (3, "bandpass", [70, 150], 1000),
    (4, "bandpass", [70, 150], 2000), (3, "bandpass", [1, 480], 1000), (2, "bandpass", [20, 450], 1000),
]


def judged(order, kind, hz, rate, n=1500, every=29):
    sos = signal.butter(order, hz if len(hz) > 1 else hz[0], kind, output="sos", fs=rate)
    y = signal.sosfiltfilt(sos, samples(n))
    return {
        "Order": order, "Kind": kind, "Low": hz[0], "High": hz[-1], "Rate": rate, "N": n, "Every": every,
        "Filtered": y[::every].tolist(), "Last": y[-1],
    }


if __name__ == "__main__":
    print(json.dumps([judged(*f) for f in FILTERS]))
