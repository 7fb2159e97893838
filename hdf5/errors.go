package hdf5

import (
	"errors"
	"fmt"
)

// What can be wrong with a file or a request. Every error of this package
// wraps one of them (or an error of the operating system), so that
// errors.Is(err, hdf5.ErrNotFound) works; the message names the file, the path
// inside it and what was found.
var (
	// ErrNotHDF5: the file has no HDF5 signature.
	ErrNotHDF5 = errors.New("not an HDF5 file")
	// ErrTruncated: the file ends before something it refers to.
	ErrTruncated = errors.New("file is cut short")
	// ErrCorrupt: a structure in the file contradicts itself.
	ErrCorrupt = errors.New("file is damaged")
	// ErrUnsupported: valid HDF5 that this package does not read.
	ErrUnsupported = errors.New("not supported")
	// ErrNotFound: no object or attribute of that name.
	ErrNotFound = errors.New("not found")
	// ErrType: the object or its values are of another kind than asked for.
	ErrType = errors.New("wrong type")
	// ErrRange: a value or a selection lies outside what was asked for.
	ErrRange = errors.New("out of range")
	// ErrTooLarge: the read would need far more memory than the file has data
	// for. Read it in slabs.
	ErrTooLarge = errors.New("too large to read at once")
)

func isNotFound(err error) bool { return errors.Is(err, ErrNotFound) }

func corrupt(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrCorrupt, fmt.Sprintf(format, args...))
}

func unsupported(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrUnsupported, fmt.Sprintf(format, args...))
}

// at says where an error happened: the file and the path of the object in it.
func (f *File) at(path string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("hdf5: %s: %s: %w", f.name, path, err)
}
