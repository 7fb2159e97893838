"""Makes golden.json.gz: a question, of counts drawn from three latents, and elephant's answer."""
import gzip
import json
import os

import numpy as np

import judge

rng = np.random.default_rng(14)
neurons, taus = 12, [2.5, 5.0, 9.0]  # in bins
loadings = rng.normal(size=(neurons, 3)) * 0.5
counts = []
for bins in [14] * 9 + [19] * 7 + [9] * 2:
    t = np.arange(bins)
    x = np.array([rng.multivariate_normal(np.zeros(bins), np.exp(-0.5 * ((t[:, None] - t) / tau) ** 2)) for tau in taus])
    counts.append(rng.poisson((0.9 + 0.5 * (loadings @ x)).clip(0) ** 2).T.tolist())
question = {"counts": counts, "latents": 3, "iterations": 500}
with open(os.path.join(os.path.dirname(__file__), "golden.json.gz"), "wb") as f:
    with gzip.GzipFile(fileobj=f, mode="wb", mtime=0) as z:
        z.write(json.dumps({"question": question, "answer": judge.answer(question)}).encode())
