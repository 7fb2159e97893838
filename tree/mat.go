package tree

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/matfile"
)

// isMAT reports whether a file is MATLAB's of level 5 or 7.3, by the end of its
// header; what is of level 4 has none.
func isMAT(head []byte) bool {
	if len(head) < headSize {
		return false
	}
	end := string(head[124:128])
	return end == "\x00\x01IM" || end == "\x01\x00MI" || is73(head) || bytes.HasPrefix(head, []byte("MATLAB 5.0 MAT-file"))
}

func is73(head []byte) bool { return bytes.HasPrefix(head, []byte("MATLAB 7.3 MAT-file")) }

// openMAT opens a file of MATLAB. Of an HDF5 file that only begins as one, for other
// software wrote it and says of no array what class it is, axes stay as HDF5 has
// them.
func openMAT(path string) (*File, error) {
	if is73(headOf(path)) && !hasClasses(path) {
		return openHDF5(path)
	}
	f, err := matfile.Open(path)
	if err != nil {
		return nil, err
	}
	return &File{"MATLAB " + string(f.Level()), matRoot{f}, f}, nil
}

// hasClasses reports whether an HDF5 file says of something at its top which class of
// MATLAB it is.
func hasClasses(path string) bool {
	f, err := hdf5.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	return slices.ContainsFunc(f.Root().Keys(), func(key string) bool {
		o, err := f.Root().Object(key)
		if err != nil {
			return false
		}
		_, err = o.Attr("MATLAB_class")
		return err == nil
	})
}

// openLevel4 opens a file that has no signature: those of MATLAB 4 have none.
func openLevel4(path string) (*File, bool) {
	f, err := matfile.Open(path)
	if err != nil {
		return nil, false
	}
	return &File{"MATLAB " + string(f.Level()), matRoot{f}, f}, true
}

// matRoot is the variables of a file.
type matRoot struct{ f *matfile.File }

func (g matRoot) Path() string                { return "/" }
func (g matRoot) Attrs() ([]Attribute, error) { return nil, nil }
func (g matRoot) Keys() []string              { return g.f.Names() }
func (g matRoot) Has(path string) bool        { return has(g, path) }

func (g matRoot) Open(path string) (Node, error) {
	return walk(path, func(name string) (Node, error) {
		a, err := g.f.Array(name)
		if err != nil {
			return nil, err
		}
		return matNode(a), nil
	})
}

// walk opens what stands at a path whose first name open opens.
func walk(path string, open func(name string) (Node, error)) (Node, error) {
	name, rest, deeper := strings.Cut(strings.Trim(path, "/"), "/")
	n, err := open(name)
	if err != nil || !deeper {
		return n, err
	}
	g, ok := n.(Group)
	if !ok {
		return nil, fmt.Errorf("%s is %s and has no %s", n.Path(), Kind(n), rest)
	}
	return g.Open(rest)
}

// has reports whether something stands at a path, readable or not.
func has(g Group, path string) bool {
	name, rest, deeper := strings.Cut(strings.Trim(path, "/"), "/")
	if !slices.Contains(g.Keys(), name) {
		return false
	}
	if !deeper {
		return true
	}
	inner, err := GroupAt(g, name)
	return err == nil && inner.Has(rest)
}

// matNode is what stands for an array of MATLAB: a group for a struct, cells for a
// cell array or an array of structs, but an array of words for a cell array of text.
func matNode(a *matfile.Array) Node {
	switch {
	case a.Class() == matfile.Struct && a.Len() == 1:
		return matGroup{a}
	case a.Class() == matfile.Struct, a.Class() == matfile.Cell && !isCellstr(a):
		return matCells{a}
	}
	return matArray{a, &recent{}}
}

// isCellstr reports whether all elements of a cell array are text, and there is one.
func isCellstr(a *matfile.Array) bool {
	texts := 0
	for e, err := range a.All() {
		isText := err == nil && (e.Class() == matfile.Char || e.Class() == matfile.Text)
		if !isText && (err != nil || e.Len() > 0) {
			return false
		}
		if isText {
			texts++
		}
	}
	return texts > 0
}

// matGroup is a struct.
type matGroup struct{ a *matfile.Array }

func (g matGroup) Path() string                { return g.a.Path() }
func (g matGroup) Attrs() ([]Attribute, error) { return nil, nil }
func (g matGroup) Keys() []string              { return g.a.Fields() }
func (g matGroup) Has(path string) bool        { return has(g, path) }

func (g matGroup) Open(path string) (Node, error) {
	return walk(path, func(name string) (Node, error) {
		a, err := g.a.Field(name)
		if err != nil {
			return nil, err
		}
		return matNode(a), nil
	})
}

// matCells is a cell array, or an array of structs: each a group.
type matCells struct{ a *matfile.Array }

func (c matCells) Path() string                { return c.a.Path() }
func (c matCells) Attrs() ([]Attribute, error) { return nil, nil }
func (c matCells) Shape() []int                { return c.a.Shape() }
func (c matCells) Len() int                    { return c.a.Len() }

func (c matCells) Cell(i int) (Node, error) {
	if i < 0 || i >= c.Len() {
		return nil, noCell(c, i)
	}
	a, err := c.a.At(i)
	if err != nil {
		return nil, err
	}
	return matNode(a), nil
}

// matArray is numbers, text, or what is only named.
type matArray struct {
	*matfile.Array
	recent *recent
}

func (a matArray) Attrs() ([]Attribute, error) { return nil, nil }
func (a matArray) IsNumber() bool              { return a.Class().IsNumber() }
func (a matArray) Fields() []string            { return nil }

func (a matArray) IsText() bool {
	return a.Class() == matfile.Char || a.Class() == matfile.Text || a.Class() == matfile.Cell
}

// Shape is as MATLAB shows it, but text has a place for each row, not for each
// letter.
func (a matArray) Shape() []int {
	shape := a.Array.Shape()
	if a.Class() == matfile.Char {
		return shape[:len(shape)-1]
	}
	return shape
}

// Type is MATLAB's class in NumPy's words where it has one.
func (a matArray) Type() string {
	switch a.Class() {
	case matfile.Double:
		return "float64"
	case matfile.Single:
		return "float32"
	case matfile.Logical:
		return "bool"
	case matfile.Char, matfile.Cell, matfile.Text:
		return "string"
	}
	return a.ClassName()
}

func (a matArray) Float32Rows() iter.Seq2[[]float32, error] { return oneBlock(a) }
func (a matArray) Slab(start, count []int) (Array, error)   { return viewOf(held{a}, start, count) }

func (a matArray) Field(name string) (Node, error) {
	return nil, errors.New(a.Path() + " is " + Kind(a) + " and has no field " + name)
}
