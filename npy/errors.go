package npy

import (
	"errors"
	"fmt"
)

// What can be wrong with a file or a request. Every error of this package
// wraps one of them (or an error of the operating system), so that
// errors.Is(err, npy.ErrNotFound) works; the message names the file, the array
// and what was found.
var (
	// ErrNotNPY: the file is neither a NumPy array nor a zip.
	ErrNotNPY = errors.New("not a NumPy file")
	// ErrTruncated: the file ends before the values that its header promises.
	ErrTruncated = errors.New("file is cut short")
	// ErrCorrupt: the file contradicts itself.
	ErrCorrupt = errors.New("file is damaged")
	// ErrUnsupported: a valid file that this package does not read.
	ErrUnsupported = errors.New("not supported")
	// ErrPickle: an array of Python objects, which only Python can read.
	ErrPickle = errors.New("a pickle, which is a program and not read")
	// ErrNotFound: no array or field of that name.
	ErrNotFound = errors.New("not found")
	// ErrType: the values are of another kind than asked for.
	ErrType = errors.New("wrong type")
	// ErrRange: a value or a selection lies outside what was asked for.
	ErrRange = errors.New("out of range")
	// ErrTooLarge: a small zip unpacks to more than is read at once. Read it in
	// slabs or by rows.
	ErrTooLarge = errors.New("too large to read at once")
)

func corrupt(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrCorrupt, fmt.Sprintf(format, args...))
}

func unsupported(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrUnsupported, fmt.Sprintf(format, args...))
}
