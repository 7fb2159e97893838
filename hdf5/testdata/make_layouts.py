"""Makes layouts.h5.gz: data sets whose layout is as HDF5 before 1.6 wrote it, versions 1 and 2.

Needs h5py, which writes version 3 only and reads all: the messages are written anew in the file.
"""
import gzip
import io
import struct
import sys

import h5py
import numpy as np

x = ((7 * np.arange(12)) % 100 - 50).astype("i4")


def message(b, at, body):
    """Puts the body of a layout message into the place of the one whose address or data is at."""
    start = b.rindex(b"\x08\x00", 0, at) + 8  # kind, size, flags and three bytes before the body
    size = struct.unpack_from("<H", b, start - 6)[0]
    assert len(body) <= size, (len(body), size)
    b[start:start + size] = body.ljust(size, b"\0")


memory = io.BytesIO()
with h5py.File(memory, "w", libver="earliest") as f:
    d = f.create_dataset("contiguous", data=x.reshape(3, 4))
    where = d.id.get_offset()
    chunked = f.create_dataset("chunked", data=x, chunks=(5,), compression="gzip")
b = bytearray(memory.getvalue())

at = b.index(b"\x03\x01" + struct.pack("<QQ", where, 48))
message(b, at, struct.pack("<BBB5xQII", 1, 2, 1, where, 3, 4))
at = b.index(b"\x03\x02\x02")
tree = struct.unpack_from("<Q", b, at + 3)[0]
message(b, at, struct.pack("<BBB5xQII", 2, 2, 2, tree, 5, 4))

with h5py.File(io.BytesIO(b)) as f:
    assert (f["contiguous"][()] == x.reshape(3, 4)).all() and (f["chunked"][()] == x).all()
with open(f"{sys.path[0]}/layouts.h5.gz", "wb") as out:
    out.write(gzip.compress(bytes(b), 9, mtime=0))
