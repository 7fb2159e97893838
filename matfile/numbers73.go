package matfile

import (
	"errors"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/hdf5"
)

// dataset is numbers of an HDF5 file, whose row-major order is MATLAB's column-major
// order with the axes reversed.
type dataset struct{ d *hdf5.Dataset }

func (n *dataset) visit(from, count int, put func(at int, p piece) error) error {
	shape := n.d.Shape()
	axis, inner := n.cut(shape)
	for at := 0; at < count; {
		place := from + at
		slab := make([]int, len(shape)) // all of what lies behind the axis
		size := append([]int{}, shape...)
		run := 1
		if len(shape) > 0 {
			rest := place / inner
			for i := axis; i >= 0; i-- {
				slab[i], rest = rest%shape[i], rest/shape[i]
				size[i] = 1
			}
			run = min(max(1, pieceLen/inner), shape[axis]-slab[axis], (count-at)/inner)
			size[axis] = run
		}
		if run < 1 || place%inner != 0 {
			return fmt.Errorf("%w: a part that begins or ends within a row", ErrRange)
		}
		d, err := n.d.Slab(slab, size)
		if err != nil {
			return err
		}
		p, err := pieceOf(d)
		if err != nil {
			return err
		}
		if err := put(at, p); err != nil {
			return err
		}
		at += run * inner
	}
	return nil
}

// cut returns the first axis behind which so few numbers lie that they are read at
// once, and how many they are.
func (n *dataset) cut(shape []int) (axis, inner int) {
	inner = 1
	for axis = len(shape) - 1; axis > 0 && inner*shape[axis] <= pieceLen; axis-- {
		inner *= shape[axis]
	}
	return axis, inner
}

// pieceOf reads a slab: integers of 64 bits as such, for float64 has not all of them.
func pieceOf(d *hdf5.Dataset) (p piece, err error) {
	if t := d.Type(); t.Class == hdf5.Integer && t.Size == 8 {
		if p.whole, err = d.Int64s(); !errors.Is(err, hdf5.ErrRange) {
			return p, err
		}
	}
	p.whole = nil
	p.wide, err = d.Float64s()
	return p, err
}

// all reads all numbers of a data set of one dimension, or of a vector.
func (n *dataset) all() ([]float64, error) { return n.d.Float64s() }

// sparse73 describes a sparse matrix: a group of the values of entries, of their rows,
// and of where columns begin among them.
func (a *Array) sparse73(g *hdf5.Group, m mark) error {
	if !a.class.IsNumber() {
		return corrupt("a sparse matrix of class %q", m.class)
	}
	jc, err := g.Dataset("jc")
	if err != nil {
		return err
	}
	n := product(jc.Shape())
	if n < 1 {
		return corrupt("a sparse matrix without columns")
	}
	a.dims = []int{m.sparse, n - 1}
	a.sparse = &triples{rows: m.sparse, stored: 8 * int64(n)}
	l := &loader73{g: g}
	if g.Has("data") && g.Has("ir") {
		if err := l.entries(a); err != nil {
			return err
		}
	}
	a.sparse.load = func() (*columns, error) { return l.load(jc) }
	a.re, a.im = a.sparse.parts(l.im != nil)
	return nil
}

// loader73 reads the parts of a sparse matrix.
type loader73 struct {
	g      *hdf5.Group
	ir     *dataset
	re, im numbers
	n      int
}

// entries opens what there is of entries.
func (l *loader73) entries(a *Array) error {
	ir, err := l.g.Dataset("ir")
	if err != nil {
		return err
	}
	data, err := l.g.Dataset("data")
	if err != nil {
		return err
	}
	values := &Array{f: a.f, class: a.class}
	if err := values.numbers73(data); err != nil {
		return err
	}
	l.ir, l.re, l.im, l.n = &dataset{ir}, values.re, values.im, product(data.Shape())
	if l.n < 0 || product(ir.Shape()) != l.n {
		return corrupt("a sparse matrix with values of shape %v and rows of shape %v", data.Shape(), ir.Shape())
	}
	a.sparse.stored += 16 * int64(l.n)
	return nil
}

func (l *loader73) load(jc *hdf5.Dataset) (*columns, error) {
	c := &columns{}
	places, err := (&dataset{jc}).all()
	if err != nil {
		return nil, err
	}
	for _, v := range places {
		if !isIndex(v, l.n) {
			return nil, corrupt("a column of a sparse matrix that begins at entry %g of %d", v, l.n)
		}
		c.start = append(c.start, int(v))
	}
	if l.ir == nil {
		return c, nil
	}
	rows, err := l.ir.all()
	if err != nil {
		return nil, err
	}
	for _, v := range rows {
		if !isIndex(v, math.MaxInt32) {
			return nil, corrupt("an entry of a sparse matrix in row %g", v)
		}
		c.row = append(c.row, int32(v))
	}
	if c.re, err = l.values(l.re, len(rows)); err == nil && l.im != nil {
		c.im, err = l.values(l.im, len(rows))
	}
	return c, err
}

// isIndex reports whether a number is whole, at least 0 and at most another.
func isIndex(v float64, most int) bool { return v == math.Trunc(v) && v >= 0 && v <= float64(most) }

func (l *loader73) values(n numbers, count int) ([]float64, error) {
	d := n.(*dataset)
	v, err := d.all()
	if err == nil && len(v) != count {
		err = corrupt("%d values of %d entries", len(v), count)
	}
	return v, err
}
