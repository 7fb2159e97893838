package matfile

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/hdf5"
)

// open73 lists the variables of a MATLAB 7.3 file, which is an HDF5 file. What MATLAB
// keeps for itself (#refs#: what cells refer to, #subsystem#: objects) is none.
func (f *File) open73(head []byte) {
	f.level = Level73
	if strings.HasPrefix(string(head), "MATLAB") {
		f.header = strings.TrimRight(string(head[:116]), " \x00\t\n")
	}
	for _, name := range f.root.Root().Keys() {
		if !strings.HasPrefix(name, "#") {
			f.add(name, variable{})
		}
	}
}

// array73 opens a variable.
func (f *File) array73(name string) (*Array, error) {
	o, err := f.root.Root().Object(name)
	if err != nil {
		return nil, f.errorf(err)
	}
	a, err := f.object73(o)
	if err != nil {
		return nil, f.errorf(fmt.Errorf("%s: %w", name, err))
	}
	a.path = name
	return a, nil
}

// object73 describes what a group or data set is to MATLAB.
func (f *File) object73(o hdf5.Object) (*Array, error) {
	a := &Array{f: f}
	m, err := markOf(o)
	if err != nil {
		return nil, err
	}
	a.marked = m.class != ""
	if a.class = Class(m.class); m.class != "" && !known(a.class) || m.object && a.class != Function {
		a.class, a.className, a.dims = Opaque, m.class, []int{1, 1}
		return a, nil
	}
	switch o := o.(type) {
	case *hdf5.Group:
		err = a.group73(o, m)
	case *hdf5.Dataset:
		err = a.dataset73(o, m)
	}
	return a, err
}

func known(c Class) bool {
	return c.IsNumber() || slices.Contains([]Class{Char, Cell, Struct, Function}, c)
}

// mark is what MATLAB notes of an array in attributes.
type mark struct {
	class  string
	empty  bool
	object bool
	sparse int // rows; -1: not sparse
	fields []string
}

func markOf(o hdf5.Object) (m mark, err error) {
	m.sparse = -1
	attrs, err := o.Attrs()
	if err != nil {
		return m, err
	}
	for _, a := range attrs {
		switch a.Name {
		case "MATLAB_class":
			if m.class, err = single((*hdf5.Attribute).Strings, a); err == nil && m.class == "" {
				err = corrupt("an empty MATLAB_class")
			}
		case "MATLAB_empty":
			m.empty, err = single((*hdf5.Attribute).Bools, a)
		case "MATLAB_object_decode":
			m.object = true
		case "MATLAB_sparse":
			var rows int64
			rows, err = single((*hdf5.Attribute).Int64s, a)
			if m.sparse = int(rows); err == nil && (rows < 0 || rows >= 1<<31) {
				err = corrupt("a sparse matrix of %d rows", rows)
			}
		case "MATLAB_fields":
			m.fields = fieldsOf(a)
		}
		if err != nil {
			return m, err
		}
	}
	return m, nil
}

// single returns the one value that an attribute has.
func single[T any](values func(*hdf5.Attribute) ([]T, error), a *hdf5.Attribute) (v T, err error) {
	all, err := values(a)
	if err == nil && len(all) != 1 {
		err = corrupt("an attribute %s of %d values, should have one", a.Name, len(all))
	}
	if err != nil {
		return v, err
	}
	return all[0], nil
}

// group73 describes a group: a struct, or a sparse matrix.
func (a *Array) group73(g *hdf5.Group, m mark) error {
	switch {
	case m.sparse >= 0:
		return a.sparse73(g, m)
	case a.class == Function:
		a.dims = []int{1, 1}
		return nil
	case a.class != Struct && a.marked:
		return corrupt("a group of class %s, should be struct", a.class)
	}
	a.class, a.dims = Struct, []int{1, 1}
	s := &struct73{f: a.f, g: g, names: ordered(g.Keys(), m.fields)}
	a.elements = s
	if a.marked {
		return s.list(a)
	}
	return nil
}

