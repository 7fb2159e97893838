"""Has elephant fit GPFA: a question is a line of JSON on standard input, an answer one on
standard output.

A question: {"counts": [trials][bins][neurons], "latents": 3, "iterations": 500}. Bins are
of 20 ms. The answer: the start of factor analysis; of the first E-step there posterior
means, covariances and the log likelihood; and the model after the iterations.
"""
import json
import os
import sys
import warnings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # matrices are small

warnings.filterwarnings("ignore")
import numpy as np
from elephant.gpfa import gpfa_core
from sklearn.decomposition import FactorAnalysis

BIN_MS, TAU_MS, NOISE = 20.0, 100.0, 1e-3


def sequences(counts):
    seqs = np.empty(len(counts), dtype=[("T", int), ("y", object)])
    for i, c in enumerate(counts):
        y = np.sqrt(np.array(c, float)).T
        seqs[i] = (y.shape[1], y)
    return seqs


def start(seqs, latents):
    y = np.hstack(seqs["y"])
    fa = FactorAnalysis(n_components=latents, noise_variance_init=np.var(y, axis=1), svd_method="lapack").fit(y.T)
    return {
        "covType": "rbf",
        "gamma": (BIN_MS / TAU_MS) ** 2 * np.ones(latents),
        "eps": NOISE * np.ones(latents),
        "d": y.mean(axis=1),
        "C": fa.components_.T.copy(),
        "R": np.diag(fa.noise_variance_),
        "notes": {"learnKernelParams": True, "learnGPNoise": False, "RforceDiagonal": True},
    }


def model(p):
    return {
        "loadings": p["C"].tolist(),
        "mean": p["d"].tolist(),
        "noise": np.diag(p["R"]).tolist(),
        "timescales": (1 / np.sqrt(p["gamma"])).tolist(),
    }


def answer(q):
    seqs = sequences(q["counts"])
    p = start(seqs, q["latents"])
    a = {"start": model(p)}
    first, a["first_likelihood"] = gpfa_core.exact_inference_with_ll(seqs, p)
    a["first_means"] = [s["latent_variable"].T.tolist() for s in first]
    a["first_covariance_of_latents"] = [s["Vsm"].sum(axis=2).tolist() for s in first]
    a["first_covariance_over_time"] = [s["VsmGP"][:, :, 0].tolist() for s in first]
    p, _, likelihoods, seconds = gpfa_core.em(p, seqs, max_iters=q["iterations"])
    a["end"] = model(p)
    last, a["end_likelihood"] = gpfa_core.exact_inference_with_ll(seqs, p)
    a["end_means"] = [s["latent_variable"].T.tolist() for s in last]
    a["iterations"], a["seconds"] = len(likelihoods), sum(seconds)
    return a


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))))
