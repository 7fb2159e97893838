package matfile

import (
	"fmt"
	"io"
)

// section is a stretch of a level 5 file, or of an unpacked variable, in which data
// elements follow each other: a tag with type and size, the data, padding.
type section struct {
	src    io.ReaderAt
	size   int64 // how much can be read of src
	big    bool  // byte order
	packed bool
}

// Types of data elements.
const (
	miINT8       = 1
	miUINT8      = 2
	miINT16      = 3
	miUINT16     = 4
	miINT32      = 5
	miUINT32     = 6
	miSINGLE     = 7
	miDOUBLE     = 9
	miINT64      = 12
	miUINT64     = 13
	miMATRIX     = 14
	miCOMPRESSED = 15
	miUTF8       = 16
	miUTF16      = 17
	miUTF32      = 18
)

// storages of the types that numbers have.
var storages = map[uint32]storage{
	miINT8: {signed, 1, false}, miUINT8: {unsigned, 1, false}, miINT16: {signed, 2, false}, miUINT16: {unsigned, 2, false},
	miINT32: {signed, 4, false}, miUINT32: {unsigned, 4, false}, miSINGLE: {floating, 4, false}, miDOUBLE: {floating, 8, false},
	miINT64: {signed, 8, false}, miUINT64: {unsigned, 8, false},
}

// element is a data element: its type, and where its data are.
type element struct {
	kind     uint32
	at, size int64
	next     int64 // where the next element begins
}

// element reads the tag at a place, of an element that must end by another.
func (s *section) element(at, end int64) (element, error) {
	b, err := s.read(at, 8, end)
	if err != nil {
		return element{}, err
	}
	o := storage{big: s.big}.order()
	kind, size := o.Uint32(b), int64(o.Uint32(b[4:]))
	e := element{kind, at + 8, size, at + 8 + (size+7)&^7}
	if small := int64(kind >> 16); small != 0 { // data of up to 4 bytes in the tag itself
		if small > 4 {
			return e, s.corrupt(at, "a small element of %d bytes, at most 4 are possible", small)
		}
		e = element{kind & 0xffff, at + 4, small, at + 8}
	}
	if e.at+e.size > end {
		return e, s.corrupt(at, "an element of %d bytes where %d are left", e.size, end-e.at)
	}
	e.next = min(e.next, end) // the last padding may be missing
	return e, nil
}

// read reads n bytes from a place on, which must end by another.
func (s *section) read(at, n, end int64) ([]byte, error) {
	if n < 0 || n > end-at {
		return nil, s.corrupt(at, "%d bytes are needed where %d are left", n, max(0, end-at))
	}
	if n > s.size-at {
		return nil, s.cut()
	}
	b := make([]byte, n)
	return b, s.fill(b, at)
}

// fill reads as many bytes as b has, from a place on.
func (s *section) fill(b []byte, at int64) error {
	if n, err := s.src.ReadAt(b, at); n < len(b) || s.packed && err != nil {
		if err == io.EOF {
			return truncated(at + int64(n))
		}
		return err
	}
	return nil
}

// cut says that the file ends before the section does.
func (s *section) cut() error {
	if p, ok := s.src.(*packed); ok {
		return truncated(p.f.size)
	}
	return truncated(s.size)
}

func truncated(end int64) error {
	return fmt.Errorf("%w: it ends at byte %d, before the variable does. Copy it again, or save it again in MATLAB", ErrTruncated, end)
}

func (s *section) corrupt(at int64, format string, args ...any) error {
	return corrupt("%s: %s", s.place(at), fmt.Sprintf(format, args...))
}

// place says where something is.
func (s *section) place(at int64) string {
	if s.packed {
		return fmt.Sprintf("byte %d of the unpacked variable", at)
	}
	return fmt.Sprintf("byte %d", at)
}

// ints reads the whole numbers of 32 bits of an element.
func (s *section) ints(e element) ([]int, error) {
	const most = 4 * 32
	if e.kind != miINT32 && e.kind != miUINT32 || e.size%4 != 0 || e.size > most {
		return nil, s.corrupt(e.at, "an element of type %d and %d bytes where at most 32 integers should be", e.kind, e.size)
	}
	b, err := s.read(e.at, e.size, e.at+e.size)
	if err != nil {
		return nil, err
	}
	v := make([]int, e.size/4)
	for i := range v {
		n := int32(storage{big: s.big}.order().Uint32(b[4*i:]))
		if n < 0 {
			return nil, s.corrupt(e.at, "a size of %d", n)
		}
		v[i] = int(n)
	}
	return v, nil
}

// name reads the characters of an element.
func (s *section) name(e element) (string, error) {
	const most = 1 << 16
	if e.kind != miINT8 && e.kind != miUTF8 || e.size > most {
		return "", s.corrupt(e.at, "an element of type %d and %d bytes where a name should be", e.kind, e.size)
	}
	b, err := s.read(e.at, e.size, e.at+e.size)
	return string(b), err
}

// stored is the numbers of an element.
type stored struct {
	s    *section
	e    element
	kind storage
}

func (n stored) visit(from, count int, put func(at int, p piece) error) error {
	size := n.kind.size
	buffer := make([]byte, min(pieceLen, count)*size)
	for at := 0; at < count; at += pieceLen {
		raw := buffer[:min(pieceLen, count-at)*size]
		if err := n.s.fill(raw, n.e.at+int64((from+at)*size)); err != nil {
			return err
		}
		if err := put(at, piece{raw: raw, as: n.kind}); err != nil {
			return err
		}
	}
	return nil
}
