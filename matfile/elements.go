package matfile

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// maxDepth is how many cells and structs may lie in each other.
const maxDepth = 100

// At returns an element, counted from 0 in row-major order of Shape: what a cell holds,
// or one struct of an array of them.
func (a *Array) At(i int) (*Array, error) {
	switch {
	case a.elements == nil:
		return nil, a.wrong("a cell or struct")
	case i < 0 || i >= a.Len():
		return nil, a.errorf(fmt.Errorf("%w: no element %d of %v, counted from 0", ErrNotFound, i, a))
	}
	if !a.reversed {
		i = columnMajor(i, a.dims)
	}
	if a.class == Struct {
		v := *a
		if a.Len() > 1 {
			v.first, v.dims, v.path = i, []int{1, 1}, a.path+"("+a.subscript(i)+")"
		}
		return &v, nil
	}
	return a.open(i, 0, a.path+"{"+a.subscript(i)+"}")
}

// All yields the elements as At returns them. An error comes last.
func (a *Array) All() iter.Seq2[*Array, error] {
	return func(yield func(*Array, error) bool) {
		if a.elements == nil {
			yield(nil, a.wrong("a cell or struct"))
			return
		}
		for i := range a.Len() {
			e, err := a.At(i)
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// Fields returns the names of a struct's fields, in MATLAB's order where the file
// says it; none if it is no struct.
func (a *Array) Fields() []string {
	if a.elements == nil {
		return nil
	}
	return slices.Clone(a.elements.fields())
}

// Has reports whether a struct has a field.
func (a *Array) Has(field string) bool {
	return a.elements != nil && slices.Contains(a.elements.fields(), field)
}

// Field returns a field of a struct, which must be one: of an array of structs, At and
// All return each.
func (a *Array) Field(name string) (*Array, error) {
	switch {
	case a.class != Struct || a.elements == nil:
		return nil, a.wrong("a struct")
	case a.Len() != 1:
		return nil, a.errorf(fmt.Errorf("%w: %v is not one struct; take one of them (At) first", ErrType, a))
	}
	k := slices.Index(a.elements.fields(), name)
	if k < 0 {
		return nil, a.errorf(fmt.Errorf("%w: no field %q; it has %s", ErrNotFound, name, list(a.elements.fields())))
	}
	return a.open(a.first, k, a.path+"."+name)
}

func (a *Array) open(i, field int, path string) (*Array, error) {
	if a.depth >= maxDepth {
		return nil, a.errorf(unsupported("more than %d cells and structs in each other", maxDepth))
	}
	e, err := a.elements.element(i, field)
	if err != nil {
		v := *a
		v.path = path
		return nil, v.errorf(err)
	}
	return e.inside(a, path), nil
}

// subscript is how MATLAB names the i-th element in column-major order: (3), or (2,1)
// of what is no vector.
func (a *Array) subscript(i int) string {
	if len(a.dims) == 2 && (a.dims[0] == 1 || a.dims[1] == 1) {
		return strconv.Itoa(i + 1)
	}
	var s []string
	for _, d := range a.dims {
		s = append(s, strconv.Itoa(i%d+1))
		i /= d
	}
	return strings.Join(s, ",")
}
