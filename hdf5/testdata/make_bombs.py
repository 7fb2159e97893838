"""Makes bombs.gz: files that are far smaller than what they unpack to, or that never end.

Each stands behind its name and size, as in matrix.gz. Needs h5py and hdf5plugin. The
values are all 0.
"""
import gzip
import io
import struct
import sys
import zlib

import h5py
import hdf5plugin as hp
import numpy as np

ROWS, WIDTH = 128, 262144  # 128 MiB of float32


def stored(kw, data):
    """A chunk as h5py stores it."""
    with h5py.File(io.BytesIO(), "w") as f:
        d = f.create_dataset("x", data=data, chunks=data.shape, **kw)
        return d.id.read_direct_chunk((0,) * data.ndim)[1]


def bomb(f, rows=ROWS, height=1, **kw):
    d = f.create_dataset("x", (rows, WIDTH), "f4", chunks=(height, WIDTH), **kw)
    b = stored(kw, np.zeros((height, WIDTH), "f4"))
    for row in range(0, rows, height):
        d.id.write_direct_chunk((row, 0), b)


def twice(f):
    """gzip in gzip."""
    p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    p.set_chunk((1, WIDTH))
    for _ in range(2):
        p.set_filter(h5py.h5z.FILTER_DEFLATE, 0, (9,))
    d = h5py.h5d.create(f.id, b"x", h5py.h5t.IEEE_F32LE, h5py.h5s.create_simple((ROWS, WIDTH)), p)
    b = zlib.compress(zlib.compress(bytes(4 * WIDTH), 9), 9)
    for row in range(ROWS):
        d.write_direct_chunk((row, 0), b)


def deep(f):
    g = f
    for _ in range(3000):
        g = g.create_group("g")
    g["x"] = 1


def circle(f):
    """Groups that hold each other, under two names each."""
    a = f.create_group("a")
    b = a.create_group("b")
    for name in "xy":
        b[name], a[name], f[name] = f["a"], f["/"], b
    f["value"] = 5


def liar(f):
    """Zstandard's frame says that it has 1 GiB."""
    d = f.create_dataset("x", (1 << 18,), "f4", chunks=(1 << 18,), compression=hp.Zstd())
    frame = struct.pack("<IBI", 0xFD2FB528, 0xA0, 1 << 30) + bytes([3, 0, 0, 0])
    d.id.write_direct_chunk((0,), frame)


files = {
    "gzip": lambda f: bomb(f, 12 * ROWS, compression="gzip", compression_opts=9),  # 1.5 GiB in 1.6 MB
    "shuffled": lambda f: bomb(f, compression="gzip", shuffle=True),
    "zstd": lambda f: bomb(f, compression=hp.Zstd()),
    "blosc": lambda f: bomb(f, compression=hp.Blosc(cname="zstd")),
    "bitshuffle": lambda f: bomb(f, compression=hp.Bitshuffle(cname="lz4")),
    "szip": lambda f: bomb(f, compression="szip"),
    "twice": twice, "one chunk": lambda f: bomb(f, height=ROWS, compression="gzip", compression_opts=9),
    "deep": deep, "circle": circle, "liar": liar,
}
whole = b""
for name, fill in files.items():
    memory = io.BytesIO()
    with h5py.File(memory, "w", libver="latest") as f:
        fill(f)
    b = memory.getvalue()
    print(name, len(b))
    whole += f"{name.replace(' ', '-')} {len(b)}\n".encode() + b
with open(f"{sys.path[0]}/bombs.gz", "wb") as out:
    out.write(gzip.compress(whole, 9, mtime=0))
