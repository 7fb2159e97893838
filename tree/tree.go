package tree

import (
	"fmt"
	"iter"
	"strings"
)

// Node is a Group, an Array or Cells.
type Node interface {
	Path() string                // where it stands in the file, for messages
	Attrs() ([]Attribute, error) // small named values that go with it, in the file's order
}

// Group has nodes by name.
type Group interface {
	Node
	Keys() []string                 // names, in the order the format's tools list them in
	Has(path string) bool           // whether there is something, readable or not
	Open(path string) (Node, error) // by name, or names with slashes between them
}

// Cells is an array of nodes.
type Cells interface {
	Node
	Shape() []int
	Len() int
	Cell(i int) (Node, error) // in row-major order; nil without an error where a cell is empty
}

// Values are what an Array and an Attribute have in common.
type Values interface {
	Shape() []int   // length of each axis, slowest first; empty for a scalar
	Type() string   // in NumPy's words where it has one
	IsNumber() bool // integers, floating point, booleans
	IsText() bool
	Float64s() ([]float64, error) // converted from any numeric type
	Int64s() ([]int64, error)     // floating point must be whole
	Strings() ([]string, error)
}

// Array is numbers, words or a table.
type Array interface {
	Node
	Values
	Float32s() ([]float32, error) // rounded to the nearest
	Bools() ([]bool, error)       // true where not zero

	// Float32Rows yields values in blocks of whole rows, a row being what shares a
	// place along the first axis. The next block overwrites one. An error comes
	// last.
	Float32Rows() iter.Seq2[[]float32, error]

	// Slab is a view of count elements along each axis from start on.
	Slab(start, count []int) (Array, error)

	Fields() []string                // of a table; nil: it is none
	Field(name string) (Node, error) // all rows of one field of a table: an Array, or Cells
}

// Attribute is a small named value of a node.
type Attribute interface {
	Values
	Name() string
}

// ArrayAt opens an array by name or path.
func ArrayAt(g Group, path string) (Array, error) { return at[Array](g, path, "an array") }

// GroupAt opens a group by name or path.
func GroupAt(g Group, path string) (Group, error) { return at[Group](g, path, "a group") }

func at[T Node](g Group, path, want string) (T, error) {
	var none T
	n, err := g.Open(path)
	if err != nil {
		return none, err
	}
	if is, ok := n.(T); ok {
		return is, nil
	}
	return none, fmt.Errorf("%s is %s, must be %s", n.Path(), Kind(n), want)
}

// Kind says what a node is, in words.
func Kind(n Node) string {
	switch n := n.(type) {
	case Group:
		return "a group"
	case Cells:
		return "an array of cells"
	case Array:
		if n.Fields() != nil {
			return "a table"
		}
		return "an array of " + n.Type()
	}
	return "nothing"
}

// Number reads an attribute that is one number; ok is false if there is none of
// that name.
func Number(n Node, name string) (v float64, ok bool, err error) {
	a, err := attribute(n, name)
	if a == nil || err != nil {
		return 0, false, err
	}
	all, err := a.Float64s()
	if err == nil && len(all) != 1 {
		err = fmt.Errorf("attribute %s has %d values: must have one", name, len(all))
	}
	if err != nil {
		return 0, false, err
	}
	return all[0], true, nil
}

// Text reads an attribute of words, with spaces between several; ok is false if
// there is none of that name, or it is not of words.
func Text(n Node, name string) (words string, ok bool) {
	all, ok := Words(n, name)
	return strings.Join(all, " "), ok
}

// Words is Text, one by one.
func Words(n Node, name string) (words []string, ok bool) {
	a, err := attribute(n, name)
	if a == nil || err != nil {
		return nil, false
	}
	words, err = a.Strings()
	return words, err == nil
}

// attribute returns nil if there is none of that name.
func attribute(n Node, name string) (Attribute, error) {
	all, err := n.Attrs()
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		if a.Name() == name {
			return a, nil
		}
	}
	return nil, nil
}
