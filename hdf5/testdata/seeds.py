"""Writes the h5py files that mutants are made of into a folder.

Each is small, so that a random byte is likely to be structure, and between them
they have every structure that h5py leaves in recordings.
"""
import sys

import h5py
import make_rich
import matrix
import numpy as np

N = 5, 6, 4  # trials, bins, neurons


def counts(dtype="i2", shape=N):
    return (np.arange(np.prod(shape)) * 7 % 11).reshape(shape).astype(dtype)


def recording(f, **kw):
    """The lfads-torch layout."""
    f.attrs["bin_width_ms"] = 10.0
    for split in ("train", "valid"):
        for kind in ("encod", "recon"):
            f.create_dataset(f"{split}_{kind}_data", data=counts(), **kw)
        f.create_dataset(f"{split}_truth", data=counts("f8") / 3, **kw)
        f[f"{split}_inds"] = np.arange(N[0])
    f["conversion_factor"] = 0.01


def kinds(f):
    for order in "<>":
        for t in "i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8".split():
            f.create_dataset(f"{t}{'l' if order == '<' else 'b'}", data=counts(order + t, (2, 3, 2)))
    f["bool"] = np.array([True, False, True])
    f.create_dataset("enum", data=np.array([1, 2, 1]), dtype=h5py.enum_dtype({"go": 1, "stop": 2}, basetype="i2"))
    f["special"] = np.array([np.nan, np.inf, -0.0, 1e300, 1e-300])
    f["half"] = np.array([np.nan, np.inf, -0.0, 6e-8], ">f2")
    f["large"] = np.array([2**64 - 1, 2**63 + 1025, 2**53 + 1], "u8")
    f["text"] = ["left", "right", ""]
    f["bytes"] = np.array([b"left", b"right"])
    f["scalar"] = 2.5


def chunks(f):
    """Every index of chunks, with many of them and with chunks never written."""
    many = counts(shape=(90, 2, 2))
    for name, kw in {
        "fixed": {},
        "gzip": dict(compression="gzip", shuffle=True, fletcher32=True),
        "grows": dict(maxshape=(None, 2, 2)),
        "grows_inside": dict(maxshape=(90, None, 4), compression="gzip"),
        "grows_both": dict(maxshape=(None, 2, None)),
        "can_grow": dict(maxshape=(100, 5, 5)),
    }.items():
        f.create_dataset(name, data=many, chunks=(1, 2, 2), **kw)
        d = f.create_dataset(name + "_sparse", (9, 6, 4), "i4", chunks=(2, 3, 4), fillvalue=-3,
                             **{k: v for k, v in kw.items() if k != "maxshape"},
                             **({"maxshape": tuple(None if m is None else 20 for m in kw["maxshape"])} if "maxshape" in kw else {}))
        d[2:4] = 1
        d[8, 3:5] = 2
    f.create_dataset("single", data=counts(), chunks=N)
    f.create_dataset("single_gzip", data=counts(), chunks=N, compression="gzip")
    f.create_dataset("lzf", data=counts("i4"), chunks=(2, 6, 4), compression="lzf")
    low(f, "early", lambda p: (p.set_chunk((2, 3, 4)), p.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)))


def small(f):
    low(f, "compact", lambda p: p.set_layout(h5py.h5d.COMPACT))
    f.create_dataset("never", (3, 2), "f4", fillvalue=1.5)
    f.create_dataset("unfilled", (4, 4), "i4", chunks=(2, 2), fillvalue=-3, fill_time="never")[0, 0] = 9
    f.create_dataset("none", (0, 3), "f4")
    f["empty"] = h5py.Empty("f4")
    d = f.create_dataset("shrunk", data=counts(), chunks=(2, 2, 2), maxshape=(None, 9, 9))
    d.resize((3, 5, 3))
    f["described"] = counts()
    for i in range(12):
        f["described"].attrs[f"a{i}"] = i / 3
    f.attrs["bin_width_ms"] = 5
    f.attrs["vector"] = np.arange(5, dtype=">i2")
    f.attrs["name"] = "monkey"


