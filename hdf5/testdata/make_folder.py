"""Makes files that refer to each other: FOLDER/inner/first.h5 is the one to open, FOLDER/secret.h5 must not be reached."""
import os
import sys

import h5py
import numpy as np

x = (7 * np.arange(6) % 100 - 50).astype("f8").reshape(2, 3)
os.chdir(sys.argv[1])
os.makedirs("inner/below")
with h5py.File("secret.h5", "w") as f:
    f["x"] = x
os.chdir("inner")
here = os.getcwd()
with h5py.File("second.h5", "w") as f:
    f["x"] = x
    f["circle"] = h5py.ExternalLink("first.h5", "/circle")
    f["again"] = h5py.SoftLink("/x")
with h5py.File("below/third.h5", "w") as f:
    f["up"] = h5py.ExternalLink("../second.h5", "/x")
os.symlink("../secret.h5", "symbolic.h5")
os.mkfifo("pipe.h5")
with open("text.h5", "w") as f:
    f.write("no HDF5\n" * 100)
with h5py.File("first.h5", "w") as f:
    f["x"] = x
    for name, (file, path) in {
        "beside": ("second.h5", "/x"), "below": ("below/third.h5", "/up"), "back": ("below/../second.h5", "x"),
        "whole": ("second.h5", "/"), "absolute": (here + "/second.h5", "/x"), "moved": ("/nowhere/at/all/second.h5", "/x"),
        "twice": ("./second.h5", "/again"), "self": ("first.h5", "/x"), "circle": ("second.h5", "/circle"),
        "outside": ("../secret.h5", "/x"), "outside, absolute": (os.path.dirname(here) + "/secret.h5", "/x"),
        "symbolic": ("symbolic.h5", "/x"), "missing": ("missing.h5", "/x"), "no path": ("second.h5", "/nothing"),
        "folder": ("below", "/x"), "pipe": ("pipe.h5", "/x"), "text": ("text.h5", "/x"),
    }.items():
        f[name] = h5py.ExternalLink(file, path)
    f["soft"] = h5py.SoftLink("/beside")
    x.tofile("values.raw")
    with open("parts.raw", "wb") as raw:
        raw.write(b"head" + x.tobytes()[20:])
    x.tofile("../secret.raw")
    for name, files in {
        "raw": [("values.raw", 0, h5py.h5f.UNLIMITED)], "raw parts": [(here + "/values.raw", 0, 20), ("below/../parts.raw", 4, 28)],
        "raw outside": [("../secret.raw", 0, 48)], "raw missing": [("missing.raw", 0, 48)], "raw short": [("values.raw", 8, 48)],
    }.items():
        p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        p.set_layout(h5py.h5d.CONTIGUOUS)
        for file in files:
            p.set_external(file[0].encode(), *file[1:])
        h5py.h5d.create(f.id, name.encode(), h5py.h5t.IEEE_F64LE, h5py.h5s.create_simple(x.shape), p)
y = np.arange(24.0).reshape(4, 6)
with h5py.File("second.h5", "a") as f:
    f["y"] = f["a name that is long enough to be shared"] = y
    f.create_dataset("holes", (4, 6), "f8", chunks=(2, 3), fillvalue=7)[0, 0] = 1
    f["words"] = ["a", "b"]
with h5py.File("first.h5", "a", libver="latest") as f:
    f["y"] = y

    def virtual(name, shape, parts, dtype="f8", **kw):
        v = h5py.VirtualLayout(shape, dtype)
        for to, file, path, size, part in parts:
            v[to] = h5py.VirtualSource(file, path, size)[part]
        f.create_virtual_dataset("virtual/" + name, v, **kw)

    whole, second, s = np.s_[:, :], ("second.h5", "y", y.shape), np.s_
    virtual("whole", y.shape, [(whole, *second, whole)])
    virtual("stacked", (3, 4, 6), [(s[i], second[0], "a name that is long enough to be shared", y.shape, whole) for i in (0, 2)], fillvalue=-1)
    virtual("parts", (10, 9), [(s[0:3, 1:5], *second, s[1:4, 2:6]), (s[5:9, 0:6], ".", "y", y.shape, whole)], fillvalue=-2)
    virtual("row", (6,), [(s[:], *second, s[2, :])])
    virtual("holes", (4, 6), [(whole, "below/../second.h5", "holes", y.shape, whole)], fillvalue=9)
    virtual("steps", (4, 12), [(s[:, ::2], *second, whole)])
    virtual("missing", y.shape, [(whole, "missing.h5", "y", y.shape, whole)])
    virtual("outside", x.shape, [(whole, "../secret.h5", "x", x.shape, whole)])
    virtual("narrow", y.shape, [(whole, *second, whole)], "f4")
    virtual("words", (2,), [(s[:], "second.h5", "words", (2,), s[:])], h5py.string_dtype())
    virtual("virtual", y.shape, [(whole, ".", "virtual/whole", y.shape, whole)])
    virtual("reshaped", (24,), [(s[:], *second, whole)])
np.save("virtual.npy", np.concatenate([f["virtual/" + name][()].reshape(-1) for f in [h5py.File("first.h5")]
                                       for name in ("whole", "stacked", "parts", "row", "holes")]))
