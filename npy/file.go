package npy

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// File is an open file of arrays. Its methods, and those of the arrays in it, may
// be called from several goroutines at once.
type File struct {
	name    string
	closer  io.Closer
	names   []string
	entries map[string]*entry // by name
}

// Open opens a file for reading, .npy or .npz by what it holds.
func Open(name string) (*File, error) {
	h, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("npy: %w", err)
	}
	info, err := h.Stat()
	if err == nil && info.IsDir() {
		err = fmt.Errorf("%s: is a folder: %w", name, ErrNotNPY)
	}
	if err != nil {
		h.Close()
		return nil, fmt.Errorf("npy: %w", err)
	}
	f := &File{name: name, closer: h}
	if err := f.read(h, info.Size()); err != nil {
		h.Close()
		return nil, fmt.Errorf("npy: %s: %w", name, err)
	}
	return f, nil
}

// NewReader reads a file of size bytes from r. If it is a single array, this is
// called "array".
func NewReader(r io.ReaderAt, size int64) (*File, error) {
	f := &File{name: "array"}
	if err := f.read(r, max(size, 0)); err != nil {
		return nil, fmt.Errorf("npy: input: %w", err)
	}
	return f, nil
}

// read finds out what kind of file it is, and what arrays are in it.
func (f *File) read(r io.ReaderAt, size int64) error {
	start := make([]byte, min(size, 6))
	if n, err := r.ReadAt(start, 0); n < len(start) {
		return err
	}
	switch {
	case string(start) == magic:
		f.single(r, uint64(size))
		return nil
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("PK\x05\x06")):
		return f.readZip(r, size)
	}
	return unknown(start)
}

// unknown says what a file is instead.
func unknown(start []byte) error {
	switch {
	case len(start) == 0:
		return fmt.Errorf("%w: it is empty", ErrTruncated)
	case bytes.HasPrefix([]byte(magic), start):
		return fmt.Errorf("%w: it has %d bytes", ErrTruncated, len(start))
	case start[0] == 0x80:
		return fmt.Errorf("%w: it is %w. Load it in Python, and save its arrays with np.savez", ErrNotNPY, ErrPickle)
	case bytes.HasPrefix(start, []byte("\x1f\x8b")):
		return fmt.Errorf("%w: it is compressed by gzip. Decompress it with gunzip", ErrNotNPY)
	}
	return fmt.Errorf("%w: it begins with %q, which is neither an array (.npy) nor a zip of them (.npz)", ErrNotNPY, start)
}

// single makes the file one of one array.
func (f *File) single(r io.ReaderAt, size uint64) {
	name := strings.TrimSuffix(filepath.Base(f.name), ".npy")
	f.names = []string{name}
	f.entries = map[string]*entry{name: {size: size, stored: size, section: io.NewSectionReader(r, 0, int64(size))}}
}

// Close closes the file. Values read from it stay valid.
func (f *File) Close() error {
	if f.closer == nil {
		return nil
	}
	return f.closer.Close()
}

// Names returns the names of the arrays, in the order of the file. A zip's members
// are called without their ".npy"; members that are no arrays are among them, and
// Array says so.
func (f *File) Names() []string { return slices.Clone(f.names) }

// Array reads the header of an array.
func (f *File) Array(name string) (*Array, error) {
	e, ok := f.entries[name]
	if !ok {
		return nil, f.at(name, fmt.Errorf("no such array: %w. There are: %s", ErrNotFound, f.some()))
	}
	h, err := e.header()
	if err != nil {
		return nil, f.at(name, err)
	}
	return &Array{
		f: f, name: name, entry: e, typ: h.typ, begin: h.size, element: h.typ.Size,
		dims: h.shape, fortran: h.fortran && len(h.shape) > 1,
	}, nil
}

// some lists the names, or the first of them.
func (f *File) some() string {
	if len(f.names) > 20 {
		return fmt.Sprintf("%s and %d others", strings.Join(f.names[:20], ", "), len(f.names)-20)
	}
	return strings.Join(f.names, ", ")
}

// at says where an error happened: the file and the array.
func (f *File) at(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("npy: %s: %s: %w", f.name, name, err)
}
