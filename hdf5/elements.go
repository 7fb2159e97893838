package hdf5

import "bytes"

// elements are values in memory, as they lie in the file.
type elements struct {
	f    *File
	path string // of what they belong to
	typ  *Type  // of an element
	dims []uint64
	raw  []byte
	part part // what is read of each element
}

// Shape returns the size of each dimension, slowest first; empty for a scalar.
// Elements that are arrays have theirs behind them.
func (e *elements) Shape() []int {
	return (&space{dims: append(append([]uint64{}, e.dims...), e.part.dims...)}).shape()
}

// Type returns the type of the values; of arrays, that of what is in them.
func (e *elements) Type() *Type { return e.part.typ }

// field is a view of one member of a compound type.
func (e *elements) field(name string) (elements, error) {
	v := *e
	var err error
	v.part, err = e.part.field(name)
	return v, e.f.at(e.path, err)
}

// Raw returns the values as they lie in the file.
func (e *elements) Raw() ([]byte, error) { return bytes.Clone(e.values().raw), nil }

// Float64s returns the values as float64, converted from any numeric type.
// uint64 and int64 beyond 2^53 are rounded.
func (e *elements) Float64s() ([]float64, error) { return valuesAs(e, (*values).float64s) }

// Float32s returns the values as float32, converted from any numeric type,
// rounded to the nearest.
func (e *elements) Float32s() ([]float32, error) { return valuesAs(e, (*values).float32s) }

// Int64s returns the values as int64. Floating-point values must be whole; a
// value that int64 cannot hold gives ErrRange.
func (e *elements) Int64s() ([]int64, error) { return valuesAs(e, (*values).int64s) }

// Bools returns booleans or integers as true where they are not zero.
func (e *elements) Bools() ([]bool, error) { return valuesAs(e, (*values).bools) }

// Strings returns strings of fixed or variable length, without their padding.
func (e *elements) Strings() ([]string, error) { return valuesAs(e, (*values).strings) }

// References returns references to groups and data sets. Of a reference to a part
// of a data set it is the data set, of one to an attribute its owner.
func (e *elements) References() ([]Reference, error) { return valuesAs(e, (*values).references) }

// Regions returns references to parts of data sets.
func (e *elements) Regions() ([]Region, error) { return valuesAs(e, (*values).regions) }

// values are what is read of the elements.
func (e *elements) values() *values {
	return &values{f: e.f, path: e.path, typ: e.part.typ, raw: e.part.packed(e.raw, e.typ.Size)}
}

func valuesAs[T any](e *elements, c converter[T]) ([]T, error) {
	v := e.values()
	dst := make([]T, v.len())
	if err := c(v, dst); err != nil {
		return nil, e.f.at(e.path, err)
	}
	return dst, nil
}
