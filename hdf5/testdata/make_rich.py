"""Makes rich-earliest, -v112 and -latest.h5.gz: small files of what is no plain number.

Needs h5py. Values follow the rule of make.py.
"""
import ctypes
import glob
import gzip
import io
import os
import sys

import h5py
import numpy as np


def values(n, dtype="f8"):
    v = (7 * np.arange(n)) % 100
    return (v if np.dtype(dtype).kind == "u" else v - 50).astype(dtype)


def references(g):
    """References of both kinds, alone, in arrays and as attributes, some of them null."""
    a = g.create_dataset("target", data=values(35).reshape(5, 7))
    ref = np.array([[a.ref, h5py.Reference()], [g.ref, g.file.ref]], h5py.ref_dtype)
    g.create_dataset("objects", data=ref, dtype=h5py.ref_dtype)
    g.create_dataset("chunked", data=ref, dtype=h5py.ref_dtype, chunks=(1, 2), compression="gzip")
    g.attrs["one"] = a.ref
    g.attrs.create("array", ref, dtype=h5py.ref_dtype)
    region = h5py.regionref_dtype
    d = g.create_dataset("regions", (7,), region)
    d[0] = a.regionref[1:3, 2:6]
    d[1] = a.regionref[::2, ::3]
    d[2] = a.regionref[:, :]
    points = h5py.h5s.create_simple(a.shape)
    points.select_elements([[4, 6], [0, 1], [2, 2]])
    d[3] = h5py.h5r.create(g.id, b"target", h5py.h5r.DATASET_REGION, points)
    union = h5py.h5s.create_simple(a.shape)
    union.select_hyperslab((0, 0), (1, 1), None, (2, 2))
    union.select_hyperslab((3, 4), (1, 1), None, (2, 3), op=h5py.h5s.SELECT_OR)
    d[4] = h5py.h5r.create(g.id, b"target", h5py.h5r.DATASET_REGION, union)
    union.select_none()
    d[5] = h5py.h5r.create(g.id, b"target", h5py.h5r.DATASET_REGION, union)
    g.attrs.create("region", d[0], dtype=region)


library = None


def hdf5():
    """The HDF5 that h5py runs, for what h5py has no functions for."""
    global library
    if library is None:
        folder = os.path.join(os.path.dirname(h5py.__file__), "..", "h5py.libs")
        library = ctypes.CDLL(glob.glob(folder + "/libhdf5-*.so*")[0])
        for name in "H5Screate_simple H5Dcreate2 H5Dopen2".split():
            getattr(library, name).restype = ctypes.c_int64
    return library


def references2(g):
    """References as HDF5 1.12 and later write them."""
    h = hdf5()
    path = (g.name + "/target").encode()
    g.create_dataset("target", data=values(35).reshape(5, 7)).attrs["unit"] = "mm"
    file = ctypes.c_int64(g.file.id.id)
    refs = (ctypes.c_char * 64 * 4)()
    space = h5py.h5s.create_simple((5, 7))
    space.select_hyperslab((1, 2), (1, 1), None, (2, 4))
    strided = h5py.h5s.create_simple((5, 7))
    strided.select_hyperslab((0, 0), (3, 3), (2, 3))
    no = ctypes.c_int64(0)
    assert h.H5Rcreate_object(file, path, no, refs[0]) >= 0
    assert h.H5Rcreate_region(file, path, ctypes.c_int64(space.id), no, refs[1]) >= 0
    assert h.H5Rcreate_region(file, path, ctypes.c_int64(strided.id), no, refs[2]) >= 0
    assert h.H5Rcreate_attr(file, path, b"unit", no, refs[3]) >= 0
    std = ctypes.c_int64.in_dll(h, "H5T_STD_REF_g")
    dims = (ctypes.c_uint64 * 1)(5)
    shape = ctypes.c_int64(h.H5Screate_simple(1, dims, None))
    d = ctypes.c_int64(h.H5Dcreate2(ctypes.c_int64(g.id.id), b"any", std, shape, no, no, no))
    data = (ctypes.c_char * (64 * 5))()
    data[:256] = b"".join(bytes(r) for r in refs)
    assert h.H5Dwrite(d, std, no, no, no, data) >= 0
    h.H5Dclose(d)


inner = np.dtype([("x", ">f4"), ("y", "u2", (2,))])
table = np.dtype([("i", "i2"), ("pair", inner, (3,)), ("text", "S5"), ("word", h5py.string_dtype()), ("ref", h5py.ref_dtype), ("on", "?"), ("f", "f8")])


def rows(n, target):
    """Row i: i, three pairs of 10 i + k with (100 i + k, 100 i + k + 50), texts of i, a reference, i odd, i / 4."""
    a = np.zeros(n, table)
    for i in range(n):
        a[i]["i"] = i
        for k in range(3):
            a[i]["pair"][k] = 10 * i + k, (100 * i + k, 100 * i + k + 50)
        a[i]["text"], a[i]["word"], a[i]["ref"] = f"t{i}".encode(), "w" * i, target if i else h5py.Reference()
        a[i]["on"], a[i]["f"] = i % 2, i / 4
    return a


def compounds(g):
    a = rows(20, g.ref)
    g["whole"] = a
    g.create_dataset("chunked", data=a.reshape(4, 5), chunks=(3, 2), compression="gzip", shuffle=True)
    plain = np.dtype([(name, table[name]) for name in ("i", "pair", "f")])
    b = np.zeros(20, plain)
    for name in plain.names:
        b[name] = a[name]
    d = g.create_dataset("filled", (7,), plain, chunks=(2,), fillvalue=b[3])
    d[2] = b[2]
    g.create_dataset("one", data=a[5])
    g.attrs["rows"] = a[:3]
    g.attrs["complex"] = np.array([1 + 2j, 3 - 4j])
    g["complex"] = np.array([1 + 2j, 3 - 4j])
    g.create_dataset("array", (2,), np.dtype(("i4", (3, 2))))[:] = np.arange(12).reshape(2, 3, 2)


for version in ("earliest", "v112", "latest"):
    memory = io.BytesIO()
    with h5py.File(memory, "w", libver=version) as f:
        references(f.create_group("references"))
        compounds(f.create_group("compounds"))
        if version != "earliest":
            references2(f.create_group("references2"))
    with open(f"{sys.path[0]}/rich-{version}.h5.gz", "wb") as out:
        out.write(gzip.compress(memory.getvalue(), 9, mtime=0))
