package hdf5

import (
	"fmt"
	"io"
	"os"
)

// File is an open HDF5 file. Its methods, and those of the groups and data
// sets in it, may be called from several goroutines at once.
type File struct {
	name   string
	r      io.ReaderAt
	closer io.Closer
	size   uint64
	superblock
	root *Group

	folder *folder // of the file that was opened; nil: the file has no name
	place  string  // where this one is in it

	shared sharedTable
	heaps  globalHeaps
}

// Open opens a file for reading.
func Open(name string) (*File, error) {
	h, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("hdf5: %w", err)
	}
	f, err := openHandle(h)
	if err != nil {
		h.Close()
		return nil, err
	}
	f.closer = h
	if f.folder, err = folderOf(f); err != nil {
		h.Close()
		return nil, fmt.Errorf("hdf5: %s: %w", name, err)
	}
	return f, nil
}

func openHandle(h *os.File) (*File, error) {
	info, err := h.Stat()
	if err != nil {
		return nil, fmt.Errorf("hdf5: %w", err)
	}
	if info.IsDir() {
		return nil, fmt.Errorf("hdf5: %s: is a folder: %w", h.Name(), ErrNotHDF5)
	}
	return newFile(h.Name(), h, info.Size())
}

// NewReader reads an HDF5 file of size bytes from r.
func NewReader(r io.ReaderAt, size int64) (*File, error) {
	return newFile("input", r, size)
}

func newFile(name string, r io.ReaderAt, size int64) (*File, error) {
	f := &File{name: name, r: r, size: uint64(max(size, 0))}
	if err := f.readSuperblock(); err != nil {
		return nil, fmt.Errorf("hdf5: %s: %w", name, err)
	}
	root, err := f.open(f.rootAddress, "/")
	if err != nil {
		return nil, err
	}
	f.root, err = root.group()
	return f, err
}

// Close closes the file, and those that it refers to. Values read from it stay
// valid.
func (f *File) Close() error {
	if f.closer == nil {
		return nil
	}
	return f.folder.Close()
}

// Root returns the root group.
func (f *File) Root() *Group { return f.root }

// readAt reads n bytes at an address of the file. It allocates only what the
// file holds.
func (f *File) readAt(address, n uint64) ([]byte, error) {
	if err := f.inside(address, n); err != nil {
		return nil, err
	}
	b := make([]byte, n)
	return b, f.readInto(b, address)
}

// readInto fills b from an address.
func (f *File) readInto(b []byte, address uint64) error {
	if err := f.inside(address, uint64(len(b))); err != nil {
		return err
	}
	if n, err := f.r.ReadAt(b, int64(f.base+address)); n < len(b) {
		return fmt.Errorf("reading %d bytes at %d: %w", len(b), f.base+address, err)
	}
	return nil
}

// inside reports whether the file holds n bytes at an address.
func (f *File) inside(address, n uint64) error {
	limit := f.size - f.base
	if address == undefined {
		return corrupt("an address is undefined")
	}
	if address > limit || n > limit-address {
		return fmt.Errorf("%w: %d bytes at %d lie beyond its end at %d", ErrTruncated, n, address, limit)
	}
	return nil
}

// scan reads the parts of one structure: an object header with its
// continuations, a tree, a heap. The parts of an honest structure do not
// overlap, so a scan that has read several times the file's size goes in
// circles and is stopped: no damaged file can make it run or allocate without
// end.
type scan struct {
	f    *File
	left uint64
}

func (f *File) newScan() *scan { return &scan{f, 4*f.size + 1<<20} }

func (s *scan) read(address, n uint64) ([]byte, error) {
	if n > s.left {
		return nil, corrupt("a structure at %d refers to itself", address)
	}
	s.left -= n
	return s.f.readAt(address, n)
}

// upTo reads n bytes, or fewer where the file ends.
func (s *scan) upTo(address, n uint64) ([]byte, error) {
	if err := s.f.inside(address, 0); err != nil {
		return nil, err
	}
	return s.read(address, min(n, s.f.size-s.f.base-address))
}

// block reads n bytes that must begin with a signature.
func (s *scan) block(address, n uint64, signature string) (*decoder, error) {
	b, err := s.read(address, n)
	if err != nil {
		return nil, err
	}
	d := s.f.decoder(b)
	if got := d.bytes(uint64(len(signature))); string(got) != signature {
		return nil, corrupt("at %d: %q where %s should be", address, got, signature)
	}
	return d, d.err
}
