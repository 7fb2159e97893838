"""Judges how windows of a continuous recording are merged, by NumPy.

    python dataset/testdata/merge.py | gzip -9n > dataset/testdata/merge.json.gz

Goes from the left to the right: what a window shares with what stands there already
is blended with weights 1 - x^p and x^p, the rest is put behind it. Values are small
whole numbers, so that merge_test.go has the same bits; NaN is null.
"""

import json

import numpy as np


def merge(windows, starts, bins, p):
    out = np.full((bins, windows.shape[2]), np.nan)
    end = 0
    for w, s in sorted(zip(windows.astype(float), starts), key=lambda pair: pair[1]):
        n = max(0, min(end, s + len(w)) - s) if end else 0
        if n == 1:
            out[s] = 0.5 * out[s] + 0.5 * w[0]
        elif n > 1:
            y = np.linspace(1 / n, 1 - 1 / n, n)[:, None] ** p
            out[s:s + n] = (1 - y) * out[s:s + n] + y * w[:n]
        out[s + n:s + len(w)] = w[n:]
        end = s + len(w)
    return out


def case(r, window, overlap, p, counts, features):
    starts, at = [], int(r.integers(0, 4))
    for n in counts:  # windows of each stretch
        for k in range(n):
            starts.append(at + k * (window - overlap))
        at = starts[-1] + window + int(r.integers(0, 9))
    order = r.permutation(len(starts))
    starts = [starts[i] for i in order]
    windows = r.integers(-50, 50, (len(starts), window, features))
    merged = merge(windows, starts, at, p)
    return {
        "window": window, "overlap": overlap, "power": p, "bins": at, "starts": starts,
        "windows": windows.ravel().tolist(), "features": features,
        "merged": [None if np.isnan(v) else v for v in merged.astype(np.float32).astype(float).ravel()],
    }


r = np.random.default_rng(13)
print(json.dumps([
    case(r, window, overlap, p, counts, features)
    for window, overlap, p, counts, features in (
        (60, 20, 2, (5, 1, 3), 2), (60, 30, 1, (4, 2), 1), (10, 1, 2, (3,), 3), (10, 2, 2, (3, 3), 2), (7, 3, 2, (6, 1, 1), 2),
        (8, 4, 1.5, (5,), 2), (9, 4, 3, (4, 4), 1), (5, 0, 2, (3, 2), 2), (1, 0, 2, (3, 2), 1), (2, 1, 2, (5,), 1), (20, 5, 0.5, (4,), 1),
    )
]))
