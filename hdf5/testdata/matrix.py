"""Makes files with every structure of HDF5 that is read, by each version of the format.

    matrix.py FOLDER          FEATURE-VERSION.h5 for all of them
    matrix.py                 matrix.gz beside this script, a few of the small ones, each
                              behind its name and size, and matrix.json with what h5py reads

Needs h5py. What h5py cannot set is set in the library that it brought.
"""
import ctypes
import glob
import gzip
import hashlib
import json
import os
import sys
import tempfile

import h5py
import numpy as np

P, LIBRARY = h5py.h5p, None
VERSIONS = "earliest", "v108", "v110", "v112", "v114", "v200", "latest"


def call(name, plist, *a):
    """Calls a function of the library on a property list."""
    global LIBRARY
    if LIBRARY is None:
        here = os.path.dirname(h5py.__file__)
        LIBRARY = ctypes.CDLL(glob.glob(f"{here}/../h5py.libs/libhdf5-*.so*")[0])
    if getattr(LIBRARY, name)(ctypes.c_int64(plist.id), *a) < 0:
        raise RuntimeError(name)


def create(name, version, set_up=lambda p: None):
    low = getattr(h5py.h5f, "LIBVER_" + version.upper().replace("V108", "V18"))
    fcpl, fapl = P.create(P.FILE_CREATE), P.create(P.FILE_ACCESS)
    fapl.set_libver_bounds(low, h5py.h5f.LIBVER_LATEST)
    set_up(fcpl)
    return h5py.File(h5py.h5f.create(name.encode(), h5py.h5f.ACC_TRUNC, fcpl, fapl))


def values(shape, t="i2"):
    return (7 * np.arange(np.prod(shape)) % 100).reshape(shape).astype(t)


def dataset(g, name, data, shape=None, most=None, t=h5py.h5t.STD_I16LE, **set_up):
    """A data set by the library's own functions: set_up are those of its property list."""
    p = P.create(P.DATASET_CREATE)
    for what, a in set_up.items():
        getattr(p, what)(*a) if hasattr(p, what) else call(what, p, *a)
    most = most and tuple(h5py.h5s.UNLIMITED if m is None else m for m in most)
    d = h5py.Dataset(h5py.h5d.create(g.id, name.encode(), t, h5py.h5s.create_simple(shape or data.shape, most), p))
    if data is not None:
        d[...] = data
    return d


