// Package hdf5 reads and writes HDF5 files in pure Go.
//
// An HDF5 file is a tree of groups, like folders, whose leaves are data sets:
// arrays of one type and any number of dimensions. Groups and data sets carry
// attributes, small named values. Open gives the root group; names or paths
// with slashes lead from there:
//
//	f, err := hdf5.Open("recording.h5")
//	d, err := f.Root().Dataset("units/spike_times")
//	times, err := d.Float64s()
//
// Values are converted to the Go type asked for, from whatever numeric type and
// byte order the file has. Slab selects a part of a data set, and only that part
// is read. Reading takes the memory of the result and of a few megabytes, or a few
// chunks; Float32Rows and its like yield what is too large to hold, block after
// block of at most 128 MiB, or one row. A data set keeps up to 16 MiB of chunks that
// were read in part (or one that is larger), a file up to 64 MiB of strings. Create
// begins a new file, which appears under its name when Close has written all of it;
// chunks are compressed on all cores, a few MiB of each at a time, to the same bytes on
// any number of them.
//
// # What is read
//
//   - superblocks 0 to 3, with or without a user block (MATLAB's files have one)
//   - groups of symbol tables, and of links stored compactly or densely; soft
//     links, and links into other files of the same folder (of no other)
//   - contiguous, compact and chunked data with every kind of chunk index,
//     including those of layout versions 1 and 2, 4 and 5; virtual data sets of boxes,
//     and values in other files of the folder
//   - the filters gzip, shuffle, Fletcher32, szip, nbit, scale-offset, and of plug-ins
//     LZF, bzip2, LZ4, Zstandard, bitshuffle and Blosc
//   - integers and floating point of any size and byte order (12 bits in 16, long
//     double and bfloat16 too), enumerations (h5py's booleans among them) as numbers
//     or names, strings and sequences of fixed and variable length
//   - compound types, whose members Field gives; arrays, whose dimensions come
//     behind those of the data set
//   - references to groups, data sets and parts of data sets, of either encoding
//   - attributes, compact and dense; named datatypes; tables of shared messages; fill
//     values
//
// # What is not
//
// Reading these gives an error that wraps ErrUnsupported and says which of them
// it was: what lies in other folders, virtual data sets of steps, of others or
// without end, the filters of other plug-ins, floating point of VAX. Times and opaque
// values are described by Type, but only Raw returns them.
//
// # Damaged files
//
// A file is never trusted: whatever its bytes are, reading gives values or an
// error, does not panic, ends, and allocates in proportion to the file's size and
// to what the chunks in it can hold, at the most that their filters can make of
// them (at most 64 MiB beyond that, for values that were never written, in one
// read). What would unpack to more than 1 GiB and 256 times its size is refused at
// once, and read by rows or slabs.
//
// The format is specified in "HDF5 File Format Specification Version 3.0", The
// HDF Group.
package hdf5
