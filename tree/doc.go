// Package tree is one view of files of named arrays, whatever keeps them.
//
// Open tells formats apart by how a file begins, not by its name. What it gives is
// a tree: a [Group] has names, each of a [Node] that is another Group, an [Array]
// (numbers, words, or a table whose fields are arrays), or [Cells], an array of
// nodes in which labs keep what is ragged:
//
//	f, err := tree.Open("recording.h5")
//	defer f.Close()
//	times, err := tree.ArrayAt(f.Root(), "units/spike_times")
//	seconds, err := times.Float64s()
//
// # What stands for what
//
//	HDF5    groups are groups; data sets are arrays, those of compound types tables;
//	        arrays of references to objects, and sequences of variable length, cells
//	NumPy   the arrays of a zip by their names, in which slashes make groups; an
//	        array alone by the name of its file; structured arrays are tables
//	MATLAB  a struct is a group, an array of structs cells that are groups; cell
//	        arrays are cells, but of text alone arrays of words; of char arrays each
//	        row is a word
//
// HDF5 files that begin as MATLAB's but name no class are taken as HDF5.
// Shapes are as the format's own tools show them, and values come in row-major
// order: the last axis is the fastest. Only HDF5 has attributes.
//
// Values are read when they are asked for, and converted to the Go type asked for;
// rows stream what is too large to hold.
package tree
