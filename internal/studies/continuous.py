"""What a model of a continuous recording is worth beside smoothing, and whether its seams show.

    python internal/studies/continuous.py RUN/data/NAME.h5 RUN/outputs/NAME.h5

Bits per spike as scores.json has them, on validation windows, of
  the model;
  every neuron's own spikes, smoothed by a Gaussian, but for the bin itself, and mixed
    with its mean: the best sd and share on training windows;
  held-out neurons by Poisson regression on the smoothed spikes of the others: sd and
    penalty by cross-validation over five blocks of training windows.
And the mean step of log rates from bin to bin, where windows overlap and elsewhere,
merged, and as it would be if each bin came from one window alone. Needs numpy, scipy
and h5py.
"""

import sys

import h5py
import numpy as np
from scipy.optimize import minimize


def nll(rates, counts):
    return rates - counts * np.log(rates)


def bits(rates, counts):
    mean = np.maximum(counts.mean((0, 1)), 1e-9)
    return (nll(mean, counts).sum() - nll(rates, counts).sum()) / counts.sum() / np.log(2)


def smooth(counts, sd, own):
    n, bins = int(np.ceil(4 * sd)), counts.shape[1]
    kernel = np.exp(-0.5 * (np.arange(-n, n + 1) / sd) ** 2)
    kernel[n] *= own
    weight = np.convolve(np.ones(bins), kernel)[n:n + bins]
    return np.apply_along_axis(lambda v: np.convolve(v, kernel)[n:n + bins] / weight, 1, counts)


def own_spikes(train, valid):
    mean, found = train.mean((0, 1)), []
    for sd in (2, 3, 4, 6, 8, 12, 16, 24, 32):
        for share in (0.1, 0.25, 0.5, 0.75, 1.0):
            rates = lambda x: np.maximum((1 - share) * mean + share * smooth(x, sd, 0), 1e-4)
            found.append((nll(rates(train), train).sum(), sd, share, bits(rates(valid), valid)))
    return min(found)[1:]


def regress(x, y, penalty):
    x, weights = np.c_[x, np.ones(len(x))], []
    for counts in y.T:
        def loss(w):
            z = x @ w
            gradient = x.T @ (np.exp(np.minimum(z, 5)) - counts) / len(counts)
            gradient[:-1] += penalty * w[:-1]
            return (np.exp(np.minimum(z, 5)) - counts * z).mean() + penalty / 2 * (w[:-1] ** 2).sum(), gradient
        start = np.zeros(x.shape[1])
        start[-1] = np.log(max(counts.mean(), 1e-4))
        weights.append(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x)
    return np.array(weights).T


def predict(x, weights):
    return np.exp(np.concatenate([x, np.ones(x.shape[:2] + (1,))], 2) @ weights)


def others_spikes(train, valid, held_in):
    fold, found = np.arange(len(train)) * 5 // len(train), []
    flat = lambda a: a.reshape(-1, a.shape[2])
    for sd in (3, 6, 10, 16):
        x, xv = smooth(train[..., :held_in], sd, 1), smooth(valid[..., :held_in], sd, 1)
        mean, spread = x.mean((0, 1)), x.std((0, 1)) + 1e-6
        x, xv, y = (x - mean) / spread, (xv - mean) / spread, train[..., held_in:]
        for penalty in (0.03, 0.1, 0.3, 1):
            left_out = sum(
                nll(predict(x[fold == k], regress(flat(x[fold != k]), flat(y[fold != k]), penalty)), y[fold == k]).sum() for k in range(5))
            rates = predict(xv, regress(flat(x), flat(y), penalty))
            found.append((left_out, sd, penalty, bits(rates, valid[..., held_in:])))
    return min(found)[1:]


def seams(out):
    log = np.log(out["continuous/rates_hz"][:])
    window = out["train_output_params"].shape[1]
    windows = {s: w for part in ("train", "valid") for s, w in zip(out[part + "_start_bin"][:], np.log(out[part + "_output_params"][:]))}
    starts, step, shared, alone = sorted(windows), np.abs(np.diff(log, axis=0)).mean(1), [], []
    for a, b in zip(starts, starts[1:]):
        n = a + window - b
        if n > 0:
            shared += range(b - 1, b + n)
            alone.append(np.abs(windows[b][n // 2] - windows[a][b - a + n // 2 - 1]).mean())
    rest = np.setdiff1d(np.flatnonzero(~np.isnan(step)), shared)
    return step[shared].mean(), step[rest].mean(), np.mean(alone)


with h5py.File(sys.argv[1]) as data, h5py.File(sys.argv[2]) as out:
    train, valid = data["train_recon_data"][:], data["valid_recon_data"][:]
    held_in, rates = data["train_encod_data"].shape[2], out["valid_output_params"][:]
    print("model: %.4f bits, %.4f of held-out neurons" % (bits(rates, valid), bits(rates[..., held_in:], valid[..., held_in:])))
    print("own spikes smoothed, sd %g bins, share %g: %.4f bits" % own_spikes(train, valid))
    print("others' spikes smoothed, sd %g bins, penalty %g: %.4f bits of held-out neurons" % others_spikes(train, valid, held_in))
    print("step of log rates: %.4f where windows overlap, %.4f elsewhere; %.4f from one window to the next" % seams(out))
