"""Makes the files of this folder: the same named arrays in each format. Run in this folder; needs h5py and numpy."""
import h5py, numpy as np

spikes = np.arange(24, dtype="i4").reshape(2, 3, 4)
table = np.array([(0, 1.5, b"L"), (1, 2.5, b"R")], dtype=[("unit", "i4"), ("time", "f8"), ("side", "S1")])

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
