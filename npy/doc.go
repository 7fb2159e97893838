// Package npy reads NumPy's files: one array (.npy) or a zip of them (.npz).
//
// Open gives a file of arrays, whichever of the two it is; a .npy file has one,
// called after the file:
//
//	f, err := npy.Open("session.npz")
//	a, err := f.Array("spike_times")
//	times, err := a.Float64s()
//
// Values are converted to the Go type asked for, from whatever numeric type and
// byte order the file has, and come in row-major order also where the file has
// them column by column. Slab selects a part of an array, Field a field of a
// structured one. Reading takes the memory of the result and of a few megabytes;
// Float32Rows yields what is too large to hold, block after block. A part of a
// compressed array is reached by decompressing all before it.
//
// # What is read
//
//   - versions 1 to 3 of the format; zips of stored and deflated arrays, with zip64
//   - booleans, integers of 1 to 8 bytes, floating point of 2, 4 and 8, of either
//     byte order; complex numbers by their fields "real" and "imag"
//   - strings of fixed length, of bytes (S) and of unicode (U)
//   - structured types, nested, aligned, with fields that are arrays themselves
//   - any number of dimensions, none and empty ones included; both orders
//
// # What is not
//
// Reading these gives an error that says what to type instead: arrays of objects,
// which are pickles, that is programs; datetime64 and timedelta64; longdouble;
// zips with a password or of another compression. Such arrays still have a
// Type and a Shape.
//
// # Damaged files
//
// A file is never trusted: whatever its bytes are, reading gives values or an
// error, does not panic, ends, and allocates in proportion to the file's size: a
// small zip that unpacks to more than 1 GiB is read in slabs or by rows, not at
// once. A header is parsed, never evaluated. An array has as many bytes as its header
// says, no fewer and no more; what is read to its end out of a zip has its
// checksum verified.
//
// The format is specified in NumPy's documentation of numpy.lib.format.
package npy
