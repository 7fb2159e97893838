package hdf5

import (
	"fmt"
	"strings"
	"testing"
)

// reads is what an attribute and a data set have in common.
type reads interface {
	Shape() []int
	Type() *Type
	Float32s() ([]float32, error)
	Float64s() ([]float64, error)
	Int64s() ([]int64, error)
	Strings() ([]string, error)
	Bools() ([]bool, error)
	References() ([]Reference, error)
	Regions() ([]Region, error)
	Sequences() (*Sequences, error)
}

// expectFields wants the fields of the rows that make_rich.py writes.
func expectFields(t *testing.T, what string, target Reference, shape, which []int, field func(path ...string) reads) {
	t.Helper()
	var i, x, y, f []float64
	var text, word []string
	var ref []Reference
	var on []bool
	for _, r := range which {
		i, f = append(i, float64(r)), append(f, float64(r)/4)
		for k := range 3 {
			x = append(x, float64(10*r+k))
			y = append(y, float64(100*r+k), float64(100*r+k+50))
		}
		text, word, on = append(text, fmt.Sprint("t", r)), append(word, strings.Repeat("w", r)), append(on, r%2 == 1)
		ref = append(ref, target)
		if r == 0 {
			ref[len(ref)-1] = Reference{}
		}
	}
	number := func(want []float64, dims []int, path ...string) {
		t.Helper()
		got := field(path...)
		same(t, what+" "+fmt.Sprint(path), must[[]float64](t)(got.Float64s()), want)
		same(t, what+" shape of "+fmt.Sprint(path), got.Shape(), append(append([]int{}, shape...), dims...))
	}
	number(i, nil, "i")
	number(f, nil, "f")
	number(x, []int{3}, "pair", "x")
	number(y, []int{3, 2}, "pair", "y")
	same(t, what+" text", must[[]string](t)(field("text").Strings()), text)
	same(t, what+" word", must[[]string](t)(field("word").Strings()), word)
	same(t, what+" on", must[[]bool](t)(field("on").Bools()), on)
	same(t, what+" ref", must[[]Reference](t)(field("ref").References()), ref)
	same(t, what+" type of y", field("pair", "y").Type().String(), "uint16")
}

func upTo(n int) []int {
	v := make([]int, n)
	for i := range v {
		v[i] = i
	}
	return v
}

func TestFields(t *testing.T) {
	onRich(t, func(t *testing.T, root *Group) {
		g := must[*Group](t)(root.Group("compounds"))
		of := func(d *Dataset) func(path ...string) reads {
			return func(path ...string) reads {
				v := d
				for _, name := range path {
					v = must[*Dataset](t)(v.Field(name))
				}
				return v
			}
		}
		expectFields(t, "whole", g.Reference(), []int{20}, upTo(20), of(dataset(t, g, "whole")))
		chunked := dataset(t, g, "chunked")
		expectFields(t, "chunked", g.Reference(), []int{4, 5}, upTo(20), of(chunked))
		slab := must[*Dataset](t)(chunked.Slab([]int{1, 2}, []int{2, 3}))
		expectFields(t, "slab", g.Reference(), []int{2, 3}, []int{7, 8, 9, 12, 13, 14}, of(slab))
		expectFields(t, "one", g.Reference(), []int{}, []int{5}, of(dataset(t, g, "one")))
		a := must[*Attribute](t)(g.Attr("rows"))
		expectFields(t, "attribute", g.Reference(), []int{3}, upTo(3), func(path ...string) reads {
			v := a
			for _, name := range path {
				v = must[*Attribute](t)(v.Field(name))
			}
			return v
		})
	})
}

// TestFieldErrors asks for fields that are not there.
func TestFieldErrors(t *testing.T) {
	onRich(t, func(t *testing.T, root *Group) {
		d := dataset(t, root, "compounds/whole")
		_, err := d.Field("j")
		expectError(t, "a field that is not there", err, ErrNotFound)
		if !strings.Contains(err.Error(), "it has i, pair, text") {
			t.Errorf("%v does not say what there is", err)
		}
		_, err = must[*Dataset](t)(d.Field("i")).Field("i")
		expectError(t, "a field of a number", err, ErrType)
		_, err = d.Float64s()
		expectError(t, "a compound as numbers", err, ErrType)
		a := must[*Attribute](t)(must[*Group](t)(root.Group("compounds")).Attr("complex"))
		_, err = a.Field("j")
		expectError(t, "a field of an attribute that is not there", err, ErrNotFound)
	})
}

// TestSlabOfFields reads parts of arrays inside elements.
func TestSlabOfFields(t *testing.T) {
	onRich(t, func(t *testing.T, root *Group) {
		d := dataset(t, root, "compounds/chunked")
		y := must[*Dataset](t)(must[*Dataset](t)(d.Field("pair")).Field("y"))
		whole := must[[]float64](t)(y.Float64s())
		at := func(i, j, k, l int) float64 { return whole[((i*5+j)*3+k)*2+l] }
		part := must[*Dataset](t)(y.Slab([]int{1, 1, 1, 1}, []int{2, 2, 2, 1}))
		same(t, "slab", must[[]float64](t)(part.Float64s()), []float64{
			at(1, 1, 1, 1), at(1, 1, 2, 1), at(1, 2, 1, 1), at(1, 2, 2, 1),
			at(2, 1, 1, 1), at(2, 1, 2, 1), at(2, 2, 1, 1), at(2, 2, 2, 1),
		})
		inner := must[*Dataset](t)(part.Slab([]int{1, 0, 1, 0}, []int{1, 2, 1, 1}))
		same(t, "slab of slab", must[[]float64](t)(inner.Float64s()), []float64{at(2, 1, 2, 1), at(2, 2, 2, 1)})
		expectRows(t, "rows", y)
		expectRows(t, "rows of a slab", part)
		none := must[*Dataset](t)(y.Slab([]int{0, 0, 0, 0}, []int{4, 5, 3, 0}))
		same(t, "none", must[[]float64](t)(none.Float64s()), []float64{})
		expectRows(t, "no rows", none)
	})
}

// TestArrays reads elements that are arrays, complex numbers, and what a fill
// value has.
func TestArrays(t *testing.T) {
	onRich(t, func(t *testing.T, root *Group) {
		g := must[*Group](t)(root.Group("compounds"))
		a := dataset(t, g, "array")
		same(t, "shape", a.Shape(), []int{2, 3, 2})
		same(t, "type", a.Type().String(), "int32")
		same(t, "array", must[[]int64](t)(a.Int64s()), []int64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
		same(t, "raw", len(must[[]byte](t)(a.Raw())), 48)
		imaginary := must[*Dataset](t)(dataset(t, g, "complex").Field("i"))
		same(t, "imaginary", must[[]float64](t)(imaginary.Float64s()), []float64{2, -4})
		same(t, "raw field", len(must[[]byte](t)(imaginary.Raw())), 16)
		filled := dataset(t, g, "filled")
		same(t, "filled", must[[]int64](t)(must[*Dataset](t)(filled.Field("i")).Int64s()), []int64{3, 3, 2, 3, 3, 3, 3})
		x := must[*Dataset](t)(must[*Dataset](t)(filled.Field("pair")).Field("x"))
		same(t, "filled arrays", must[[]float64](t)(x.Float64s())[3:12], []float64{30, 31, 32, 20, 21, 22, 30, 31, 32})
	})
}
