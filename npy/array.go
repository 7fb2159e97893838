package npy

import (
	"fmt"
	"slices"
)

// Array is an array in a file, a slab of one, or a field of its elements. Values
// are read when asked for.
type Array struct {
	f     *File
	name  string
	entry *entry

	begin   uint64 // the byte that the values begin at
	element int    // bytes of an element in the file
	dims    []int  // shape in the file
	fortran bool   // the first dimension lies closest, not the last

	typ    *Type
	offset int   // bytes from an element's first to the field that is viewed
	inner  []int // shape of the field

	start, count []int // the slab; nil: everything
}

// Name returns the array's name, with those of the fields that lead to it.
func (a *Array) Name() string { return a.name }

// Type returns the type of the elements.
func (a *Array) Type() *Type { return a.typ }

// Shape returns the size of each dimension, slowest first; empty for a scalar.
func (a *Array) Shape() []int {
	_, count := a.slab()
	return append(slices.Clone(count), a.inner...)
}

// slab is what is read: where it starts and how many elements it has.
func (a *Array) slab() (start, count []int) {
	if a.start != nil {
		return a.start, a.count
	}
	return make([]int, len(a.dims)), a.dims
}

// Field returns a view of one field of a structured type, or of one part, "real"
// or "imag", of complex numbers. If the field is an array itself, its dimensions
// come last.
func (a *Array) Field(name string) (*Array, error) {
	field, err := a.typ.field(name)
	if err != nil {
		return nil, a.errorf(err)
	}
	if len(a.inner) > 0 {
		return nil, a.errorf(unsupported("a field of structures that are an array in a structure. Save it as an array of its own"))
	}
	v := *a
	v.name += "." + name
	v.typ = field.Type
	v.offset += field.Offset
	v.inner = field.Shape
	return &v, nil
}

// Slab returns a view of count elements along each dimension from start on. Only
// these are read when values are asked for. The dimensions of a field that is an
// array itself stay whole.
func (a *Array) Slab(start, count []int) (*Array, error) {
	shape := a.Shape()
	if len(start) != len(shape) || len(count) != len(shape) {
		return nil, a.errorf(fmt.Errorf("%w: slab %v + %v of shape %v", ErrRange, start, count, shape))
	}
	for i := range shape {
		if start[i] < 0 || count[i] < 0 || start[i] > shape[i] || count[i] > shape[i]-start[i] {
			return nil, a.errorf(fmt.Errorf("%w: slab %v + %v of shape %v", ErrRange, start, count, shape))
		}
		if i >= len(a.dims) && count[i] != shape[i] {
			return nil, a.errorf(unsupported("a part of a field that is an array"))
		}
	}
	v := *a
	v.start, v.count = slices.Clone(start[:len(a.dims)]), slices.Clone(count[:len(a.dims)])
	for i := range a.start {
		v.start[i] += a.start[i]
	}
	return &v, nil
}

func (a *Array) errorf(err error) error { return a.f.at(a.name, err) }
