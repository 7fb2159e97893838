package ingest

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/tree"
)

// fieldsOf is a table as a group: its fields by name.
type fieldsOf struct{ tree.Array }

func (f fieldsOf) Keys() []string                      { return f.Fields() }
func (f fieldsOf) Has(name string) bool                { return slices.Contains(f.Fields(), name) }
func (f fieldsOf) Open(name string) (tree.Node, error) { return f.Field(name) }

// records are an array of structs as a group: of each field, a cell a struct.
type records struct {
	tree.Cells
	each []tree.Group
}

// recordsOf returns cells that are structs, all with the fields of the first; nil:
// they are not.
func recordsOf(c tree.Cells) tree.Group {
	r := &records{Cells: c, each: make([]tree.Group, c.Len())}
	for i := range r.each {
		n, err := c.Cell(i)
		g, ok := n.(tree.Group)
		if err != nil || !ok {
			return nil
		}
		r.each[i] = g
	}
	if len(r.each) == 0 {
		return nil
	}
	return r
}

func (r *records) Keys() []string       { return r.each[0].Keys() }
func (r *records) Has(name string) bool { return r.each[0].Has(name) }

func (r *records) Open(name string) (tree.Node, error) {
	if !r.Has(name) {
		return nil, fmt.Errorf("%s has no field %s", r.Path(), name)
	}
	return &field{r, name}, nil
}

// field is one field of an array of structs.
type field struct {
	of   *records
	name string
}

func (f *field) Path() string                     { return f.of.Path() + "." + f.name }
func (f *field) Attrs() ([]tree.Attribute, error) { return nil, nil }
func (f *field) Shape() []int                     { return f.of.Shape() }
func (f *field) Len() int                         { return len(f.of.each) }

func (f *field) Cell(i int) (tree.Node, error) {
	if i < 0 || i >= f.Len() {
		return nil, fmt.Errorf("%s has %d cells: there is no cell %d", f.Path(), f.Len(), i)
	}
	return f.of.each[i].Open(f.name)
}

// tableAt returns what stands at a name as a group of columns, if it is a table or
// an array of structs; nil: it is neither.
func tableAt(g tree.Group, key string) tree.Group {
	if a := nodeAt[tree.Array](g, key); a != nil && a.Fields() != nil {
		return fieldsOf{a}
	}
	if c := nodeAt[tree.Cells](g, key); c != nil {
		return recordsOf(c)
	}
	return nil
}

// columnsOf returns a group, a table or an array of structs as a group of columns;
// nil: it is none of them.
func columnsOf(n tree.Node) tree.Group {
	switch n := n.(type) {
	case tree.Group:
		return n
	case tree.Cells:
		return recordsOf(n)
	case tree.Array:
		if n.Fields() != nil {
			return fieldsOf{n}
		}
	}
	return nil
}
