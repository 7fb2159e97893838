package matfile

import (
	"bytes"
	"encoding/binary"
	"math"
)

// head4 is what stands before a variable of level 4: five whole numbers of 32 bits and
// a name.
type head4 struct {
	storage
	rows, columns int
	form          int // 0 numbers, 1 text, 2 sparse
	imag          bool
	name          int64 // bytes of it
}

const (
	head4Size = 20
	text4     = 1
	sparse4   = 2
)

// storages4 are the types of numbers that level 4 has.
var storages4 = []storage{
	{floating, 8, false}, {floating, 4, false}, {signed, 4, false}, {signed, 2, false}, {unsigned, 2, false}, {unsigned, 1, false},
}

// level4 reads the head of a variable. Level 4 has no signature: a file is of this
// level if what it begins with makes sense as a head.
func (f *File) level4(b []byte) (h head4, err error) {
	if len(b) < head4Size {
		return h, corrupt("%d bytes where the %d before a variable should be", len(b), head4Size)
	}
	var o binary.ByteOrder = binary.LittleEndian
	if o.Uint32(b) >= 10000 {
		o = binary.BigEndian
	}
	kind, rows, columns, imag, name := o.Uint32(b), o.Uint32(b[4:]), o.Uint32(b[8:]), o.Uint32(b[12:]), o.Uint32(b[16:])
	machine, zero, precision, form := kind/1000, kind/100%10, kind/10%10, kind%10
	switch {
	case machine > 4 || zero != 0 || precision > 5 || form > 2 || imag > 1 || name < 2 || name > 1<<10:
		return h, corrupt("a variable cannot begin with % x", b[:head4Size])
	case rows > math.MaxInt32 || columns > math.MaxInt32:
		return h, corrupt("a variable of %d x %d", rows, columns)
	case machine > 1:
		return h, unsupported("numbers of a VAX or Cray. Save them again on another machine")
	}
	h = head4{storages4[precision], int(rows), int(columns), int(form), imag == 1, int64(name)}
	h.big = machine == 1
	return h, nil
}

// open4 lists the variables of a level 4 file.
func (f *File) open4() error {
	f.level = Level4
	for at := int64(0); at < f.size; {
		end, err := f.variable4(at)
		if err != nil {
			f.damage = append(f.damage, err)
			break
		}
		at = end
	}
	if len(f.names) == 0 {
		return ErrNotMAT
	}
	return nil
}

// variable4 notes the variable at a place, and says where the next one is.
func (f *File) variable4(at int64) (end int64, err error) {
	s := &section{src: f.r, size: f.size}
	b, err := s.read(at, min(head4Size, f.size-at), f.size)
	if err != nil {
		return 0, err
	}
	h, err := f.level4(b)
	if err != nil {
		return 0, s.corrupt(at, "%v", err)
	}
	if b, err = s.read(at+head4Size, h.name, f.size); err != nil {
		return 0, err
	}
	name, _, _ := bytes.Cut(b, []byte{0})
	if len(name) == 0 {
		return 0, s.corrupt(at, "a variable without a name")
	}
	a := &Array{f: f, marked: true, path: string(name), class: Double, dims: []int{h.rows, h.columns}}
	n := product(a.dims)
	data := element{at: at + head4Size + h.name, size: int64(n * h.size)}
	end = data.at + data.size
	if h.imag {
		end += data.size
	}
	if n < 0 || data.size > f.size || end > f.size {
		err = f.errorf(truncated(f.size))
	}
	s.big = h.big
	h.content(a, s, data)
	f.add(string(name), variable{a, err})
	return end, nil
}

// content describes what a variable holds whose data are in an element.
func (h head4) content(a *Array, s *section, data element) {
	re := stored{s, data, h.storage}
	data.at += data.size
	im := stored{s, data, h.storage}
	switch {
	case h.form == sparse4:
		a.sparse4(re, h)
	case h.form == text4:
		a.class = Char
		a.text = func() ([]uint16, error) { return codes(re, a.Len()) }
	default:
		if a.re = re; h.imag {
			a.im = im
		}
	}
}

// codes reads n characters that are stored as numbers.
func codes(from numbers, n int) ([]uint16, error) {
	u := make([]uint16, n)
	err := from.visit(0, n, func(at int, p piece) error {
		code := make([]float64, p.len())
		convert(code, p)
		for i, v := range code {
			if v != math.Trunc(v) || v < 0 || v > math.MaxUint16 {
				return corrupt("character %d has the code %g", at+i, v)
			}
			u[at+i] = uint16(v)
		}
		return nil
	})
	return u, err
}
