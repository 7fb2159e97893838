package matfile

import (
	"errors"
	"fmt"
)

// What can be wrong with a file or a request. Every error of this package wraps
// one of them, one of package hdf5 (MATLAB 7.3) or one of the operating system;
// the message names the file, the variable as MATLAB writes it (trials(3).spikes{2})
// and the byte.
var (
	// ErrNotMAT: the file is none of MATLAB's.
	ErrNotMAT = errors.New("not a MAT-file")
	// ErrTruncated: the file ends before something that it announces.
	ErrTruncated = errors.New("file is cut short")
	// ErrCorrupt: a structure in the file contradicts itself.
	ErrCorrupt = errors.New("file is damaged")
	// ErrUnsupported: MATLAB reads it, this package does not.
	ErrUnsupported = errors.New("not supported")
	// ErrNotFound: no variable or field of that name, no element of that number.
	ErrNotFound = errors.New("not found")
	// ErrType: the array is of another class than asked for.
	ErrType = errors.New("wrong type")
	// ErrRange: a value does not fit what was asked for.
	ErrRange = errors.New("out of range")
	// ErrTooLarge: the answer would need far more memory than the file has data for.
	ErrTooLarge = errors.New("too large to read at once")
)

func corrupt(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrCorrupt, fmt.Sprintf(format, args...))
}

func unsupported(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrUnsupported, fmt.Sprintf(format, args...))
}

// errorf says which file an error is of.
func (f *File) errorf(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("matfile: %s: %w", f.name, err)
}

// errorf says which file and array an error is of.
func (a *Array) errorf(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("matfile: %s: %s: %w", a.f.name, a.path, err)
}