def chunks(f, n):
    """Every index of chunks, of one to n of them, and with holes."""
    f.create_dataset("no chunks", (0, 2), "i2", chunks=(1, 2), maxshape=(None, None))
    for k in sorted({1, 3, 5, 70, n // 2}):
        for kind, most in (("fixed", (k, 2)), ("grows", (None, 2)), ("grows_inside", (k, None)), ("grows_both", (None, None)), ("may", (k + 7, 9))):
            for zipped in ({}, dict(compression="gzip", fletcher32=True)):
                name = f"{kind}{k}" + ("_gzip" if zipped else "")
                f.create_dataset(name, data=values((k, 2)), chunks=(1, 2), maxshape=most, **zipped)
                d = f.create_dataset(name + "_holes", (k, 2), "i2", chunks=(1, 1), maxshape=most, fillvalue=-3, **zipped)
                for i in {0, k // 2, k - 1} & set(range(k)):
                    d[i, 1] = i + 1
    if n > 40:  # a B-tree of three levels
        f.create_dataset("many", data=values((6000, 1)), chunks=(1, 1), maxshape=(None, None))
    f.create_dataset("cube", data=values((9, 8, 7)), chunks=(2, 3, 4), maxshape=(None, 8, None), compression="gzip")
    f.create_dataset("single", data=values((5, 4)), chunks=(5, 4))
    f.create_dataset("single_gzip", data=values((5, 4)), chunks=(5, 4), compression="gzip")
    early = dict(set_chunk=((2, 3),), set_alloc_time=(h5py.h5d.ALLOC_TIME_EARLY,))
    dataset(f, "implicit", values((5, 7)), **early)
    dataset(f, "implicit_may", values((5, 7)), most=(9, 20), **early)
    for most in (None, (9, 20), (None, 7), (None, None)):  # edges without filters
        dataset(f, f"edges{most}", values((5, 7)), most=most, set_chunk=((2, 3),), set_deflate=(4,), H5Pset_chunk_opts=(2,))
    d = f.create_dataset("skipped", data=values((4, 6)), chunks=(2, 3), compression="gzip", shuffle=True)
    d.id.write_direct_chunk((2, 3), values((2, 3)).tobytes(), filter_mask=3)
    f.create_dataset("shrunk", data=values((6, 6)), chunks=(2, 2), maxshape=(None, None)).resize((3, 5))
    f.create_dataset("grown", data=values((3, 5)), chunks=(2, 2), maxshape=(None, 9), fillvalue=4).resize((9, 9))


def types(f, n):
    for order in "<>":
        for t in "i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8".split():
            f[f"{t}{order == '<'}"] = values((2, 3), order + t)
    f["special"] = np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324, 1e300])
    f["bool"] = np.array([True, False, True])
    f.create_dataset("enum", data=np.array([1, -2, 1]), dtype=h5py.enum_dtype({"go": 1, "stop": -2}, basetype="i2"))
    f["scalar"], f["text"], f["empty"], f["none"] = 2.5, "häufig", h5py.Empty("f4"), np.zeros((0, 3))
    f["texts"] = ["spike", "", "häufig", "x" * 70000]
    f["bytes"] = np.array([b"ab", b"abcd"])
    for pad in (h5py.h5t.STR_NULLTERM, h5py.h5t.STR_NULLPAD, h5py.h5t.STR_SPACEPAD):
        t = h5py.h5t.C_S1.copy()
        t.set_size(6)
        t.set_strpad(pad)
        h5py.h5d.create(f.id, b"padded%d" % pad, t, h5py.h5s.create_simple((2,))).write(
            h5py.h5s.ALL, h5py.h5s.ALL, np.array([b"ab", b"abcde"], "S6"), t)
    f["type"] = np.dtype(">f4")
    f.create_dataset("named", data=[1.5, 2.5], dtype=f["type"])
    f["named"].attrs.create("named", 2.5, dtype=f["type"])


def fills(f, n):
    chunk, contiguous = dict(set_chunk=((2, 2),)), {}
    for name, layout in (("chunked", chunk), ("contiguous", contiguous)):
        for time in (h5py.h5d.FILL_TIME_ALLOC, h5py.h5d.FILL_TIME_NEVER, h5py.h5d.FILL_TIME_IFSET):
            for alloc in (h5py.h5d.ALLOC_TIME_EARLY, h5py.h5d.ALLOC_TIME_LATE):
                if time == h5py.h5d.FILL_TIME_NEVER and alloc == h5py.h5d.ALLOC_TIME_EARLY and not layout:
                    continue  # whatever stood there
                kw = dict(layout, set_fill_time=(time,), set_alloc_time=(alloc,))
                dataset(f, f"{name}{time}{alloc}", None, (3, 5), **kw)
                dataset(f, f"{name}{time}{alloc}set", None, (3, 5), set_fill_value=(np.array(-7, "i2"),), **kw)
    dataset(f, "compact", values((3, 4)), set_layout=(h5py.h5d.COMPACT,))
    for t in ("S5", h5py.string_dtype(), ">f8", "?"):
        f.create_dataset(f"fill{t}", (3,), t, fillvalue=True if t == "?" else 2.5 if t == ">f8" else "abc", chunks=(2,))


def groups(f, n):
    for track in (False, True):
        for k in sorted({0, 1, 8, 9, 40, min(n, 300) if track else n}):
            g = f.create_group(f"members{k}{track}", track_order=track)
            for i in range(k):
                g[f"x{i}"] = i
            g = f.create_dataset(f"attributes{k}{track}", data=k, track_order=track)
            for i in range(min(k, 200)):
                g.attrs[f"a{i}"] = i / 3
    g = f.create_group("links", track_order=True)
    g["soft"], g["relative"] = h5py.SoftLink("/members8False/x3"), h5py.SoftLink("../links/soft")
    g["dangling"], g["group"] = h5py.SoftLink("/nowhere"), h5py.SoftLink("/members9True")
    g["hard"], g["é" * 90] = f["members9True/x4"], 5
    if n > 40:
        for k in 300, 70000:  # names of two and of four bytes of length
            f["members1True"]["y" * k] = k


def attributes(f, n):
    for name in "few", "many":
        a = f.create_dataset(name, data=1).attrs
        a["float"], a["text"], a["texts"], a["fixed"], a["bool"] = 2.5, "häufig", ["a", "", "bc"], np.bytes_("abc"), True
        a["array"], a["empty"], a["none"] = values((2, 3), ">i4"), h5py.Empty("f4"), np.zeros((0, 2))
        for i in range(30 if name == "many" else 0):
            a[f"a{i}"] = values((i,))
    d = dataset(f, "phases", values((2,)), H5Pset_attr_phase_change=(2, 1))
    for i in range(5):
        d.attrs[f"a{i}"] = i
    if f.libver[0] != "earliest":
        f["many"].attrs["large"] = values((9000,), "f8")
        f["few"].attrs["large"] = values((9000,), "f8")


def shared(p):
    """Messages of all kinds in tables."""
    call("H5Pset_shared_mesg_nindexes", p, 2)
    call("H5Pset_shared_mesg_index", p, 0, 1 << 1 | 1 << 3 | 1 << 5 | 1 << 11, 0)
    call("H5Pset_shared_mesg_index", p, 1, 1 << 12, 0)


def shared_as_trees(p):
    shared(p)
    call("H5Pset_shared_mesg_phase_change", p, 0, 0)


def in_common(f, n):
    for i in range(6):
        d = f.create_dataset(f"d{i}", data=values((6,), "f8"), chunks=(4,), compression="gzip", fillvalue=2.5)
        for k in range(12 if i % 2 else 2):
            d.attrs[f"a{k}"] = values((3 + k,))
        d.attrs["text"], d.attrs["large"] = "häufig", values((900,), "f8")
    f["type"] = np.dtype("f4")
    f.create_dataset("named", data=[1.5], dtype=f["type"]).attrs.create("n", 2.5, dtype=f["type"])


def packed(f, n):
    """Groups whose heaps pass through filters: one block, a few, many, and values too large for them."""
    for k in sorted({3, 40, n // 3}):
        p = P.create(P.GROUP_CREATE)
        call("H5Pset_deflate", p, 9)
        call("H5Pset_fletcher32", p)
        g = h5py.Group(h5py.h5g.create(f.id, b"g%d" % k, gcpl=p))
        for i in range(k):
            g[f"x{i}" + "z" * (300 if k == 40 else 0)] = i
            if i < 40:
                g.attrs[f"a{i}"] = i
        g["long" + "y" * 9000], g.attrs["large"] = 5, values((1200,), "f8")


def sizes(offset, length):
    return lambda p: p.set_sizes(offset, length)


def small_nodes(p):
    """B-trees of many levels, and superblock 1 in the earliest version."""
    call("H5Pset_istore_k", p, 2)
    call("H5Pset_sym_k", p, 2, 2)


def pages(p):
    """Space in pages, of which the superblock's extension tells."""
    call("H5Pset_file_space_strategy", p, 1, True, ctypes.c_uint64(1))
    call("H5Pset_file_space_page_size", p, ctypes.c_uint64(512))


def levels(f, n):
    a_bit(f, n)
    f.create_dataset("many", data=values((90, 3)), chunks=(1, 2), compression="gzip")


def a_bit(f, n):
    types(f, n)
    groups(f.create_group("groups"), 9)
    f.create_dataset("zipped", data=values((9, 5)), chunks=(2, 2), compression="gzip", maxshape=(None, None))


FEATURES = {
    "chunks": (chunks, None), "types": (types, None), "fills": (fills, None), "groups": (groups, None),
    "attributes": (attributes, None), "block": (a_bit, lambda p: p.set_userblock(512)),
    "block2048": (a_bit, lambda p: p.set_userblock(2048)), "sizes4": (a_bit, sizes(4, 4)), "sizes84": (a_bit, sizes(8, 4)),
    "sizes48": (a_bit, sizes(4, 8)), "sizes2": (lambda f, n: f.create_dataset("x", data=values((9, 5)), chunks=(2, 2)), sizes(2, 2)),
    "nodes": (levels, small_nodes), "pages": (a_bit, pages),
    "shared": (in_common, shared), "trees": (in_common, shared_as_trees), "packed": (packed, None),
}


def make(folder, feature, version, n):
    name = f"{folder}/{feature}-{version}.h5"
    fill, set_up = FEATURES[feature]
    with create(name, version, set_up or (lambda p: None)) as f:
        fill(f, n)
    return name


def main():
    if len(sys.argv) > 1:
        for version in VERSIONS:
            for feature in FEATURES:
                make(sys.argv[1], feature, version, 3000 if version in ("earliest", "latest") else 40)
        return
    import judge
    told, whole = {}, b""
    with tempfile.TemporaryDirectory() as folder:
        for feature, version in [(f, v) for f in FEATURES for v in (("latest",) if f in ("shared", "trees", "packed") else ("earliest", "latest"))]:
            name = make(folder, feature, version, 40)
            with h5py.File(name) as f:
                told[f"{feature}-{version}"] = hashlib.sha256("\n".join(sorted(judge.everything(f))).encode()).hexdigest()
            with open(name, "rb") as file:
                b = file.read()
            whole += f"{feature}-{version} {len(b)}\n".encode() + b
    with open(f"{sys.path[0]}/matrix.gz", "wb") as out:
        out.write(gzip.compress(whole, 9, mtime=0))
    with open(f"{sys.path[0]}/matrix.json", "w") as out:
        json.dump(told, out, indent=1)
        out.write("\n")


if __name__ == "__main__":
    main()
