package matfile

import (
	"slices"
	"strings"
	"sync"

	"github.com/autolfads/autolfads/hdf5"
)

// cell73 are the elements of a cell: a data set of references.
type cell73 struct {
	f *File
	d *hdf5.Dataset

	once sync.Once
	refs []hdf5.Reference
	err  error
}

func (c *cell73) fields() []string { return nil }

func (c *cell73) element(i, _ int) (*Array, error) {
	c.once.Do(func() { c.refs, c.err = c.d.References() })
	if c.err != nil {
		return nil, c.err
	}
	return c.f.referred(c.refs[i])
}

// referred opens what a reference points to. One to nothing stands for [].
func (f *File) referred(r hdf5.Reference) (*Array, error) {
	if r.IsNull() {
		return &Array{f: f, class: Double, dims: []int{0, 0}, marked: true, re: stored{kind: storage{floating, 8, false}}}, nil
	}
	o, err := r.Object()
	if err != nil {
		return nil, err
	}
	return f.object73(o)
}

// struct73 are the fields of a struct, a group; or of an array of them, a group of
// data sets of references.
type struct73 struct {
	f     *File
	g     *hdf5.Group
	names []string
	lists []*cell73 // of an array: the values of each field
}

func (s *struct73) fields() []string { return s.names }

func (s *struct73) element(i, field int) (*Array, error) {
	if s.lists != nil {
		return s.lists[field].element(i, 0)
	}
	o, err := s.g.Object(s.names[field])
	if err != nil {
		return nil, err
	}
	return s.f.object73(o)
}

// list finds out whether a struct is an array of them: then all fields are
// references, and none says that it is a cell.
func (s *struct73) list(a *Array) error {
	var lists []*cell73
	var dims []int
	for _, name := range s.names {
		d, err := s.g.Dataset(name)
		if err != nil || d.Type().Class != hdf5.ReferenceTo {
			return nil // one struct, or what opening the field will complain of
		}
		if m, err := markOf(d); err != nil || m.class != "" {
			return err
		}
		shape := d.Shape()
		slices.Reverse(shape)
		if lists != nil && !slices.Equal(shape, dims) {
			return corrupt("a struct array with fields of %v and %v elements", dims, shape)
		}
		lists, dims = append(lists, &cell73{f: s.f, d: d}), shape
	}
	if len(lists) == 0 {
		return nil
	}
	if len(dims) < 2 {
		dims = append(dims, 1)
	}
	if product(dims) < 0 {
		return corrupt("a struct array of shape %v", dims)
	}
	if err := plausible(lists[0].d); err != nil {
		return err
	}
	s.lists, a.dims = lists, dims
	return nil
}

// fieldsOf reads the names in MATLAB_fields, sequences of characters; none if that is
// not how they are written.
func fieldsOf(a *hdf5.Attribute) (names []string) {
	if texts, err := a.Strings(); err == nil {
		return texts
	}
	s, err := a.Sequences()
	if err != nil {
		return nil
	}
	letters, err := s.Strings()
	if err != nil {
		return nil
	}
	from := 0
	for _, to := range s.Ends {
		names = append(names, strings.Join(letters[from:to], ""))
		from = to
	}
	return names
}
