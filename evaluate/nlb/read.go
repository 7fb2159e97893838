package nlb

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// reader reads what stands in a group, until there is an error.
type reader struct {
	group tree.Group
	err   error
}

// array reads [trials, bins, features], or [trials, features] as of one bin, or
// [trials]; nil if there is none.
func (r *reader) array(key string) *dataset.Array {
	if r.err != nil || !r.group.Has(key) {
		return nil
	}
	a, err := tree.ArrayAt(r.group, key)
	if err != nil {
		r.err = err
		return nil
	}
	shape, out := a.Shape(), &dataset.Array{Bins: 1, Features: 1}
	switch len(shape) {
	case 3:
		out.Trials, out.Bins, out.Features = shape[0], shape[1], shape[2]
	case 2:
		out.Trials, out.Features = shape[0], shape[1]
	case 1:
		out.Trials = shape[0]
	default:
		r.err = fmt.Errorf("%s has shape %v: must be trials x bins x features", a.Path(), shape)
		return nil
	}
	out.Data, r.err = a.Float32s()
	return out
}

// whole reads whole numbers; nil if there are none.
func (r *reader) whole(key string) []int {
	if r.err != nil || !r.group.Has(key) {
		return nil
	}
	a, err := tree.ArrayAt(r.group, key)
	if err != nil {
		r.err = err
		return nil
	}
	return r.ints(a)
}

func (r *reader) ints(a tree.Array) []int {
	values, err := a.Int64s()
	if err != nil {
		r.err = err
	}
	all := make([]int, len(values))
	for i, v := range values {
		all[i] = int(v)
	}
	return all
}

// lists reads lists of whole numbers, each of its own length, or the rows of a matrix
// where all are equally long; nil if there are none.
func (r *reader) lists(key string) [][]int {
	if r.err != nil || !r.group.Has(key) {
		return nil
	}
	n, err := r.group.Open(key)
	if err != nil {
		r.err = err
		return nil
	}
	switch n := n.(type) {
	case tree.Cells:
		return r.cells(n)
	case tree.Array:
		return r.matrix(n)
	}
	r.err = fmt.Errorf("%s is %s: must be lists of trials", n.Path(), tree.Kind(n))
	return nil
}

func (r *reader) cells(c tree.Cells) [][]int {
	all := make([][]int, c.Len())
	for i := range all {
		n, err := c.Cell(i)
		if err != nil {
			r.err = err
			return nil
		}
		if a, ok := n.(tree.Array); ok {
			all[i] = r.ints(a)
		}
	}
	return all
}

func (r *reader) matrix(a tree.Array) [][]int {
	shape := a.Shape()
	if len(shape) != 2 {
		r.err = fmt.Errorf("%s has shape %v: must be lists of trials, one for each condition", a.Path(), shape)
		return nil
	}
	values, all := r.ints(a), make([][]int, shape[0])
	for i := range all {
		all[i] = values[i*shape[1]:][:shape[1]]
	}
	return all
}
