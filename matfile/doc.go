// Package matfile reads MATLAB's files in pure Go: what save writes with -v4, -v6, -v7
// and -v7.3. It knows nothing of neuroscience.
//
// A file holds variables, each an array: MATLAB has nothing else. Open lists them
// without reading their values; an Array says what it is and gives its values when
// asked:
//
//	f, err := matfile.Open("session.mat")
//	fmt.Println(f.Names())                // [spikes trials rate]
//	a, err := f.Array("rate")             // a: 7x5 double
//	rates, err := a.Float64s()            // 35 numbers, row after row
//
// MATLAB's arrays lie column after column. Values come in the order that Go and NumPy
// use, row after row (the last index fastest), so that element (i, j) of a 7x5 matrix is
// number 5*i + j; whoever wants them as they lie asks the Reversed view, or reads them
// in blocks (Float64Blocks), with 1 MiB in memory whatever the size of the array.
// Numbers are converted to the Go type asked for from whatever type they are stored in,
// which is often narrower than their class.
//
// Cells and structs hold arrays:
//
//	spikes, err := f.Array("spikes")      // 96x5 cell
//	unit, err := spikes.At(0)             // spikes{1,1}: 1204x1 double
//	trials, err := f.Array("trials")      // 1x300 struct
//	third, err := trials.At(2)
//	result, err := third.Field("result")  // trials(3).result: 1x1 char
//	text, err := result.Text()
//
// At counts from 0, paths and errors name places as MATLAB does, from 1.
//
// # What is read
//
//   - numbers of every class, complex ones, logicals; sparse matrices, as their entries
//     or with all zeros
//   - char arrays of every encoding, cells, structs and arrays of them, in each other
//     100 deep
//   - level 5 in both byte orders, compressed or not; level 4, but for VAX and Cray
//   - level 7.3, which is HDF5, by MATLAB's attributes (see package hdf5)
//
// Function handles and objects (string, table, datetime, containers.Map and others) are
// named by Class and ClassName, not read: MATLAB does not document how it writes them.
// The error says which MATLAB command turns them into what can be read.
//
// # MATLAB 7.3 files by other software
//
// MATLAB's axes are the reverse of HDF5's. What has the attribute MATLAB_class is shown
// as MATLAB shows it. Data sets without it were written by other software, mostly
// Python: they are shown as HDF5 has them, axes in its order, with the class that their
// type is nearest to; Array.HasClass tells which of both it is. A group without it is a
// struct, references are a cell, strings are of class Text. Any HDF5 file is read so,
// with or without MATLAB's header.
//
// # Damaged files
//
// A file is never trusted. Whatever its bytes are, reading gives values or an error,
// does not panic, ends, and allocates no more than what the file can unpack to (deflate
// makes at most 1032 bytes of one), as wide as the numbers asked for, and 64 MiB.
// Opening a compressed variable unpacks 64 KiB of it; at most 16 MiB of one variable
// stay unpacked in memory. Checksums of compressed variables are compared. A variable
// that cannot be read is an error of its own; the others can.
//
// The formats are described in "MAT-File Format", The MathWorks, R2019b; objects,
// sparse logicals and text beyond it by what SciPy has learned of files.
package matfile
