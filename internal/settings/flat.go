package settings

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Entry is a setting as it stands in a file.
type Entry struct{ Key, Value string }

// Flat returns what lies below one key at the top of YAML, in the order of the file:
// keys written with dots, values as text. It knows of no struct, so that it reads what
// another version of the program wrote. Fractions are written alike (1e-4, 0.0001), lists
// as "a, b", what is empty as "".
func Flat(data []byte, name string) ([]Entry, error) {
	top, err := topLevel(data)
	if err != nil || top == nil {
		return nil, err
	}
	for i := top.MapRange(); i.Next(); {
		if inner, ok := i.Value().(ast.MapNode); ok && text(i.Key()) == name {
			return flat(nil, "", inner), nil
		}
	}
	return nil, fmt.Errorf("it has no group %q", name)
}

// flat appends what a group holds to all; its keys stand behind path.
func flat(all []Entry, path string, m ast.MapNode) []Entry {
	for i := m.MapRange(); i.Next(); {
		key := path + text(i.Key())
		if inner, ok := i.Value().(ast.MapNode); ok {
			all = flat(all, key+".", inner)
			continue
		}
		all = append(all, Entry{key, flatValue(i.Value())})
	}
	return all
}

// flatValue is a value that is no group, as text.
func flatValue(node ast.Node) string {
	switch n := node.(type) {
	case nil, *ast.NullNode:
		return ""
	case *ast.SequenceNode:
		var parts []string
		for _, v := range n.Values {
			parts = append(parts, flatValue(v))
		}
		return strings.Join(parts, ", ")
	case ast.MapNode: // in a list
		var parts []string
		for _, e := range flat(nil, "", n) {
			parts = append(parts, e.Key+"="+e.Value)
		}
		return strings.Join(parts, " ")
	case *ast.AliasNode, *ast.AnchorNode, *ast.TagNode:
		return described(node)
	}
	return alike(node)
}

// alike is a plain value as it stands, and a fraction as Go writes it. The parser takes
// 1e-4 for a word; a word in quotes stays one, and so does what is too long for a number
// that somebody means, such as a checksum.
func alike(node ast.Node) string {
	const longest = 30
	is := text(node)
	if _, whole := node.(*ast.IntegerNode); whole || len(is) > longest || strings.ContainsAny(node.GetToken().Origin, `"'`) {
		return is
	}
	if v, err := strconv.ParseFloat(is, 64); err == nil {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return is
}
