package tree

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/npy"
)

func openNPY(path string) (*File, error) {
	f, err := npy.Open(path)
	if err != nil {
		return nil, err
	}
	return &File{"NumPy", npyGroup{f, "/"}, f}, nil
}

// isNPY reports whether a file begins as NumPy's do: one array, or a zip.
func isNPY(head []byte) bool {
	for _, begins := range []string{"\x93NUMPY", "PK\x03\x04", "PK\x05\x06"} {
		if bytes.HasPrefix(head, []byte(begins)) {
			return true
		}
	}
	return false
}

// npyGroup is the arrays whose names begin with a prefix: slashes in names make
// groups.
type npyGroup struct {
	f    *npy.File
	path string // with slashes in front and behind
}

func (g npyGroup) Path() string                { return strings.TrimSuffix(g.path, "/") }
func (g npyGroup) Attrs() ([]Attribute, error) { return nil, nil }
func (g npyGroup) prefix() string              { return g.path[1:] }

func (g npyGroup) Keys() (keys []string) {
	for _, name := range g.f.Names() {
		rest, ok := strings.CutPrefix(name, g.prefix())
		if !ok {
			continue
		}
		key, _, _ := strings.Cut(rest, "/")
		if key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

func (g npyGroup) Has(path string) bool {
	name := g.prefix() + strings.Trim(path, "/")
	return slices.ContainsFunc(g.f.Names(), func(n string) bool { return n == name || strings.HasPrefix(n, name+"/") })
}

func (g npyGroup) Open(path string) (Node, error) {
	name := g.prefix() + strings.Trim(path, "/")
	if !slices.Contains(g.f.Names(), name) && g.Has(path) {
		return npyGroup{g.f, "/" + name + "/"}, nil
	}
	a, err := g.f.Array(name)
	if err != nil {
		return nil, err
	}
	return npyArray{a}, nil
}

// npyArray is an array of a NumPy file, or a field of one.
type npyArray struct{ *npy.Array }

func (a npyArray) Path() string                { return "/" + a.Name() }
func (a npyArray) Attrs() ([]Attribute, error) { return nil, nil }
func (a npyArray) Type() string                { return a.Array.Type().String() }
func (a npyArray) IsNumber() bool              { return a.Array.Type().IsNumber() }
func (a npyArray) IsText() bool                { return a.Array.Type().IsText() }

func (a npyArray) Slab(start, count []int) (Array, error) {
	part, err := a.Array.Slab(start, count)
	if err != nil {
		return nil, err
	}
	return npyArray{part}, nil
}

func (a npyArray) Fields() []string {
	var names []string
	for _, f := range a.Array.Type().Fields {
		names = append(names, f.Name)
	}
	return names
}

func (a npyArray) Field(name string) (Node, error) {
	if !slices.Contains(a.Fields(), name) {
		return nil, fmt.Errorf("%s is %s and has no field %s", a.Path(), Kind(a), name)
	}
	field, err := a.Array.Field(name)
	if err != nil {
		return nil, err
	}
	return npyArray{field}, nil
}
