"""Writes small files of every kind that NumPy writes, and what is in them.

    python3 make.py FOLDER

expected.json has for each file and array its shape, its type and its values:
numbers as float64 (null: NaN; "inf"), or strings. The files in this folder were
made with NumPy 2.4.6.
"""
import io
import json
import os
import sys
import zipfile

import numpy as np
from numpy.lib import format as npyformat

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
expected = {}
rng = np.random.default_rng(5)


def plain(v):
    if isinstance(v, (bytes, str)):
        return v.decode("latin-1") if isinstance(v, bytes) else v
    v = float(v)
    return None if v != v else "inf" if v == np.inf else "-inf" if v == -np.inf else v


def describe(x, name, into):
    """What is in an array; of structures and complex numbers, field by field."""
    if x.dtype.names:
        for field in x.dtype.names:
            describe(x[field], name + "." + field, into)
        return
    if x.dtype.kind == "c":
        describe(x.real, name + ".real", into)
        describe(x.imag, name + ".imag", into)
        return
    kind = {"U": "U%d" % (x.dtype.itemsize // 4), "S": "S%d" % x.dtype.itemsize}.get(x.dtype.kind, x.dtype.name)
    into[name] = dict(shape=list(x.shape), type=kind, values=[plain(v) for v in x.reshape(-1).tolist()])


def note(file, arrays):
    expected[file] = {}
    for name, x in arrays.items():
        describe(x, name, expected[file])


def numbers(dtype, shape):
    n = int(np.prod(shape))
    if np.dtype(dtype).kind == "b":
        return (np.arange(n) % 3 == 0).reshape(shape)
    x = (np.arange(n) * 7 % 120 - (0 if np.dtype(dtype).kind == "u" else 60)).astype(dtype)
    if np.dtype(dtype).kind == "f":
        x = x / np.asarray(8, dtype)
        x[: min(n, 4)] = [np.nan, np.inf, -np.inf, 6e-8][: min(n, 4)]
    return x.reshape(shape).astype(dtype)


kinds = {}
for code in "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8".split():
    kinds["little_" + code] = numbers("<" + code, (3, 4))
    kinds["big_" + code] = numbers(">" + code, (3, 4))
kinds["extreme_i8"] = np.array([-(2**63), 2**63 - 1, 2**53 + 1])
kinds["extreme_u8"] = np.array([0, 2**64 - 1, 2**53 + 1], dtype="u8")
kinds["extreme_f8"] = np.array([5e-324, 1.7976931348623157e308, -0.0, 0.1])
kinds["complex8"] = (np.arange(4) + 1j * np.arange(4, 8)).astype("<c8")
kinds["complex16"] = (np.arange(4) - 2j * np.arange(4, 8)).astype(">c16")
kinds["bytes"] = np.array([b"a", b"spike\0s", b"", b"caf\xe9"])
kinds["unicode"] = np.array([["neuron", "µV"], ["", "🐒 \"it's\""]])
kinds["unicode_big"] = np.array(["M1", "PMd"]).astype(">U3")
kinds["scalar"] = np.array(2.5)
kinds["scalar_text"] = np.array("monkey J")
kinds["empty"] = np.zeros((0, 7), "f4")
kinds["none_between"] = np.zeros((2, 0, 3), "i4")
kinds["five_axes"] = numbers("i2", (2, 1, 3, 2, 2))
kinds["long"] = np.repeat(rng.poisson(0.1, (20, 25)), 3).reshape(30, 50).astype("u1")
for name in ["five_axes", "little_f8", "big_i2", "little_b1", "unicode"]:
    kinds["fortran_" + name] = np.asfortranarray(kinds[name])
kinds["fortran_cut"] = np.asfortranarray(numbers("f4", (6, 5, 4)))

unit = np.dtype([("unit", "<i4"), ("time", ">f8"), ("group", "U4"), ("good", "?")])
events = np.zeros(5, unit)
events["unit"], events["time"] = [3, 1, 2, 3, 1], [0.5, 0.25, 1, 2, np.nan]
events["group"], events["good"] = ["good", "mua", "", "good", "µ"], [1, 0, 0, 1, 1]
inner = np.dtype([("x", "<f4"), ("y", "<f4")])
nested = np.zeros((3, 2), np.dtype([("pad", "u1"), ("at", inner), ("wave", "<i2", (2, 3)), ("z", "c8")], align=True))
nested["pad"] = np.arange(6).reshape(3, 2)
nested["at"]["x"], nested["at"]["y"] = np.arange(6).reshape(3, 2) / 4, -np.arange(6).reshape(3, 2)
nested["wave"] = np.arange(36).reshape(3, 2, 2, 3)
nested["z"] = np.arange(6).reshape(3, 2) * (1 - 2j)
structured = dict(events=events, nested=nested, nested_fortran=np.asfortranarray(nested), one=events[0:1].reshape(()))
structured["titled"] = np.array([(1, 2.0)], dtype=[(("the title", "a"), "i4"), ("b", "f8")])
structured["wide"] = np.zeros(2, [("field with a long name %03d" % i, "u1") for i in range(30)])
structured["greek"] = np.array([(7,)], dtype=[("µ \"'\\", "i2")])  # version 3

np.savez(os.path.join(folder, "kinds.npz"), **kinds)
np.savez_compressed(os.path.join(folder, "compressed.npz"), **kinds)
np.savez_compressed(os.path.join(folder, "structured.npz"), **structured)
note("kinds.npz", kinds)
note("compressed.npz", kinds)
note("structured.npz", structured)

for version in [(1, 0), (2, 0), (3, 0)]:
    name = "version%d" % version[0]
    with open(os.path.join(folder, name + ".npy"), "wb") as f:
        npyformat.write_array(f, kinds["little_f8"], version)
    note(name + ".npy", {name: kinds["little_f8"]})
for name in ["fortran_five_axes", "scalar", "empty", "unicode"]:
    np.save(os.path.join(folder, name + ".npy"), kinds[name])
    note(name + ".npy", {name: kinds[name]})
np.save(os.path.join(folder, "events.npy"), events)
note("events.npy", dict(events=events))

# Python 2 wrote long numbers with an L, and headers padded to 16 bytes.
text = "{'descr': '<i2', 'fortran_order': False, 'shape': (3L,), }"
text += " " * (-(len(text) + 11) % 16) + "\n"
old = b"\x93NUMPY\1\0" + len(text).to_bytes(2, "little") + text.encode() + np.arange(3, dtype="<i2").tobytes()
open(os.path.join(folder, "python2.npy"), "wb").write(old)
note("python2.npy", dict(python2=np.arange(3, dtype="<i2")))

# A zip that is written to a pipe has sizes behind the members; zip64 has them elsewhere.
buffer = io.BytesIO()
np.save(buffer, kinds["little_i4"])


class Pipe(io.RawIOBase):
    def __init__(self, name):
        self.file = open(os.path.join(folder, name), "wb")

    def writable(self):
        return True

    def write(self, b):
        return self.file.write(b)

    def close(self):
        self.file.close()


with Pipe("piped.npz") as pipe, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("first/x.npy", buffer.getvalue())
    with z.open("y.npy", "w", force_zip64=True) as member:
        member.write(buffer.getvalue())
note("piped.npz", {"first/x": kinds["little_i4"], "y": kinds["little_i4"]})

# What is named but not read.
np.savez(
    os.path.join(folder, "unread.npz"),
    objects=np.array([[1, 2], [3]], dtype=object),
    pickled_field=np.array([(1, None)], dtype=[("a", "i4"), ("b", "O")]),
    when=np.array(["2024-01-01", "NaT"], dtype="M8[ns]"),
    lasted=np.array([1, 2], dtype="m8[25us]"),
    long=np.arange(3, dtype="longdouble"),
    raw=np.zeros(2, "V3"),
)

json.dump(expected, open(os.path.join(folder, "expected.json"), "w"), sort_keys=True, separators=(",", ":"))
