package matfile

import (
	"strings"
	"unicode/utf16"
)

// text reads the description of n characters, and returns what reads them: MATLAB's
// units of 16 bits, in column-major order.
func (c *cursor) text(n int) func() ([]uint16, error) {
	e := c.next()
	const blanks = 1 << 16
	switch {
	case c.err != nil:
	case e.size == 0 && n <= blanks: // some writers leave blanks out
		return func() ([]uint16, error) { return utf16.Encode([]rune(strings.Repeat(" ", n))), nil }
	case e.size > 4*int64(n) || e.size < int64(n):
		c.fail("%d bytes of text, should be %d characters", e.size, n)
	}
	s := c.s
	return func() ([]uint16, error) { return s.units(e, n) }
}

// units reads the characters of an element, n of them.
func (s *section) units(e element, n int) ([]uint16, error) {
	b, err := s.read(e.at, e.size, e.at+e.size)
	if err != nil {
		return nil, err
	}
	var u []uint16
	switch e.kind {
	case miINT8, miUINT8: // MATLAB takes bytes for the first 256 characters
		u = make([]uint16, len(b))
		for i := range b {
			u[i] = uint16(b[i])
		}
	case miUINT16, miUTF16:
		u = make([]uint16, len(b)/2)
		for i := range u {
			u[i] = storage{big: s.big}.order().Uint16(b[2*i:])
		}
	case miUTF8:
		u = utf16.Encode([]rune(string(b)))
	case miUTF32:
		u = utf16.Encode(s.runes(b))
	default:
		return nil, s.corrupt(e.at, "an element of type %d where text should be", e.kind)
	}
	if len(u) != n {
		return nil, s.corrupt(e.at, "text of %d characters, should have %d", len(u), n)
	}
	return u, nil
}

func (s *section) runes(b []byte) []rune {
	r := make([]rune, len(b)/4)
	for i := range r {
		r[i] = rune(storage{big: s.big}.order().Uint32(b[4*i:]))
	}
	return r
}
