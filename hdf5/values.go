package hdf5

import (
	"bytes"
	"fmt"
	"strings"
)

// values are elements as they lie in the file, and how to understand them.
type values struct {
	f    *File
	path string
	typ  *Type
	raw  []byte
}

// Type returns the type of the values.
func (v *values) Type() *Type { return v.typ }

func (v *values) len() int { return len(v.raw) / v.typ.Size }

// Raw returns the values as they lie in the file.
func (v *values) Raw() ([]byte, error) { return bytes.Clone(v.raw), nil }

// Float64s returns the values as float64, converted from any numeric type.
// uint64 and int64 beyond 2^53 are rounded.
func (v *values) Float64s() ([]float64, error) { return numbers[float64](v) }

// Float32s returns the values as float32, converted from any numeric type,
// rounded to the nearest.
func (v *values) Float32s() ([]float32, error) { return numbers[float32](v) }

// Int64s returns the values as int64. Floating-point values must be whole; a
// value that int64 cannot hold gives ErrRange.
func (v *values) Int64s() ([]int64, error) {
	dst := make([]int64, v.len())
	return dst, v.f.at(v.path, convertInt64(dst, v.raw, v.typ))
}

// Bools returns booleans or integers as true where they are not zero.
func (v *values) Bools() ([]bool, error) {
	if v.typ.Class == Float {
		return nil, v.wrong("booleans")
	}
	n, err := v.Int64s()
	b := make([]bool, len(n))
	for i := range n {
		b[i] = n[i] != 0
	}
	return b, err
}

// Strings returns strings of fixed or variable length, without their padding.
func (v *values) Strings() ([]string, error) {
	switch {
	case v.typ.Class == String:
		return v.fixedStrings(), nil
	case v.typ.IsText():
		return v.variableStrings()
	}
	return nil, v.wrong("strings")
}

func (v *values) wrong(want string) error {
	return v.f.at(v.path, fmt.Errorf("%w: %v cannot be read as %s", ErrType, v.typ, want))
}

func numbers[T float32 | float64](v *values) ([]T, error) {
	dst := make([]T, v.len())
	return dst, v.f.at(v.path, convert(dst, v.raw, v.typ))
}

func (v *values) fixedStrings() []string {
	out := make([]string, v.len())
	for i := range out {
		b := v.raw[i*v.typ.Size : (i+1)*v.typ.Size]
		if n := bytes.IndexByte(b, 0); n >= 0 {
			b = b[:n]
		}
		out[i] = string(b)
		if v.typ.padding == 2 {
			out[i] = strings.TrimRight(out[i], " ")
		}
	}
	return out
}

func (v *values) variableStrings() ([]string, error) {
	out := make([]string, v.len())
	d := v.f.decoder(v.raw)
	if want := 8 + v.f.offsetSize; v.typ.Size != want {
		return nil, v.f.at(v.path, corrupt("string references of %d bytes, should be %d", v.typ.Size, want))
	}
	for i := range out {
		size, address, index := d.uint(4), d.address(), d.uint(4)
		if address == 0 { // empty
			continue
		}
		s, err := v.f.heapObject(address, index)
		if err != nil {
			return nil, v.f.at(v.path, err)
		}
		if uint64(len(s)) != size {
			return nil, v.f.at(v.path, corrupt("a string of %d bytes, should have %d", len(s), size))
		}
		out[i] = strings.TrimRight(s, "\x00")
	}
	return out, nil
}