// ordered returns names in the order of others, where these are the same ones.
func ordered(names, others []string) []string {
	sorted := slices.Sorted(slices.Values(others))
	if slices.Equal(names, sorted) {
		return others
	}
	return names
}

// dataset73 describes a data set.
func (a *Array) dataset73(d *hdf5.Dataset, m mark) error {
	a.dims = d.Shape()
	slices.Reverse(a.dims)
	a.reversed = !a.marked
	for a.marked && len(a.dims) < 2 { // other software may write vectors and single values so
		a.dims = append(a.dims, 1)
	}
	switch {
	case m.empty && a.marked:
		return a.empty73(d, m)
	case product(a.dims) < 0:
		return corrupt("an array of shape %v", a.dims)
	case !a.marked:
		a.class, a.className = classOf(d.Type())
	}
	switch {
	case a.class.IsNumber():
		return a.numbers73(d)
	case a.class == Text:
		a.texts = d.Strings
	case a.class == Char:
		if !d.Type().IsNumber() {
			return corrupt("characters that are %v", d.Type())
		}
		if err := plausible(d); err != nil {
			return err
		}
		a.text = func() ([]uint16, error) { return codes(&dataset{d: d}, a.Len()) }
	case a.class == Cell:
		a.elements = &cell73{f: a.f, d: d}
	case a.class == Struct:
		return corrupt("a struct that is a data set of %v", d.Type())
	}
	return nil
}

// plausible has package hdf5 check whether the file can hold a data set as large as it
// says. Smaller ones do no harm.
func plausible(d *hdf5.Dataset) error {
	if n := product(d.Shape()); 0 <= n && n <= freeZeros/8 {
		return nil
	}
	return d.Check()
}

// empty73 describes an array without elements: its data set holds its shape.
func (a *Array) empty73(d *hdf5.Dataset, m mark) error {
	if len(d.Shape()) > 1 || product(d.Shape()) > 32 || product(d.Shape()) < 2 {
		return corrupt("a shape of shape %v", d.Shape())
	}
	shape, err := d.Int64s()
	if err != nil {
		return err
	}
	a.dims = make([]int, len(shape))
	for i, n := range shape {
		if n < 0 || n >= 1<<31 {
			return corrupt("an empty array of shape %v", shape)
		}
		a.dims[i] = int(n)
	}
	if product(a.dims) != 0 {
		return corrupt("an empty array of shape %v", shape)
	}
	a.re = stored{kind: storage{floating, 8, false}}
	a.text = func() ([]uint16, error) { return nil, nil }
	if a.class == Cell || a.class == Struct {
		a.elements = &struct73{f: a.f, names: m.fields}
	}
	return nil
}

// numbers73 describes numbers, which may be complex.
func (a *Array) numbers73(d *hdf5.Dataset) error {
	t := d.Type()
	if t.IsNumber() {
		a.re = &dataset{d: d}
		return plausible(d)
	}
	for _, names := range [][2]string{{"real", "imag"}, {"r", "i"}} {
		re, err1 := d.Field(names[0])
		im, err2 := d.Field(names[1])
		if err := errors.Join(err1, err2); err == nil && re.Type().IsNumber() && im.Type().IsNumber() {
			a.re, a.im = &dataset{d: re}, &dataset{d: im}
			return plausible(re)
		}
	}
	return corrupt("values of class %s that are %v", a.class, t)
}

// classOf is what an array is that has no mark of MATLAB's.
func classOf(t *hdf5.Type) (c Class, name string) {
	switch {
	case t.IsBool():
		return Logical, ""
	case t.IsText():
		return Text, ""
	case t.Class == hdf5.ReferenceTo:
		return Cell, ""
	case t.IsComplex():
		return Double, ""
	case t.Class == hdf5.Float && t.Size == 4:
		return Single, ""
	case t.Class == hdf5.Float:
		return Double, ""
	case t.Class == hdf5.Integer && known(Class(t.String())):
		return Class(t.String()), ""
	case t.IsNumber():
		return Double, ""
	}
	return Opaque, t.String()
}
