package hdf5

import (
	"bytes"
	"fmt"
	"strings"
)

// values are elements as they lie in the file, and how to understand them.
type values struct {
	f     *File
	path  string
	typ   *Type
	raw   []byte
	first uint64 // the place of the first among all that are read, for errors
}

func (v *values) len() int { return len(v.raw) / v.typ.Size }

func (v *values) wrong(want string) error {
	return fmt.Errorf("%w: %v cannot be read as %s", ErrType, v.typ, want)
}

func (v *values) float32s(dst []float32) error { return convert(dst, v.raw, v.typ) }

func (v *values) float64s(dst []float64) error { return convert(dst, v.raw, v.typ) }

func (v *values) int64s(dst []int64) error { return convertInt64(dst, v) }

func (v *values) bools(dst []bool) error {
	if v.typ.Class == Float {
		return v.wrong("booleans")
	}
	n := make([]int64, len(dst))
	err := v.int64s(n)
	for i := range dst {
		dst[i] = n[i] != 0
	}
	return err
}

func (v *values) strings(dst []string) error {
	switch {
	case v.typ.Class == String:
		v.fixedStrings(dst)
		return nil
	case v.typ.IsText():
		return v.variableStrings(dst)
	}
	return v.wrong("strings")
}

func (v *values) fixedStrings(dst []string) {
	for i := range dst {
		b := v.raw[i*v.typ.Size : (i+1)*v.typ.Size]
		if n := bytes.IndexByte(b, 0); n >= 0 {
			b = b[:n]
		}
		dst[i] = string(b)
		if v.typ.padding == 2 {
			dst[i] = strings.TrimRight(dst[i], " ")
		}
	}
}