def names(f):
    for i in range(40):
        f[f"g/{i:02d}"] = i
    f["link"] = h5py.SoftLink("/g/07")
    f["t"] = np.dtype("f4")
    f.create_dataset("named", data=[1.5, 2.5], dtype=f["t"])


def filters(f):
    """The library's own filters beside gzip; damage goes to what is stored, too."""
    for t in "u1", "<i4", ">i8", "f4", ">f8":
        f.create_dataset(f"scale{t}", data=counts(t), chunks=(2, 6, 4), scaleoffset=2)
        f.create_dataset(f"szip{t}", data=counts(t), chunks=(2, 6, 4), compression="szip", compression_opts=("nn", 4))
    f.create_dataset("szip_ec", data=counts("u2"), chunks=(5, 6, 4), compression="szip", compression_opts=("ec", 8))
    f.create_dataset("fill", data=counts(), chunks=(2, 6, 4), scaleoffset=0, fillvalue=3)
    t = h5py.h5t.STD_I32LE.copy()
    t.set_precision(19)
    p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    p.set_chunk((2, 6, 4))
    p.set_filter(5, 1, ())
    d = h5py.h5d.create(f.id, b"nbit", t, h5py.h5s.create_simple(N), p)
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, counts("i4"))


def low(f, name, set_up):
    p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    set_up(p)
    d = h5py.h5d.create(f.id, name.encode(), h5py.h5t.IEEE_F64LE, h5py.h5s.create_simple(N), p)
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, counts("f8"))


folder = sys.argv[1]
zipped = dict(compression="gzip", shuffle=True, fletcher32=True)
for version in ("earliest", "v110", "latest"):
    for name, make in {
        "plain": recording,
        "zipped": lambda f: recording(f, chunks=(2, 3, 4), **zipped),
        "filters": filters, "kinds": kinds, "chunks": chunks, "small": small, "names": names,
    }.items():
        with h5py.File(f"{folder}/{name}-{version}.h5", "w", libver=version) as f:
            make(f)
    with h5py.File(f"{folder}/block-{version}.h5", "w", libver=version, userblock_size=512) as f:
        recording(f, chunks=(2, 3, 4))
for feature in "shared", "trees", "packed":
    matrix.make(folder, feature, "latest", 9)


def rich(f, version):
    """References, compounds and sequences; less what h5py does not read, or reads in another byte order."""
    make_rich.make(f, version, 6, 4001)
    for name in ("sequences/big", "sequences/nested", "numbers/3 bytes", "numbers/time", "numbers/vax", "numbers/when", "references2"):
        if name in f:
            del f[name]


def virtual(f):
    """Virtual data sets of parts of this file."""
    f["x"] = counts("f4", (4, 6))
    f["group/a name that is shared"] = counts("f4", (3, 4))
    v = h5py.VirtualLayout((9, 6), "f4")
    v[:4] = h5py.VirtualSource(".", "x", (4, 6))
    v[5:8, 1:5] = h5py.VirtualSource(".", "group/a name that is shared", (3, 4))
    v[8, 0:3] = h5py.VirtualSource(".", "group/a name that is shared", (3, 4))[1, 1:4]
    f.create_virtual_dataset("virtual", v, fillvalue=-1)
    v = h5py.VirtualLayout((6,), "f4")
    v[:] = h5py.VirtualSource(".", "x", (4, 6))[2]
    f.create_virtual_dataset("row", v)


for version in ("v110", "latest"):
    with h5py.File(f"{folder}/virtual-{version}.h5", "w", libver=version) as f:
        virtual(f)
for version in ("earliest", "latest"):
    with h5py.File(f"{folder}/rich-{version}.h5", "w", libver=version) as f:
        rich(f, version)
