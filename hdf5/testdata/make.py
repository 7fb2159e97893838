"""Makes old, v110 and new.h5.gz: small files with every feature that the tests read.

Needs h5py. Values follow one rule, so that the tests can state them: element i
of a numeric data set is (7 i) mod 100 - 50, or (7 i) mod 100 if unsigned.
"""
import gzip
import io
import sys

import h5py
import numpy as np


def values(n, dtype="f8"):
    v = (7 * np.arange(n)) % 100
    return (v if np.dtype(dtype).kind == "u" else v - 50).astype(dtype)


def numbers(g):
    for order in "<>":
        for t in "i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8".split():
            g.create_dataset(("little" if order == "<" else "big") + "/" + t, data=values(6, order + t).reshape(2, 3))
    g["scalar"] = 2.5
    g["empty"] = h5py.Empty("f4")
    g["none"] = np.zeros((0, 3))
    g["bool"] = np.array([True, False, True])
    g["long double"] = np.zeros(2, "f16")
    g["half"] = np.array([0, -0.0, 1, -2.5, 65504, 2**-24, np.inf, np.nan], "f2")
    g["uint64"] = np.array([1, 2**64 - 1], "u8")
    g["fraction"] = np.array([1, 2.5])
    colours = h5py.enum_dtype({"red": 1, "green": -2}, basetype="i2")
    g.create_dataset("enum", data=np.array([1, -2, 1]), dtype=colours)
    g["compound"] = np.array([(1, [2.5, 3])], dtype=[("a", "i4"), ("b", "f8", (2,))])


def strings(g):
    g["fixed"] = np.array([b"ab", b"abcd"])
    g["variable"] = ["spike", "", "häufig"]
    g["one"] = "text"
    t = h5py.h5t.C_S1.copy()
    t.set_size(6)
    t.set_strpad(h5py.h5t.STR_SPACEPAD)
    d = h5py.h5d.create(g.id, b"padded", t, h5py.h5s.create_simple((1,)))
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array([b"ab    "]), t)


def layouts(g):
    a = values(35).reshape(5, 7)
    g["contiguous"] = a
    g.create_dataset("chunked", data=a, chunks=(2, 3))
    g.create_dataset("gzip", data=a, chunks=(2, 3), compression="gzip")
    g.create_dataset("shuffle", data=a, chunks=(2, 3), compression="gzip", shuffle=True)
    g.create_dataset("fletcher", data=a, chunks=(2, 3), compression="gzip", shuffle=True, fletcher32=True)
    g.create_dataset("lzf", data=np.repeat(a, 4, axis=1), chunks=(5, 28), compression="lzf")
    g.create_dataset("single", data=a, chunks=(5, 7), compression="gzip")
    g.create_dataset("grows", data=a, chunks=(2, 3), maxshape=(5, None))
    g.create_dataset("grows gzip", data=a, chunks=(2, 3), maxshape=(None, 7), compression="gzip")
    g.create_dataset("grows both", data=a, chunks=(2, 3), maxshape=(None, None), compression="gzip")
    g.create_dataset("may grow", data=a, chunks=(2, 3), maxshape=(9, 20))
    g.create_dataset("may grow gzip", data=a, chunks=(2, 3), maxshape=(9, 20), compression="gzip")
    g.create_dataset("grows and may", data=a, chunks=(2, 3), maxshape=(None, 20))
    g.create_dataset("may and grows", data=a, chunks=(2, 3), maxshape=(9, None), compression="gzip")
    g.create_dataset("scale-offset", data=a.astype("i4"), chunks=(2, 3), scaleoffset=0)
    d = g.create_dataset("filled", (4, 4), "i4", chunks=(2, 2), fillvalue=-3)
    d[0, 0] = 9
    g.create_dataset("never written", (3,), "f4", fillvalue=1.5)
    low(g, "compact", a, lambda p: p.set_layout(h5py.h5d.COMPACT))
    early = lambda p: (p.set_chunk((2, 3)), p.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY))
    low(g, "implicit", a, early)
    low(g, "implicit may grow", a, early, (9, 20))


def large_indexes(g):
    d = g.create_dataset("pages", (2100,), "i1", chunks=(1,))
    d[:30] = values(30)
    d[2090:] = values(10)
    d = g.create_dataset("grows pages", (140000,), "i1", chunks=(1,), maxshape=(None,))
    d[:5] = values(5)
    d[139000:139005] = values(5)
    d = g.create_dataset("many", (100,), "i1", chunks=(1,), maxshape=(None,), compression="gzip")
    d[:] = values(100)


def low(g, name, a, set_up, most=None):
    p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    set_up(p)
    d = h5py.h5d.create(g.id, name.encode(), h5py.h5t.IEEE_F64LE, h5py.h5s.create_simple(a.shape, most), p)
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, a)


def links(g):
    for i in range(40):
        g[f"many/{i:02d}"] = i
    g["soft"] = h5py.SoftLink("/links/many/07")
    g["relative"] = h5py.SoftLink("many/08")
    g["loop"] = h5py.SoftLink("/links/loop")
    g["dangling"] = h5py.SoftLink("/nowhere")
    g["external"] = h5py.ExternalLink("other.h5", "/x")
    g["hard"] = g["many/09"]


def attributes(g):
    a = g.create_group("few").attrs
    a["float"], a["int"], a["bool"], a["text"] = 2.5, 7, True, "häufig"
    a["texts"], a["array"] = ["a", "bc"], np.arange(6.0).reshape(2, 3)
    a["empty"] = h5py.Empty("f4")
    a["fixed"] = np.bytes_("abc")
    a = g.create_dataset("many", data=1).attrs
    for i in range(30):
        a[f"a{i:02d}"] = float(i)
    named = g["type"] = np.dtype("f4")
    g.create_dataset("named", data=[1.5], dtype=g["type"])
    g["few"].attrs.create("named", 2.5, dtype=g["type"])


for name, version in (("old", "earliest"), ("v110", "v110"), ("new", "latest")):
    memory = io.BytesIO()
    with h5py.File(memory, "w", libver=version) as f:
        for make in (numbers, strings, layouts, links, attributes):
            make(f.create_group(make.__name__))
        if version != "earliest":
            large_indexes(f["layouts"])
            f["attributes/few"].attrs["huge"] = np.arange(600.0)
    with open(f"{sys.path[0]}/{name}.h5.gz", "wb") as out:
        out.write(gzip.compress(memory.getvalue(), 9, mtime=0))
