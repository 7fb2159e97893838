package tree

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/autolfads/autolfads/hdf5"
)

// File is an open file.
type File struct {
	format string
	root   Group
	closer io.Closer
}

// Format names the file's format.
func (f *File) Format() string { return f.format }

// Root returns what the file holds by name.
func (f *File) Root() Group { return f.root }

// Close closes the file. Values read from it stay valid.
func (f *File) Close() error { return f.closer.Close() }

// format is one that Open knows.
type format struct {
	is   func(head []byte) bool // by how the file begins
	open func(path string) (*File, error)
}

// headSize is how much of a file tells its format: MATLAB 5 says what it is at the
// end of 128 bytes.
const headSize = 128

// formats are those told apart by how files begin. HDF5 is none of them, for it may
// begin anywhere: it is what any other file is taken for.
var formats = []format{{isNPY, openNPY}, {isMAT, openMAT}}

// Open opens a file of any format of this package. One of none of them is an error
// that says what it looks like.
func Open(path string) (*File, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return nil, fmt.Errorf("tree: %s is a pipe or a device, which cannot be read: store what it gives in a file", path)
	}
	head := headOf(path)
	for _, f := range formats {
		if f.is(head) {
			return f.open(path)
		}
	}
	f, err := openHDF5(path)
	if errors.Is(err, hdf5.ErrNotHDF5) {
		if f, ok := openLevel4(path); ok {
			return f, nil
		}
		return nil, fmt.Errorf("%w%s", err, looksLike(head))
	}
	return f, err
}

// headOf reads how a file begins; nothing of what cannot be read: opening it says
// why.
func headOf(path string) []byte {
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	head := make([]byte, headSize)
	n, _ := io.ReadFull(file, head)
	return head[:n]
}

// looksLike names what people give instead of an array file, and what to do; "" if
// nothing is known.
func looksLike(head []byte) string {
	for _, l := range []struct{ begins, is string }{
		{"\x1f\x8b", "it is compressed as a whole: unpack it with gunzip"},
		{"\x80\x04", "it is a Python pickle, which can run programs: store its arrays with numpy.savez"},
		{"\x80\x05", "it is a Python pickle, which can run programs: store its arrays with numpy.savez"},
		{"\x80\x02", "it is a Python pickle, which can run programs: store its arrays with numpy.savez"},
		{"version https://git-lfs", "it stands for a file that was not downloaded: git lfs pull"},
		{"CDF\x01", "it is netCDF 3: convert it with nccopy -k nc4"},
		{"CDF\x02", "it is netCDF 3: convert it with nccopy -k nc4"},
	} {
		if bytes.HasPrefix(head, []byte(l.begins)) {
			return "; " + l.is
		}
	}
	return ""
}
