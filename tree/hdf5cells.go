package tree

import (
	"fmt"
	"iter"
	"sync"

	"github.com/autolfads/autolfads/hdf5"
)

// hdf5Cells is a data set of references to objects.
type hdf5Cells struct {
	d          *hdf5.Dataset
	references func() ([]hdf5.Reference, error) // read once
}

func (c hdf5Cells) Path() string                { return c.d.Path() }
func (c hdf5Cells) Attrs() ([]Attribute, error) { return hdf5Attrs(c.d) }
func (c hdf5Cells) Shape() []int                { return c.d.Shape() }
func (c hdf5Cells) Len() int                    { return length(c.Shape()) }

func (c hdf5Cells) Cell(i int) (Node, error) {
	all, err := c.references()
	if err != nil {
		return nil, err
	}
	if i < 0 || i >= len(all) {
		return nil, noCell(c, i)
	}
	if all[i].IsNull() {
		return nil, nil
	}
	o, err := all[i].Object()
	if err != nil {
		return nil, fmt.Errorf("cell %d of %s: %w", i, c.Path(), err)
	}
	return hdf5Node(o)
}

func noCell(c Cells, i int) error {
	return fmt.Errorf("%s has %d cells: there is no cell %d", c.Path(), c.Len(), i)
}

// hdf5Lists is a data set of sequences of variable length.
type hdf5Lists struct {
	d    *hdf5.Dataset
	read func() (*joined, error) // once
}

func (c hdf5Lists) Path() string                { return c.d.Path() }
func (c hdf5Lists) Attrs() ([]Attribute, error) { return hdf5Attrs(c.d) }
func (c hdf5Lists) Shape() []int                { return c.d.Shape() }
func (c hdf5Lists) Len() int                    { return length(c.Shape()) }

func (c hdf5Lists) Cell(i int) (Node, error) {
	s, err := c.read()
	if err != nil {
		return nil, err
	}
	if i < 0 || i >= len(s.Ends) {
		return nil, noCell(c, i)
	}
	from := 0
	if i > 0 {
		from = s.Ends[i-1]
	}
	start, count := make([]int, len(s.Shape())), s.Shape()
	start[0], count[0] = from, s.Ends[i]-from
	return viewOf(s, start, count)
}

// joined is the values of all sequences behind each other. Numbers are converted
// once, for each sequence asks for its part of them.
type joined struct {
	*hdf5.Sequences
	path     string
	int64s   func() ([]int64, error)
	float64s func() ([]float64, error)
}

func join(d *hdf5.Dataset) (*joined, error) {
	s, err := d.Sequences()
	if err != nil {
		return nil, err
	}
	return &joined{s, d.Path(), sync.OnceValues(s.Int64s), sync.OnceValues(s.Float64s)}, nil
}

func (a *joined) Int64s() ([]int64, error)     { return a.int64s() }
func (a *joined) Float64s() ([]float64, error) { return a.float64s() }

func (a *joined) Path() string                { return a.path }
func (a *joined) Attrs() ([]Attribute, error) { return nil, nil }
func (a *joined) Type() string                { return a.Sequences.Type().String() }
func (a *joined) IsNumber() bool              { return a.Sequences.Type().IsNumber() }
func (a *joined) IsText() bool                { return a.Sequences.Type().IsText() }
func (a *joined) Fields() []string            { return nil }

func (a *joined) Float32Rows() iter.Seq2[[]float32, error] { return oneBlock(a) }
func (a *joined) Slab(start, count []int) (Array, error)   { return viewOf(a, start, count) }
func (a *joined) Field(name string) (Node, error) {
	return nil, fmt.Errorf("%s has no field %s", a.path, name)
}

// listsOf is what stands for a data set of sequences.
func listsOf(d *hdf5.Dataset) hdf5Lists {
	return hdf5Lists{d, sync.OnceValues(func() (*joined, error) { return join(d) })}
}
