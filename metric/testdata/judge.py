"""Judges packages metric and decode by nlb_tools 0.0.4 (.ci/requirements-nlb.txt).

Each line of standard input is the path of an HDF5 file, as JSON, with the arrays of a
benchmark's submission: rates, spikes (counts, of the evaluated trials, all neurons), and
perhaps psth, row (of psth, of each trial), jitter; heldout, timing (behaviour of the
timing task); train_rates, train_velocity, velocity. The answer is what nlb_tools'
functions say of them; a score that they refuse is left out.
"""

import json
import logging
import sys

import h5py
import numpy as np
from nlb_tools import evaluation as nlb

logging.disable(logging.WARNING)


def judge(path):
    with h5py.File(path) as f:
        a = {k: f[k][()] for k in f}
    a = {k: v if v.dtype.kind == "i" else v.astype(float) for k, v in a.items()}
    rates, spikes = a["rates"], a["spikes"]
    scores = {
        "nll": nlb.neg_log_likelihood(rates.copy(), spikes),
        "bits per spike": nlb.bits_per_spike(rates.copy(), spikes),
        "of neurons": [None if not np.nansum(spikes[..., n]) else nlb.bits_per_spike(rates[..., n : n + 1].copy(), spikes[..., n : n + 1]) for n in range(rates.shape[2])],
    }
    if "psth" in a:
        trials = [np.flatnonzero(a["row"] == c) for c in range(len(a["psth"]))]
        scores["psth"] = nlb.eval_psth(a["psth"], rates, trials, jitter=a.get("jitter"))
    if "timing" in a:
        scores["speed"] = nlb.speed_tp_correlation(a["heldout"], rates, a["timing"])
    if "velocity" in a:
        each = np.ones((len(a["train_rates"]), 1), bool), np.ones((len(rates), 1), bool)
        scores["velocity"] = nlb.velocity_decoding(a["train_rates"], a["train_velocity"], each[0], rates, a["velocity"], each[1])
    return scores


for line in sys.stdin:
    print(json.dumps(judge(json.loads(line)), default=float), flush=True)
