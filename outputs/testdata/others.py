"""Writes the rates of a file of outputs again, as other programs write rates.

others.py OUT.h5 FOLDER KIND: KIND.EXT in FOLDER; it prints the file's name. The data hold
3 of 5 neurons in and 2 of 8 bins are forward; the file's neurons stand in ORDER.
"""

import os
import sys

import h5py
import numpy as np

HELD_IN, BINS, ORDER = 3, 6, [4, 0, 2, 1, 3]


def shuffled(f, split):
    """lfads-torch's keys, with trials in the opposite order and numbers in float64."""
    keys = ["output_params", "factors", "inds"]
    return {f"{split}_{k}": np.asarray(f[f"{split}_{k}"])[::-1].astype("f8" if k != "inds" else "i4") for k in keys}


def submission(f):
    """The tensors of a submission: training trials by their index in the recording."""
    ids = np.concatenate([f["train_inds"], f["valid_inds"]])
    rates = np.concatenate([f["train_output_params"], f["valid_output_params"]])[np.argsort(ids)]
    tensors = {}
    for word, r in {"train": rates, "eval": f["test_output_params"][()]}.items():
        r = r[:, :, ORDER]
        tensors[f"{word}_rates_heldin"] = r[:, :BINS, :HELD_IN]
        tensors[f"{word}_rates_heldout"] = r[:, :BINS, HELD_IN:]
        tensors[f"{word}_rates_heldin_forward"] = r[:, BINS:, :HELD_IN]
        tensors[f"{word}_rates_heldout_forward"] = r[:, BINS:, HELD_IN:]
    return tensors


def matlab73(path, arrays):
    """As MATLAB 7.3 writes arrays: axes reversed, in a file that begins with its name."""
    classes = {"f": "double", "i": "int32"}
    with h5py.File(path, "w", userblock_size=512) as f:
        for key, a in arrays.items():
            f[key] = np.atleast_2d(a).T
            f[key].attrs["MATLAB_class"] = np.bytes_(classes[a.dtype.kind])
    with open(path, "r+b") as f:
        f.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Mon Jan  1 00:00:00 2024 HDF5 schema 1.00 .".ljust(116) + bytes(8) + b"\x00\x02IM")


def write(f, kind, folder):
    path = os.path.join(folder, kind)
    arrays = shuffled(f, "train") | shuffled(f, "valid") | shuffled(f, "test")
    if kind == "npz":
        np.savez_compressed(path, **arrays)
        return path + ".npz"
    if kind == "mat5":
        from scipy.io import savemat
        savemat(path + ".mat", arrays, do_compression=True)
        return path + ".mat"
    if kind == "mat73":
        matlab73(path + ".mat", arrays)
        return path + ".mat"
    if kind == "nlb_tools":
        from nlb_tools.make_tensors import save_to_h5
        save_to_h5({"mc_maze_large": submission(f)}, path + ".h5")
        return path + ".h5"
    if kind == "submission":
        arrays = {"mc_maze_20/" + k: v for k, v in submission(f).items()}
    with h5py.File(path + ".h5", "w") as out:
        for key, a in arrays.items():
            out.create_dataset(key, data=a, compression="gzip", chunks=(1,) + a.shape[1:])
    return path + ".h5"


with h5py.File(sys.argv[1]) as f:
    print(write(f, sys.argv[3], sys.argv[2]))
