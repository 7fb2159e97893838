"""Judges package decode by scikit-learn, on sets that ridge_test.go makes, too.

    python decode/testdata/ridge.py > decode/testdata/ridge.json    # what the tests compare with
    python decode/testdata/ridge.py --time ROWS INPUTS OUTPUTS      # seconds on rates such as a model's

Written with scikit-learn 1.9.1. Sets are made of short binary fractions whose
sums are exact, so that both sides have the same bits.
"""

import json
import sys
import time

import numpy as np
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV


def numbers(seed, n, bits):
    """n whole numbers of so many bits about zero (splitmix64), as fractions of 1."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed << 32) + np.arange(1, n + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    half = 1 << (bits - 1)
    return ((z >> np.uint64(64 - bits)).astype(np.float64) - half) / half


def make(rows, inputs, factors, outputs, mean=0.0, scale=1.0, noise=1.0):
    """Inputs of so many factors (0: each its own), outputs of the first ten causes and noise."""
    if factors:
        causes = numbers(1, rows * factors, 8).reshape(rows, factors)
        x = causes @ numbers(2, factors * inputs, 4).reshape(factors, inputs)
    else:
        causes = x = numbers(1, rows * inputs, 10).reshape(rows, inputs)
    y = causes[:, :10] @ numbers(3, 10 * outputs, 6).reshape(10, outputs) + noise * numbers(4, rows * outputs, 8).reshape(rows, outputs)
    return (x * scale + mean).astype(np.float32).astype(np.float64), y.astype(np.float32).astype(np.float64)


SETS = {
    "well-conditioned": dict(rows=1000, inputs=20, factors=0, outputs=2, noise=0.25),
    "rates of 40 factors": dict(rows=2500, inputs=300, factors=40, outputs=2, noise=2.0**-8),
    "more inputs than rows": dict(rows=300, inputs=1000, factors=0, outputs=2),
    "few factors, more inputs than rows": dict(rows=300, inputs=400, factors=40, outputs=3, noise=2.0**-6),
    "far from zero": dict(rows=1000, inputs=20, factors=0, outputs=1, mean=1024.0),
    "small": dict(rows=1000, inputs=20, factors=0, outputs=2, scale=2.0**-5),
}


def fit(x, y):
    search = GridSearchCV(Ridge(), {"alpha": np.logspace(-4, 0, 9)})
    return search.fit(x, y)


def judge(settings):
    x, y = make(**settings)
    train = len(x) * 4 // 5
    search = fit(x[:train], y[:train])
    residual = ((y[train:] - search.predict(x[train:]).reshape(-1, y.shape[1])) ** 2).sum(0)
    total = ((y[train:] - y[train:].mean(0)) ** 2).sum(0)
    return dict(
        settings, alpha=float(search.best_params_["alpha"]),
        grid=search.cv_results_["mean_test_score"].tolist(), r2=(1 - residual / total).tolist(),
    )


def seconds(rows, inputs, outputs):
    x, y = make(rows, inputs, 40, outputs)
    began = time.perf_counter()
    search = fit(x, y)
    print(f"scikit-learn: {rows} rows x {inputs} inputs x {outputs} outputs: {time.perf_counter() - began:.2f} s, "
          f"alpha {search.best_params_['alpha']:.3g}, cross-validated R2 {search.best_score_:.6f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--time"]:
        seconds(*map(int, sys.argv[2:]))
    else:
        json.dump({name: judge(settings) for name, settings in SETS.items()}, sys.stdout, indent=1)
        print()
