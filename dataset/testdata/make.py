"""Makes layouts.{h5,npz,mat} and layouts73.mat: the same data set of the layout lfads-torch, as h5py, NumPy, SciPy and MATLAB 7.3 write it.
Run in this folder; needs h5py, numpy and scipy."""
import h5py, numpy as np, scipy.io

r = np.random.default_rng(0)
arrays = {"bin_width_ms": np.array([[5.0]]), "conversion_factor": np.array([[2.0]])}
for split, trials in ("train", 5), ("valid", 3):
    recon = r.poisson(0.5, (trials, 6, 4)).astype("u1")
    arrays[f"{split}_recon_data"], arrays[f"{split}_encod_data"] = recon, recon[:, :5, 2:].copy()
    arrays[f"{split}_truth"] = r.uniform(0, 2, recon.shape)
    arrays[f"{split}_behavior"] = r.normal(size=(trials, 5, 2))
    arrays[f"{split}_inds"] = np.arange(trials, dtype="i8")[:, None] + (10 if split == "valid" else 0)
words = {"train_condition": ["left", "right", "left", "up", "up"], "valid_condition": ["up", "left", "right"]}

with h5py.File("layouts.h5", "w") as f:
    for k, v in (arrays | words).items():
        f[k] = v
np.savez_compressed("layouts.npz", **arrays, **{k: np.array(v) for k, v in words.items()})
scipy.io.savemat("layouts.mat", arrays | {k: np.array(v, dtype=object) for k, v in words.items()}, do_compression=True)

classes = {"u1": "uint8", "f8": "double", "i8": "int64"}
with h5py.File("layouts73.mat", "w", userblock_size=512) as f:
    refs = f.create_group("#refs#")
    for k, v in arrays.items():
        f.create_dataset(k, data=v.T).attrs["MATLAB_class"] = np.bytes_(classes[v.dtype.str[1:]])
    for k, v in words.items():
        d = f.create_dataset(k, (1, len(v)), dtype=h5py.ref_dtype)
        d.attrs["MATLAB_class"] = np.bytes_("cell")
        for i, w in enumerate(v):
            e = refs.create_dataset(f"{k}{i}", data=np.array([[ord(c)] for c in w], dtype="u2"))
            e.attrs["MATLAB_class"], e.attrs["MATLAB_int_decode"] = np.bytes_("char"), np.int32(2)
            d[0, i] = e.ref
with open("layouts73.mat", "r+b") as f:
    f.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Mon Jan  1 00:00:00 2024 HDF5 schema 1.00 .".ljust(116) + bytes(8) + b"\x00\x02IM")

# Tensors as nlb_tools saves them: float32 in a group, lists of trials as sequences of variable length.
with h5py.File("benchmark.h5", "w") as f:
    for name in "mc_maze_small_20", "other":
        g = f.create_group(name)
        if name == "other":
            g["psth"] = np.zeros((2, 5, 4), "f4")
            continue
        for split, trials in ("train", 6), ("eval", 4):
            for key, bins, neurons in ("heldin", 5, 3), ("heldout", 5, 1), ("heldin_forward", 2, 3), ("heldout_forward", 2, 1):
                g[f"{split}_spikes_{key}"] = r.poisson(0.5, (trials, bins, neurons)).astype("f4")
            g[f"{split}_behavior"] = r.normal(size=(trials, 5, 2)).astype("f4")
        lists = g.create_dataset("eval_cond_idx", (2,), dtype=h5py.vlen_dtype("i4"))
        lists[0], lists[1] = [3, 0], [1]
        g["eval_jitter"], g["psth"] = np.zeros(4, "i4"), np.zeros((2, 5, 4), "f4")
        g["eval_decode_mask"] = np.array([[1], [0], [1], [1]], dtype=bool)
