"""Judges decode.PoissonRegression by scikit-learn: each line of input is a set, each
line of output its weights [outputs][inputs], intercepts, and log rates.

    AUTOLFADS_UPDATE=1 go test -run TestPoissonGolden ./decode    # writes testdata/poisson.json

Written with scikit-learn 1.9.1. A count of null was not recorded: its row is left out
of that output's fit.
"""

import json
import sys
import warnings

import numpy as np
from sklearn.linear_model import PoissonRegressor


def answer(question):
    x = np.array(question["inputs"])
    said = {"weights": [], "intercept": [], "logs": []}
    for counts in question["counts"]:
        y = np.array(counts, dtype=float)
        seen = ~np.isnan(y)
        fit = PoissonRegressor(alpha=question["l2"], solver="newton-cholesky", tol=1e-13, max_iter=1000)
        fit.fit(x[seen], y[seen])
        said["weights"].append(fit.coef_.tolist())
        said["intercept"].append(float(fit.intercept_))
        said["logs"].append((x @ fit.coef_ + fit.intercept_).tolist())
    return said


warnings.simplefilter("ignore")  # of scikit-learn: no better step was found, at 1e-13
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))))
