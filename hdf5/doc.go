// Package hdf5 reads and writes HDF5 files in pure Go.
package hdf5
