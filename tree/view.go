package tree

import (
	"fmt"
	"iter"
	"slices"
)

// view is a part of an array whose format reads it as a whole: count elements along
// each axis from start on.
type view struct {
	Array
	start, count []int
}

// viewOf returns a view of count elements along each axis from start on.
func viewOf(a Array, start, count []int) (Array, error) {
	shape := a.Shape()
	if len(start) != len(shape) || len(count) != len(shape) {
		return nil, outside(a, start, count)
	}
	for i := range shape {
		if start[i] < 0 || count[i] < 0 || start[i] > shape[i] || count[i] > shape[i]-start[i] {
			return nil, outside(a, start, count)
		}
	}
	return &view{a, slices.Clone(start), slices.Clone(count)}, nil
}

func outside(a Array, start, count []int) error {
	return fmt.Errorf("%s of shape %v has no part of %v from %v on", a.Path(), a.Shape(), count, start)
}

func (v *view) Shape() []int { return slices.Clone(v.count) }

func (v *view) Float32s() ([]float32, error) { return cut(v, v.Array.Float32s) }
func (v *view) Float64s() ([]float64, error) { return cut(v, v.Array.Float64s) }
func (v *view) Int64s() ([]int64, error)     { return cut(v, v.Array.Int64s) }
func (v *view) Bools() ([]bool, error)       { return cut(v, v.Array.Bools) }
func (v *view) Strings() ([]string, error)   { return cut(v, v.Array.Strings) }

func (v *view) Float32Rows() iter.Seq2[[]float32, error] { return oneBlock(v) }
func (v *view) Slab(start, count []int) (Array, error)   { return viewOf(v, start, count) }

func (v *view) Field(name string) (Node, error) {
	return nil, fmt.Errorf("%s is %s and has no field %s", v.Path(), Kind(v), name)
}

// oneBlock yields all values of an array at once.
func oneBlock(a Array) iter.Seq2[[]float32, error] {
	return func(yield func([]float32, error) bool) {
		if values, err := a.Float32s(); err != nil || len(values) > 0 {
			yield(values, err)
		}
	}
}

// cut reads all of an array and returns the part that a view is of.
func cut[T any](v *view, read func() ([]T, error)) ([]T, error) {
	all, err := read()
	if err != nil {
		return nil, err
	}
	return appendPart(make([]T, 0, length(v.count)), all, v.Array.Shape(), v.start, v.count), nil
}

// appendPart appends a part of what has a shape, in row-major order.
func appendPart[T any](dst, all []T, shape, start, count []int) []T {
	if len(shape) == 0 {
		return append(dst, all...)
	}
	row := length(shape[1:])
	for i := range count[0] {
		at := (start[0] + i) * row
		dst = appendPart(dst, all[at:at+row], shape[1:], start[1:], count[1:])
	}
	return dst
}

// length is how many elements there are of a shape.
func length(shape []int) int {
	n := 1
	for _, k := range shape {
		n *= k
	}
	return n
}
