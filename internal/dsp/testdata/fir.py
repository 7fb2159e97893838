"""Judges filters with a finite response by SciPy.

    python internal/dsp/testdata/fir.py > internal/dsp/testdata/fir.json

Written with SciPy 1.17.1. The signal is made of short binary fractions, so that
fir_test.go has the same bits.
"""

import json

import numpy as np
from scipy import signal


def samples(n):
    """n whole numbers of -500 to 500, about the way noise is, in 64ths."""
    k = np.arange(n, dtype=np.int64)
    return (((k * k * 7919 + k * 104729) % 1001) - 500) / 64


judged = []
for q, n in (2, 1200), (5, 1), (5, 249), (5, 251), (5, 502), (5, 1203), (20, 2000), (7, 700), (3, 3):
    judged.append({
        "q": q,
        "n": n,
        "taps": signal.firwin(501, 1 / q, window="hamming")[:251].tolist(),
        "decimated": signal.decimate(samples(n), q, n=500, ftype="fir", zero_phase=True).tolist(),
    })
print(json.dumps(judged))
