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
    std = of_hdf5("STD_REF")
    d = untimed(g, "any", std, 5)
    data = (ctypes.c_char * (64 * 5))()
    data[:256] = b"".join(bytes(r) for r in refs)
    assert h.H5Dwrite(ctypes.c_int64(d.id), ctypes.c_int64(std.id), no, no, no, data) >= 0


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


def sequences(g, many=600):
    """Sequence i has i mod 4 values, counted through."""
    def fill(name, dtype, value, n=9, **kw):
        d = g.create_dataset(name, (n,), h5py.vlen_dtype(dtype), **kw)
        k = 0
        for i in range(n):
            if i % 4:
                d[i] = value(np.arange(k, k + i % 4))
            k += i % 4

    fill("f8", "f8", lambda k: k / 2)
    fill("big", ">i2", lambda k: k.astype("i2"))
    fill("chunked", "u4", lambda k: k, chunks=(2,), compression="gzip", maxshape=(None,))
    fill("many", "i8", lambda k: k, n=many)
    pair = np.dtype([("t", "f4"), ("n", "i4")])
    fill("pairs", pair, lambda k: np.array([(j / 4, j) for j in k], pair))
    fill("refs", h5py.ref_dtype, lambda k: np.array([g.ref if j % 2 else g.parent.ref for j in k], h5py.ref_dtype))
    texts(g)
    d = g.create_dataset("nested", (2,), h5py.vlen_dtype(h5py.vlen_dtype("i4")))
    a = g.attrs
    a.create("f8", np.array([np.array([1.5, 2.5]), np.array([3.5])], dtype=object), dtype=h5py.vlen_dtype("f8"))
    lines = [f"text {i} " + "x" * (i % 50) for i in range(many * 5 // 6)]
    g.create_dataset("strings", data=lines, dtype=h5py.string_dtype(), chunks=(min(100, len(lines)),), compression="gzip")


class vlen(ctypes.Structure):
    _fields_ = ("n", ctypes.c_size_t), ("p", ctypes.c_void_p)


def texts(g):
    """Sequences of strings of variable length, which h5py does not write: a, bb and ccc; none; d."""
    t = h5py.h5t.vlen_create(h5py.h5t.py_create(h5py.string_dtype(), logical=True))
    d = untimed(g, "texts", t, 3)
    words = [(ctypes.c_char_p * 3)(b"a", b"bb", b"ccc"), (ctypes.c_char_p * 1)(b"d")]
    data = (vlen * 3)((3, ctypes.addressof(words[0])), (0, None), (1, ctypes.addressof(words[1])))
    no = ctypes.c_int64(0)
    assert hdf5().H5Dwrite(ctypes.c_int64(d.id), ctypes.c_int64(t.id), no, no, no, data) >= 0


def untimed(g, name, t, n):
    """A data set without the time when it was made, so that this script always makes the same files."""
    p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    p.set_obj_track_times(False)
    return h5py.h5d.create(g.id, name.encode(), t, h5py.h5s.create_simple((n,)), p)


def raw(g, name, t, data):
    """Bytes written as they are, as values of any type."""
    d = untimed(g, name, t, len(data) // t.get_size())
    no = ctypes.c_int64(0)
    assert hdf5().H5Dwrite(ctypes.c_int64(d.id), ctypes.c_int64(t.id), no, no, no, data) >= 0


def of_hdf5(name):
    """A type that h5py has no name for."""
    return h5py.h5t.TypeID(ctypes.c_int64.in_dll(hdf5(), f"H5T_{name}_g").value).copy()


def numbers(g, version, step=37):
    """Numbers that no Go type has, and what is no number."""
    third = np.longdouble(1) / 3
    a = np.array([third, -2.5, 0, np.inf, np.nan, np.longdouble(2) ** 1024, 1 + np.longdouble(2) ** -53 + np.longdouble(2) ** -60], "g")
    a.view("u1").reshape(-1, 16)[:, 10:] = 0  # of 80 bits only these are written
    g["long double"] = a
    for order in "LE", "BE":
        t = h5py.h5t.py_create(np.dtype("<i2" if order == "LE" else ">i2"))
        t.set_precision(12)
        t.set_offset(2)
        raw(g, "12 bits " + order, t, values(10, "i2").__lshift__(2).astype("<u2" if order == "LE" else ">u2").tobytes())
    t = h5py.h5t.STD_U32LE.copy()
    t.set_precision(24)
    t.set_size(3)
    raw(g, "3 bytes", t, b"".join((int(v) + 70000).to_bytes(3, "little") for v in values(10, "u4")))
    raw(g, "vax", of_hdf5("VAX_F32"), bytes(8))
    raw(g, "time", of_hdf5("UNIX_D32LE"), bytes(8))
    raw(g, "bits", of_hdf5("STD_B16BE"), values(5, ">u2").tobytes())
    g.create_dataset("when", data=np.array([1, 2], "M8[ns]").astype(h5py.opaque_dtype("M8[ns]")))
    g.create_dataset("side", data=[1, -2, 1, 7], dtype=h5py.enum_dtype({"left": 1, "right": -2}, basetype="i2"))
    g.create_dataset("left", data=[1, -2, 1], dtype=h5py.enum_dtype({"left": 1, "right": -2}, basetype="i2"), chunks=(2,))
    # all ways that the upper bits of float32 can be, and of eight and less bits
    g["float32"] = (np.arange(0, 65536, step, "u4") << 16).view("f4")
    if version == "latest":
        raw(g, "bfloat16 LE", of_hdf5("FLOAT_BFLOAT16LE"), np.arange(0, 65536, step, "<u4").astype("<u2").tobytes())
        raw(g, "bfloat16 BE", of_hdf5("FLOAT_BFLOAT16BE"), np.arange(0, 65536, step, "<u4").astype(">u2").tobytes())
        raw(g, "E5M2", of_hdf5("FLOAT_F8E5M2"), np.arange(256, dtype="u1").tobytes())
        raw(g, "half", of_hdf5("IEEE_F16BE"), (np.arange(256) * 256).astype(">u2").tobytes())
        raw(g, "complex", of_hdf5("COMPLEX_IEEE_F32BE"), np.array([1, 2, 3, -4], ">f4").tobytes())


def make(f, version, many=600, step=37):
    references(f.create_group("references"))
    if version != "earliest":
        references2(f.create_group("references2"))
    compounds(f.create_group("compounds"))
    sequences(f.create_group("sequences"), many)
    numbers(f.create_group("numbers"), version, step)


if __name__ == "__main__":
    for version in ("earliest", "v112", "latest"):
        memory = io.BytesIO()
        with h5py.File(memory, "w", libver=version) as f:
            make(f, version)
        with open(f"{sys.path[0]}/rich-{version}.h5.gz", "wb") as out:
            out.write(gzip.compress(memory.getvalue(), 9, mtime=0))
