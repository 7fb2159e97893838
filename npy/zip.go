package npy

import (
	"archive/zip"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/klauspost/compress/flate"
)

// readZip lists the members of a zip.
func (f *File) readZip(r io.ReaderAt, size int64) error {
	z, err := zip.NewReader(guarded{r}, size)
	if err != nil {
		return fmt.Errorf("%w: it begins as a zip but has no list of members at its end (%v). Copy it again", ErrTruncated, err)
	}
	z.RegisterDecompressor(zip.Deflate, flate.NewReader)
	f.entries = make(map[string]*entry, len(z.File))
	for _, m := range z.File {
		if strings.HasSuffix(m.Name, "/") {
			continue
		}
		name := strings.TrimSuffix(m.Name, ".npy")
		if !fs.ValidPath(name) || strings.ContainsAny(name, "\\\x00") {
			return corrupt("a member of the zip is called %q, which leads out of it", m.Name)
		}
		if f.entries[name] != nil {
			return corrupt("two members of the zip are called %q", name)
		}
		f.names = append(f.names, name)
		f.entries[name] = newMember(r, size, m)
	}
	return nil
}

// guarded names what is wrong with a zip that refers to places before its
// beginning.
type guarded struct{ io.ReaderAt }

func (g guarded) ReadAt(b []byte, at int64) (int, error) {
	if at < 0 {
		return 0, corrupt("the zip refers to a place before its beginning")
	}
	return g.ReaderAt.ReadAt(b, at)
}

// methods are compressions of zips that are not read.
var methods = map[uint16]string{9: "deflate64", 12: "bzip2", 14: "LZMA", 93: "zstd", 95: "xz"}

// newMember says where a member lies in a zip of size bytes, or why it cannot be
// read.
func newMember(r io.ReaderAt, size int64, m *zip.File) *entry {
	e := &entry{size: m.UncompressedSize64, stored: m.CompressedSize64, open: m.Open}
	switch {
	case m.Flags&1 != 0:
		e.refused = unsupported("it is encrypted. Unpack the zip with its password, and save the arrays with np.savez")
	case m.Method != zip.Store && m.Method != zip.Deflate:
		e.refused = unsupported("its compression is %q (method %d of zip). Load it in Python, and save it with np.savez_compressed", methods[m.Method], m.Method)
	case e.stored > uint64(size):
		e.refused = fmt.Errorf("%w: %d bytes, of which %d should belong to it", ErrTruncated, size, e.stored)
	case m.Method == zip.Store:
		e.locate(r, size, m)
	case e.size > maxExpansion*e.stored+64:
		e.refused = corrupt("%d bytes are said to become %d, which deflate cannot", e.stored, e.size)
	}
	return e
}

// locate finds the bytes of a member that is not compressed.
func (e *entry) locate(r io.ReaderAt, size int64, m *zip.File) {
	if e.size != e.stored {
		e.refused = corrupt("%d bytes without compression are said to be %d", e.stored, e.size)
		return
	}
	at, err := m.DataOffset()
	if err == nil && at > size-int64(e.size) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		e.refused = damage(err)
		return
	}
	e.section = io.NewSectionReader(r, at, int64(e.size))
}
