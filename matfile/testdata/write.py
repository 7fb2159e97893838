"""Writes MAT-files byte by byte, with what SciPy's savemat does not write: level 5 in
either byte order, compressed or not, with numbers stored in narrower types; 7.3 as
MATLAB lays it out in HDF5.
"""
import struct
import zlib

import h5py
import numpy as np
import scipy.sparse

TYPES = {"i1": 1, "u1": 2, "i2": 3, "u2": 4, "i4": 5, "u4": 6, "f4": 7, "f8": 9, "i8": 12, "u8": 13}
CLASSES = {"f8": 6, "f4": 7, "i1": 8, "u1": 9, "i2": 10, "u2": 11, "i4": 12, "u4": 13, "i8": 14, "u8": 15}
NAMES = {"f8": "double", "f4": "single", "b1": "logical", **{f"i{n}": f"int{8 * n}" for n in (1, 2, 4, 8)},
         **{f"u{n}": f"uint{8 * n}" for n in (1, 2, 4, 8)}}


class Text(str):
    """MATLAB's char; an array of rows if it has line ends."""


class Narrow(np.ndarray):
    """Doubles that are stored as bytes, as MATLAB does with whole numbers."""


class Five:
    def __init__(self, order="<", small=True, text="utf-8"):
        self.o, self.small, self.text = order, small, text

    def element(self, kind, data):
        if self.small and 0 < len(data) <= 4:
            return struct.pack(self.o + "I", len(data) << 16 | kind) + data.ljust(4, b"\0")
        return struct.pack(self.o + "II", kind, len(data)) + data + b"\0" * (-len(data) % 8)

    def numbers(self, v, code=None):
        code = code or v.dtype.str[1:]
        return self.element(TYPES[code], np.asarray(v, self.o + code).tobytes("F"))

    def head(self, number, flags, dims, name, entries=0):
        return (self.element(6, struct.pack(self.o + "II", flags << 8 | number, entries))
                + self.element(5, struct.pack(f"{self.o}{len(dims)}i", *dims)) + self.element(1, name.encode()))

    def array(self, v, name=""):
        return struct.pack(self.o + "II", 14, len(b := self.body(v, name))) + b

    def body(self, v, name):
        if isinstance(v, Text):
            rows = v.split("\n")
            grid = np.array([list(r.ljust(max(map(len, rows)))) for r in rows])
            letters = "".join(grid.T.reshape(-1))
            dims = (len(rows), len(letters.encode("utf-16-le")) // 2 // len(rows)) if letters else (0, 0)
            data = {"utf-8": (16, letters.encode()), "uint16": (4, letters.encode("utf-16-le" if self.o == "<" else "utf-16-be"))}
            return self.head(4, 0, dims, name) + self.element(*data[self.text])
        if isinstance(v, dict):
            return self.struct([v], (1, 1), name)
        if isinstance(v, list):  # an array of structs
            return self.struct(v, (1, len(v)), name)
        if scipy.sparse.issparse(v):
            return self.sparse(v.tocsc(), name)
        if v.dtype == object:
            return self.head(1, 0, v.shape, name) + b"".join(self.array(e) for e in v.reshape(-1, order="F"))
        if v.dtype == bool:
            return self.head(9, 2, v.shape, name) + self.numbers(v.view("u1"))
        if np.iscomplexobj(v):
            return self.head(6, 8, v.shape, name) + self.numbers(v.real) + self.numbers(v.imag)
        return self.head(CLASSES[v.dtype.str[1:]], 0, v.shape, name) + self.numbers(v, "u1" if isinstance(v, Narrow) else None)

    def struct(self, items, dims, name):
        fields = list(items[0]) if items else []
        return (self.head(2, 0, dims, name) + self.element(5, struct.pack(self.o + "i", 32))
                + self.element(1, b"".join(f.encode().ljust(32, b"\0") for f in fields))
                + b"".join(self.array(i[f]) for i in items for f in fields))

    def sparse(self, v, name):
        flags = 2 if v.dtype == bool else 8 if np.iscomplexobj(v.data) else 0
        b = self.head(5, flags, v.shape, name, max(1, v.nnz))
        b += self.numbers(v.indices.astype("i4")) + self.numbers(v.indptr.astype("i4"))
        if v.dtype == bool:
            return b + self.element(9, v.data.view("u1").tobytes())  # bytes that say they are doubles, as MATLAB writes
        b += self.numbers(v.data.real)
        return b + self.numbers(v.data.imag) if flags == 8 else b

    def file(self, variables, packed=False):
        text = b"MATLAB 5.0 MAT-file, Platform: test".ljust(116) + bytes(8)
        b = text + struct.pack(self.o + "HH", 0x0100, 0x4D49)
        for name, v in variables.items():
            a = self.array(v, name)
            if packed:
                z = zlib.compress(a)
                a = struct.pack(self.o + "II", 15, len(z)) + z
            b += a
        return b


class Seven:
    """MATLAB 7.3: an HDF5 file behind 512 bytes, with MATLAB's attributes."""

    def write(self, path, variables):
        with h5py.File(path, "w", userblock_size=512, libver="earliest") as self.f:
            self.refs, self.n = self.f.create_group("#refs#"), 0
            for name, v in variables.items():
                self.put(self.f, name, v)
        self.head(path)

    def head(self, path):
        with open(path, "r+b") as f:
            f.write(b"MATLAB 7.3 MAT-file, Platform: test, Created on: now HDF5 schema 1.00 .".ljust(116) + bytes(8) + b"\0\2IM")

    def mark(self, o, kind, **more):
        o.attrs["MATLAB_class"] = np.bytes_(kind)
        for k, v in more.items():
            o.attrs["MATLAB_" + k] = v

    def ref(self, v):
        self.n += 1
        return self.put(self.refs, f"r{self.n}", v).ref

    def empty(self, g, name, kind, dims):
        d = g.create_dataset(name, data=np.array(dims, "u8"))
        self.mark(d, kind, empty=np.uint8(1))
        return d

    def put(self, g, name, v):
        if isinstance(v, Text):
            rows = v.split("\n")
            units = np.array([np.frombuffer(r.ljust(max(map(len, rows))).encode("utf-16-le"), "<u2") for r in rows])
            if not v:
                return self.empty(g, name, "char", (0, 0))
            d = g.create_dataset(name, data=units.T)
            self.mark(d, "char", int_decode=np.int32(2))
            return d
        if isinstance(v, dict):
            s = g.create_group(name)
            self.mark(s, "struct", fields=self.names(v))
            for k, x in v.items():
                self.put(s, k, x)
            return s
        if isinstance(v, list):
            s = g.create_group(name)
            self.mark(s, "struct", fields=self.names(v[0]))
            for k in v[0]:
                s.create_dataset(k, data=np.array([[self.ref(i[k])] for i in v], h5py.ref_dtype))
            return s
        if scipy.sparse.issparse(v):
            return self.sparse(g, name, v.tocsc())
        kind = "cell" if v.dtype == object else "double" if np.iscomplexobj(v) else NAMES[v.dtype.str[1:]]
        if v.size == 0:
            return self.empty(g, name, kind, v.shape)
        if kind == "cell":
            refs = np.empty(v.T.shape, h5py.ref_dtype)
            for i in np.ndindex(v.shape):
                refs[i[::-1]] = self.ref(v[i])
            v = refs.T
        elif kind == "logical":
            v = v.view("u1")
        elif np.iscomplexobj(v):
            z = np.empty(v.shape, [("real", "f8"), ("imag", "f8")])
            z["real"], z["imag"] = v.real, v.imag
            v = z
        d = g.create_dataset(name, data=np.ascontiguousarray(v.T), dtype=h5py.ref_dtype if kind == "cell" else None,
                             **({"chunks": v.T.shape, "compression": 3} if v.size > 20 and kind != "cell" else {}))
        self.mark(d, kind, **({"int_decode": np.int32(1)} if kind == "logical" else {}))
        return d

    def names(self, fields):
        a = np.empty(len(fields), h5py.vlen_dtype(np.dtype("S1")))
        for i, n in enumerate(fields):
            a[i] = np.array([c.encode() for c in n], "S1")
        return a

    def sparse(self, g, name, v):
        s = g.create_group(name)
        self.mark(s, "logical" if v.dtype == bool else "double", sparse=np.uint64(v.shape[0]))
        s["jc"] = v.indptr.astype("u8")
        if v.nnz:
            s["ir"], s["data"] = v.indices.astype("u8"), v.data.view("u1") if v.dtype == bool else v.data
        return s
