package matfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/hdf5"
)

// Level is how MATLAB wrote a file.
type Level string

// The levels.
const (
	Level4  Level = "4"   // save -v4
	Level5  Level = "5"   // save -v6, -v7 (compressed)
	Level73 Level = "7.3" // save -v7.3: an HDF5 file
)

// File is an open MAT-file.
type File struct {
	name   string
	r      io.ReaderAt
	size   int64
	closer io.Closer

	level     Level
	header    string
	names     []string
	variables map[string]variable
	damage    []error

	unpacker unpacker
	root     *hdf5.File
}

// variable is an array of the file, or why it cannot be read.
type variable struct {
	array *Array
	err   error
}

// Open opens a file for reading. Of the variables it reads no more than what they
// are called and what they are.
func Open(name string) (*File, error) {
	h, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("matfile: %w", err)
	}
	info, err := h.Stat()
	if err == nil && info.IsDir() {
		err = fmt.Errorf("%s: is a folder: %w", name, ErrNotMAT)
	}
	if err != nil {
		h.Close()
		return nil, fmt.Errorf("matfile: %w", err)
	}
	f, err := newFile(name, h, info.Size(), hdf5.Open)
	if err != nil {
		h.Close()
		return nil, err
	}
	f.closer = h
	return f, nil
}

// NewReader reads a MAT-file of size bytes from r.
func NewReader(r io.ReaderAt, size int64) (*File, error) {
	return newFile("input", r, size, func(string) (*hdf5.File, error) { return hdf5.NewReader(r, size) })
}

func newFile(name string, r io.ReaderAt, size int64, open73 func(name string) (*hdf5.File, error)) (*File, error) {
	f := &File{name: name, r: r, size: max(size, 0), variables: map[string]variable{}}
	f.unpacker.r = r
	if err := f.open(open73); err != nil {
		return nil, f.errorf(err)
	}
	return f, nil
}

// headerSize is that of the header of levels 5 and 7.3.
const headerSize = 128

// open finds out which level the file is of, and reads what it holds.
func (f *File) open(open73 func(name string) (*hdf5.File, error)) error {
	head := make([]byte, min(headerSize, f.size))
	if n, err := f.r.ReadAt(head, 0); n < len(head) {
		return err
	}
	_, err := f.level4(head)
	switch {
	case f.isHDF5():
		if f.root, err = open73(f.name); err != nil {
			return err
		}
		f.open73(head)
		return nil
	case len(head) == headerSize && isLevel5(head):
		return f.open5(head)
	case err == nil:
		return f.open4()
	case len(head) == headerSize && bytes.Contains(head[:116], []byte("MATLAB 5.0 MAT-file")):
		return corrupt("the header's version is % x, should be 00 01 49 4d or 01 00 4d 49", head[124:])
	}
	return fmt.Errorf("%w: it begins with %q; MATLAB's begin with \"MATLAB 5.0 MAT-file\" or \"MATLAB 7.3 MAT-file\". "+
		"Give the file that MATLAB's save wrote", ErrNotMAT, head[:min(20, len(head))])
}

// isHDF5 reports whether HDF5's signature is where its specification lets it be.
func (f *File) isHDF5() bool {
	for at := int64(0); at+8 <= f.size && at <= 1<<20; at = max(512, 2*at) {
		var b [8]byte
		if n, _ := f.r.ReadAt(b[:], at); n == len(b) && string(b[:]) == "\x89HDF\r\n\x1a\n" {
			return true
		}
	}
	return false
}

// add notes a variable. MATLAB writes one of a name.
func (f *File) add(name string, v variable) {
	if _, known := f.variables[name]; known {
		v = variable{err: f.errorf(corrupt("two variables are called %s", name))}
	} else {
		f.names = append(f.names, name)
	}
	f.variables[name] = v
}

// Close closes the file. Values read from it stay valid.
func (f *File) Close() (err error) {
	if f.root != nil {
		err = f.root.Close()
	}
	if f.closer != nil {
		err = errors.Join(err, f.closer.Close())
	}
	return err
}

// Level returns how MATLAB wrote the file.
func (f *File) Level() Level { return f.level }

// Header returns the text that the file begins with: who wrote it, and when. Level 4
// has none.
func (f *File) Header() string { return f.header }

// Names returns the names of the variables, in the file's order; those of level 7.3
// sorted.
func (f *File) Names() []string { return slices.Clone(f.names) }

// Damage returns what keeps parts of the file from being listed, joined into one error
// with a line for each; nil if nothing does. What Names returns can be read, as far as
// Array says.
func (f *File) Damage() error {
	var all []error
	for _, err := range f.damage {
		all = append(all, f.errorf(err))
	}
	return errors.Join(all...)
}

// Array opens a variable.
func (f *File) Array(name string) (*Array, error) {
	v, ok := f.variables[name]
	switch {
	case !ok:
		return nil, f.errorf(fmt.Errorf("%w: no variable %q; it has %s", ErrNotFound, name, list(f.names)))
	case v.err == nil && v.array == nil:
		return f.array73(name)
	}
	return v.array, v.err
}

// list shows at most ten names.
func list(names []string) string {
	const most = 10
	switch {
	case len(names) == 0:
		return "none"
	case len(names) > most:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}
