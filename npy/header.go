package npy

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"unicode/utf8"
)

const (
	magic = "\x93NUMPY"
	// maxHeader is how many bytes a header may have. NumPy itself reads 10,000
	// unless told otherwise; a structured type of a thousand fields needs more.
	maxHeader = 256 << 10
)

// header is what stands before the values.
type header struct {
	typ     *Type
	fortran bool
	shape   []int
	size    uint64 // bytes of the header, with the magic
}

// readHeader reads the header of an array.
func readHeader(r io.Reader) (*header, error) {
	var start [12]byte
	if err := fill(r, start[:8]); err != nil {
		return nil, err
	}
	if string(start[:6]) != magic {
		return nil, fmt.Errorf("%w: it does not begin with \\x93NUMPY", ErrNotNPY)
	}
	version, wide := start[6], 2
	switch {
	case version < 1 || version > 3 || start[7] != 0:
		return nil, unsupported("version %d.%d of the format; 1.0, 2.0 and 3.0 are read", version, start[7])
	case version > 1:
		wide = 4
	}
	if err := fill(r, start[8:8+wide]); err != nil {
		return nil, err
	}
	n := binary.LittleEndian.Uint32(start[8:])
	if n > maxHeader {
		return nil, unsupported("a header of %d bytes; at most %d are read", n, maxHeader)
	}
	text := make([]byte, n)
	if err := fill(r, text); err != nil {
		return nil, err
	}
	h := &header{size: uint64(8+wide) + uint64(n)}
	return h, h.parse(text, version)
}

// parse understands the literal. It is UTF-8 in version 3, Latin-1 before.
func (h *header) parse(text []byte, version byte) error {
	if version == 3 && !utf8.Valid(text) {
		return corrupt("its header is not UTF-8")
	}
	s := string(text)
	if version < 3 {
		runes := make([]rune, len(text))
		for i, b := range text {
			runes[i] = rune(b)
		}
		s = string(runes)
	}
	v, err := parseLiteral(s)
	if err != nil {
		return err
	}
	d, ok := v.(dict)
	if !ok || len(d) != 3 {
		return corrupt("its header is not a dict of descr, fortran_order and shape")
	}
	if h.fortran, ok = d["fortran_order"].(bool); !ok {
		return corrupt("its header has no fortran_order")
	}
	shape, ok := d["shape"].(tuple)
	if !ok {
		return corrupt("its header has no shape")
	}
	if h.shape, err = ints(shape); err != nil {
		return err
	}
	descr, ok := d["descr"]
	if !ok {
		return corrupt("its header has no descr")
	}
	h.typ, err = parseType(descr)
	return err
}

// ints returns the dimensions of a shape.
func ints(shape tuple) ([]int, error) {
	dims := make([]int, len(shape))
	for i, v := range shape {
		n, ok := v.(int)
		if !ok {
			return nil, corrupt("its shape is %v", []any(shape))
		}
		dims[i] = n
	}
	return dims, nil
}

// bytes is how many bytes the values have.
func (h *header) bytes() (uint64, error) {
	n, ok := product(h.shape)
	if !ok || n > 0 && uint64(h.typ.Size) > math.MaxInt64/n {
		return 0, corrupt("shape %v of %v", h.shape, h.typ)
	}
	if n > 0 && h.typ.Size == 0 {
		return 0, corrupt("%d elements of %v, which has no bytes", n, h.typ)
	}
	return n * uint64(h.typ.Size), nil
}

// product multiplies dimensions, none of them negative, and says whether the
// product is less than 2^63.
func product(dims []int) (uint64, bool) {
	n, ok := uint64(1), true
	for _, d := range dims {
		if d == 0 {
			return 0, true
		}
		if n > math.MaxInt64/uint64(d) {
			n, ok = 1, false
		}
		n *= uint64(d)
	}
	return n, ok
}
