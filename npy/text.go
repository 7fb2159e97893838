package npy

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// text reads strings of fixed length. Zeros at their end fill them up.
func text(dst []string, raw []byte, t *Type) error {
	for i := range dst {
		b := raw[i*t.Size : (i+1)*t.Size]
		if t.Kind == Bytes {
			dst[i] = strings.TrimRight(string(b), "\x00")
			continue
		}
		s, err := t.unicode(b)
		if err != nil {
			return err
		}
		dst[i] = s
	}
	return nil
}

// unicode reads code points of four bytes each.
func (t *Type) unicode(b []byte) (string, error) {
	var order binary.ByteOrder = binary.LittleEndian
	if t.BigEndian {
		order = binary.BigEndian
	}
	var s strings.Builder
	for ; len(b) > 0; b = b[4:] {
		r := order.Uint32(b)
		if r > utf8.MaxRune || !utf8.ValidRune(rune(r)) {
			return "", corrupt("a string has %#x, which is no character", r)
		}
		s.WriteRune(rune(r))
	}
	return strings.TrimRight(s.String(), "\x00"), nil
}
