"""Makes filters.h5.gz: every filter that is read, each data set twice.

/packed holds data sets behind a filter, /plain the same names and what h5py reads
of them, without one. Needs h5py, and hdf5plugin for the filters of plug-ins.
    make_filters.py             writes filters.h5.gz beside this script
    make_filters.py FILE SEED   writes FILE: more types and more shapes, random values
"""
import gzip
import os
import sys

import h5py
import hdf5plugin as hp
import numpy as np

ALL, H = h5py.h5s.ALL, h5py.h5t
SZIP, NBIT, SCALE_OFFSET, OPTIONAL = 4, 5, 6, 1
DECIMAL = 0  # kind of scale


class Maker:
    def __init__(self, f, seed, many):
        self.f, self.rng, self.many, self.n = f, np.random.default_rng(seed), many, 0
        f.create_group("packed")

    def add(self, what, data, chunks, **kw):
        self.n += 1
        self.f["packed"].create_dataset(f"{self.n:04d} {what}", data=data, chunks=chunks, **kw)

    def low(self, what, t, data, chunks, set_up):
        self.n += 1
        p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        p.set_chunk(chunks)
        set_up(p)
        name = f"{self.n:04d} {what}".encode()
        d = h5py.h5d.create(self.f["packed"].id, name, t, h5py.h5s.create_simple(data.shape), p)
        d.write(ALL, ALL, data, t if data.dtype.kind == "V" else None)

    def arrays(self, t):
        """Counts with zeros and runs, a ramp, one value, and what has all bits."""
        shape = 30, 23
        counts = self.rng.integers(0, 50, shape) * self.rng.integers(0, 2, (shape[0], 1))
        yield "counts", counts.astype(t)
        if not self.many:
            return
        yield "ramp", (3 * np.arange(shape[0] * shape[1]).reshape(shape)).astype(t)
        yield "one", np.full(shape, 7, t)
        yield "bits", self.rng.integers(0, 256, shape[0] * shape[1] * t.itemsize).astype("u1").view(t).reshape(shape) \
            if t.kind != "f" else (1000 * self.rng.standard_normal(shape)).astype(t)

    def scale_offset(self, what, a):
        for scale in ([0, 7, 8 * a.itemsize] if a.dtype.kind != "f" else [0, 2, 5]):
            self.add(f"scale-offset {scale} {what}", a, (7, 9), scaleoffset=scale)
            self.add(f"scale-offset {scale} fill {what}", a, (7, 9), scaleoffset=scale, fillvalue=49)

    def szip(self, what, a):
        for options in ("nn", "ec"):
            for block, chunks in ((2, (7, 9)), (8, (7, 16)), (32, (30, 23)), (4, (30, 23))):
                self.add(f"szip {options} {block} {what}", a, chunks, compression="szip", compression_opts=(options, block))

    def plugins(self, what, a):
        for name, kw in {
            "lz4": hp.LZ4(), "lz4 blocks": hp.LZ4(nbytes=256), "zstd": hp.Zstd(), "bzip2": hp.BZip2(),
            "bitshuffle": hp.Bitshuffle(cname="none"), "bitshuffle lz4": hp.Bitshuffle(cname="lz4"),
            "bitshuffle zstd": hp.Bitshuffle(nelems=64, cname="zstd"),
        }.items():
            self.add(f"{name} {what}", a, (7, 9), compression=kw)
            self.add(f"{name} whole {what}", a, a.shape, compression=kw)
        for codec in ("blosclz", "lz4", "snappy", "zlib", "zstd"):
            for shuffle in (0, 1, 2):
                kw = hp.Blosc(cname=codec, clevel=9 if shuffle else 1, shuffle=shuffle)
                self.add(f"blosc {codec} {shuffle} {what}", a, a.shape, compression=kw)

    def nbit(self):
        """Numbers of fewer bits than their bytes have, alone and in compounds."""
        types = []
        for base in (H.STD_U16LE, H.STD_I32LE, H.STD_U32BE, H.STD_I64BE):
            for bits, offset in ((5 * base.get_size(), 0), (6 * base.get_size(), base.get_size() + 1)):
                t = base.copy()
                t.set_precision(bits)
                t.set_offset(offset)
                types.append((f"{base.get_size()} {bits} {offset}", t))
        text = H.C_S1.copy()
        text.set_size(5)
        pair = H.array_create(types[2][1], (2, 3))
        record = H.create(H.COMPOUND, 48)
        for name, at, t in ((b"a", 1, types[0][1]), (b"b", 4, types[7][1]), (b"c", 12, pair), (b"s", 40, text)):
            record.insert(name, at, t)
        for what, t in types + [("array", pair), ("compound", record), ("array of compounds", H.array_create(record, (2,))),
                                ("full", H.STD_I32LE.copy())]:
            raw = self.rng.integers(0, 256, 26 * t.get_size()).astype("u1").view(f"V{t.get_size()}").reshape(13, 2)
            self.low("nbit " + what, t, raw, (5, 2), lambda p: p.set_filter(NBIT, OPTIONAL, ()))

    def others(self):
        a = 1e5 * self.rng.standard_normal((20, 30))
        for t in (H.IEEE_F32LE, H.IEEE_F64BE):
            self.low("scale-offset -3", t, a, (7, 9), lambda p: p.set_filter(SCALE_OFFSET, 0, (DECIMAL, 2**32 - 3)))
        b = self.rng.integers(0, 9, (20, 30)).astype("i4")
        self.add("szip in order", b, (7, 9), compression="szip", shuffle=True, fletcher32=True)
        self.low("scale-offset and sum", H.STD_I32BE, b, (7, 9), lambda p: (p.set_scaleoffset(2, 0), p.set_fletcher32()))
        self.add("scale-offset and gzip", b, (7, 9), scaleoffset=0, compression="gzip")
        sparse = np.zeros(20000, "u2")  # long runs of blocks of zeros
        sparse[self.rng.integers(0, 20000, 9)] = 1
        for options in ("nn", "ec"):
            for line in (20000, 4096, 200, 50):
                self.add(f"szip {options} runs {line}", sparse[: 20000 // line * line].reshape(-1, line),
                         (20000 // line, line), compression="szip", compression_opts=(options, 8))
        d = self.f["packed"].create_dataset("skipped", data=b, chunks=(10, 15), compression="gzip", shuffle=True)
        d.id.write_direct_chunk((0, 15), b[:10, 15:].tobytes(), filter_mask=3)


def plain(f):
    """Writes what h5py reads, with the type it has in the file."""
    for name, d in f["packed"].items():
        t = d.id.get_type()
        a = np.zeros(d.shape, f"V{t.get_size()}")
        d.id.read(ALL, ALL, a, t)
        e = h5py.h5d.create(f.require_group("plain").id, name.encode(), t, h5py.h5s.create_simple(d.shape))
        e.write(ALL, ALL, a, t)


many = len(sys.argv) > 1
name = sys.argv[1] if many else f"{sys.path[0]}/filters.h5"
with h5py.File(name, "w") as f:
    m = Maker(f, int(sys.argv[2]) if many else 1, many)
    for t in ("|i1 |u1 <i2 <u2 <i4 <u4 <i8 <u8 <f4 <f8 >i2 >i4 >u8 >f4 >f8" if many else "|u1 <i2 >i4 <f4 <f8").split():
        for what, a in m.arrays(np.dtype(t)):
            for make in (m.scale_offset, m.szip, m.plugins):
                make(f"{what} {t[1:]}{'b' if t[0] == '>' else ''}", a)
    m.nbit()
    m.others()
with h5py.File(name, "a") as f:  # anew: what was written went through the filters
    plain(f)
if not many:
    with open(name, "rb") as whole, open(name + ".gz", "wb") as out:
        out.write(gzip.compress(whole.read(), 9, mtime=0))
    os.remove(name)
