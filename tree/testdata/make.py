"""Makes the files of this folder: the same named arrays in each format. Run in this folder; needs h5py, numpy and scipy."""
import h5py, numpy as np, scipy.io

spikes = np.arange(24, dtype="i4").reshape(2, 3, 4)
table = np.array([(0, 1.5, b"L"), (1, 2.5, b"R")], dtype=[("unit", "i4"), ("time", "f8"), ("side", "S1")])

words = np.array(["a", "bc"], dtype=object)
ragged = np.array([[1.0, 2.0], {"two": np.array([[3.0]])}, np.zeros((0, 0))], dtype=object).reshape(3, 1)
trials = np.array([(1.0, "L"), (2.0, "R")], dtype=[("start", object), ("side", object)])
matlab = {"spikes": spikes, "session": {"rates": spikes / 2}, "words": words, "cells": ragged, "trials": trials, "chars": np.array(["ab ", "cde"])}
scipy.io.savemat("named5.mat", matlab, do_compression=True)
scipy.io.savemat("named4.mat", {"rates": np.arange(6.0).reshape(2, 3)}, format="4")


def matlab73():
    """As MATLAB 7.3 writes what matlab holds: axes reversed, cells as references."""
    with h5py.File("named73.mat", "w", userblock_size=512) as f:
        refs = f.create_group("#refs#")

        def put(g, name, v):
            if isinstance(v, dict):
                d = g.create_group(name)
                d.attrs["MATLAB_class"] = np.bytes_("struct")
                for key, field in v.items():
                    put(d, key, field)
            elif isinstance(v, str):
                d = g.create_dataset(name, data=np.array([[ord(c)] for c in v], dtype="u2"))
                d.attrs["MATLAB_class"], d.attrs["MATLAB_int_decode"] = np.bytes_("char"), np.int32(2)
            elif v.dtype == object:
                v = np.atleast_2d(v)
                d = g.create_dataset(name, v.T.shape, dtype=h5py.ref_dtype)
                d.attrs["MATLAB_class"] = np.bytes_("cell")
                for at, e in np.ndenumerate(v):
                    key = f"{name}{at[0]}{at[1]}"
                    put(refs, key, e if isinstance(e, (str, dict)) else np.atleast_2d(np.array(e, dtype=float)))
                    d[at[::-1]] = refs[key].ref
            else:
                d = g.create_dataset(name, data=v.T if v.size else np.array(v.shape, dtype="u8"))
                d.attrs["MATLAB_class"] = np.bytes_({"f8": "double", "i4": "int32"}[v.dtype.str[1:]])
                if v.size == 0:
                    d.attrs["MATLAB_empty"] = np.uint8(1)

        for name in "spikes", "session", "words", "cells":
            put(f, name, matlab[name])
    with open("named73.mat", "r+b") as f:
        f.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Mon Jan  1 00:00:00 2024 HDF5 schema 1.00 .".ljust(116) + bytes(8) + b"\x00\x02IM")


matlab73()
np.savez("named.npz", **{"spikes": spikes, "session/rates": spikes / 2, "words": np.array(["a", "bc"]), "table": table})
np.save("alone.npy", np.asfortranarray(spikes))

with h5py.File("named.h5", "w") as f:
    f.attrs["bin_width_ms"] = 5.0
    f.attrs["label"] = "by hand"
    f.attrs["two"] = [1.0, 2.0]
    f["spikes"] = spikes
    f["session/rates"] = spikes / 2
    f["words"] = ["a", "bc"]
    f["table"] = table
    f["ragged/one"], f["ragged/two"] = [1.0, 2.0], [3.0]
    lists = f.create_dataset("lists", (2,), dtype=h5py.vlen_dtype("i8"))
    lists[0], lists[1] = [4, 5], []
    cells = f.create_dataset("cells", (3, 1), dtype=h5py.ref_dtype)
    cells[0, 0], cells[1, 0] = f["ragged/one"].ref, f["ragged"].ref
