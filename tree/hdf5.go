package tree

import (
	"fmt"
	"sync"

	"github.com/autolfads/autolfads/hdf5"
)

func openHDF5(path string) (*File, error) {
	f, err := hdf5.Open(path)
	if err != nil {
		return nil, err
	}
	return &File{"HDF5", hdf5Group{f.Root()}, f}, nil
}

// hdf5Group is a group of an HDF5 file.
type hdf5Group struct{ *hdf5.Group }

func (g hdf5Group) Open(path string) (Node, error) {
	o, err := g.Object(path)
	if err != nil {
		return nil, err
	}
	return hdf5Node(o)
}

func (g hdf5Group) Attrs() ([]Attribute, error) { return hdf5Attrs(g.Group) }

// hdf5Node is what stands for an object.
func hdf5Node(o hdf5.Object) (Node, error) {
	switch o := o.(type) {
	case *hdf5.Group:
		return hdf5Group{o}, nil
	case *hdf5.Dataset:
		return hdf5Data(o), nil
	}
	return nil, fmt.Errorf("%s is neither a group nor a data set", o.Path())
}

// hdf5Data is what stands for a data set, or for a field of one.
func hdf5Data(d *hdf5.Dataset) Node {
	if t := d.Type(); t.Class == hdf5.ReferenceTo && t.String() == "reference" { // not to a region or attribute
		return hdf5Cells{d, sync.OnceValues(d.References)}
	}
	if t := d.Type(); t.Class == hdf5.Variable && !t.Text {
		return listsOf(d)
	}
	return hdf5Array{d}
}

// hdf5Array is a data set, or a field of one.
type hdf5Array struct{ *hdf5.Dataset }

func (a hdf5Array) Attrs() ([]Attribute, error) { return hdf5Attrs(a.Dataset) }
func (a hdf5Array) Type() string                { return a.Dataset.Type().String() }
func (a hdf5Array) IsNumber() bool              { return a.Dataset.Type().IsNumber() }
func (a hdf5Array) IsText() bool                { return a.Dataset.Type().IsText() }

func (a hdf5Array) Slab(start, count []int) (Array, error) {
	d, err := a.Dataset.Slab(start, count)
	if err != nil {
		return nil, err
	}
	return hdf5Array{d}, nil
}

func (a hdf5Array) Fields() []string {
	t := a.Dataset.Type()
	if t.Class != hdf5.Compound {
		return nil
	}
	names := make([]string, len(t.Members))
	for i, m := range t.Members {
		names[i] = m.Name
	}
	return names
}

func (a hdf5Array) Field(name string) (Node, error) {
	d, err := a.Dataset.Field(name)
	if err != nil {
		return nil, err
	}
	return hdf5Data(d), nil
}

// hdf5Attribute is a small value of a group or data set.
type hdf5Attribute struct{ *hdf5.Attribute }

func (a hdf5Attribute) Name() string   { return a.Attribute.Name }
func (a hdf5Attribute) Type() string   { return a.Attribute.Type().String() }
func (a hdf5Attribute) IsNumber() bool { return a.Attribute.Type().IsNumber() }
func (a hdf5Attribute) IsText() bool   { return a.Attribute.Type().IsText() }

func hdf5Attrs(o interface {
	Attrs() ([]*hdf5.Attribute, error)
},
) ([]Attribute, error) {
	all, err := o.Attrs()
	attrs := make([]Attribute, len(all))
	for i, a := range all {
		attrs[i] = hdf5Attribute{a}
	}
	return attrs, err
}
