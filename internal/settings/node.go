package settings

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// What a file of settings may have: a hundred times what all settings take.
// The parser's time grows with the square of the depth.
const (
	maxBytes = 1 << 16
	maxDepth = 100
)

// parseYAML returns the one document of data; nil if there is none.
func parseYAML(data []byte) (node ast.Node, err error) {
	text, err := plain(data)
	if err != nil {
		return nil, err
	}
	defer func() { // a parser's fault is the text's
		if p := recover(); p != nil {
			node, err = nil, fmt.Errorf("it cannot be read as YAML: %v", p)
		}
	}()
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, syntaxError(string(text), err)
	}
	return oneDocument(file)
}

// oneDocument returns what a file holds; nil if that is nothing.
func oneDocument(file *ast.File) (node ast.Node, err error) {
	for _, d := range file.Docs {
		if _, directive := d.Body.(*ast.DirectiveNode); directive || d.Body == nil {
			continue
		}
		if node != nil {
			return nil, errors.New("it holds several YAML documents: want one, so leave out the lines ---")
		}
		node = d.Body
	}
	return node, nil
}

// plain takes off what editors and systems put into text files, and refuses
// what is no text.
func plain(data []byte) ([]byte, error) {
	text := strings.TrimPrefix(string(data), "\ufeff") // a byte-order mark
	text = strings.ReplaceAll(text, "\r\n", "\n")
	switch {
	case len(data) > maxBytes:
		return nil, fmt.Errorf("it has more than %d bytes: is it a file of settings?", maxBytes)
	case !utf8.ValidString(text) || strings.Contains(text, "\x00"):
		return nil, errors.New("it is no text in UTF-8: is it a file of settings? Then save it as UTF-8")
	case depth(text) > maxDepth:
		return nil, fmt.Errorf("it has more than %d brackets inside each other: settings need three", maxDepth)
	}
	return []byte(text), nil
}

// depth is how deep the brackets of a text, or the lists of a line, lie inside
// each other at most.
func depth(text string) int {
	most, open := 0, 0
	for _, r := range text {
		switch r {
		case '[', '{':
			open++
		case ']', '}':
			open--
		}
		most = max(most, open)
	}
	for line := range strings.Lines(text) {
		most = max(most, strings.Count(line, "- "), strings.Count(line, "? "))
	}
	return most
}

// syntaxError says in words what the parser found.
func syntaxError(text string, err error) error {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		return err
	}
	number, message := at.GetToken().Position.Line, at.GetMessage()
	if lines := strings.Split(text, "\n"); number >= 1 && number <= len(lines) {
		indent := lines[number-1][:len(lines[number-1])-len(strings.TrimLeft(lines[number-1], " \t"))]
		if strings.Contains(indent, "\t") {
			message = "a tab begins it, and YAML wants spaces: put two in its place"
		}
	}
	if strings.Contains(message, "already defined") {
		message += ": keep one of the two"
	}
	return fmt.Errorf("line %d: %s", number, message)
}

// lineError is an error with the line it is about.
type lineError struct {
	line int
	error
}

func (e lineError) Error() string { return fmt.Sprintf("line %d: %v", e.line, e.error) }

func (e lineError) Unwrap() error { return e.error }

// atLine adds the line of a node to an error that has none.
func atLine(node ast.Node, err error) error {
	var has lineError
	if errors.As(err, &has) || err == errRemove {
		return err
	}
	return lineError{node.GetToken().Position.Line, err}
}

// text is a key or a plain value as it stands, without quotes.
func text(node ast.Node) string {
	switch n := node.(type) {
	case *ast.MappingKeyNode:
		return text(n.Value)
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value)
	}
	return node.GetToken().Value
}

func isNull(node ast.Node) bool {
	_, null := node.(*ast.NullNode)
	return node == nil || null
}

// isClass reports whether a group makes an object of a class, as hydra's do.
func isClass(m ast.MapNode) bool {
	for i := m.MapRange(); i.Next(); {
		if text(i.Key()) == "_target_" {
			return true
		}
	}
	return false
}

// isPlain reports whether a node is one number or word.
func isPlain(node ast.Node) bool {
	switch node.(type) {
	case *ast.IntegerNode, *ast.FloatNode, *ast.StringNode, *ast.LiteralNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return true
	}
	return false
}

// described is a value as an error shows it.
func described(node ast.Node) string {
	switch node.(type) {
	case nil, *ast.NullNode:
		return "empty"
	case ast.MapNode:
		return "a group of settings"
	case *ast.SequenceNode:
		return "a list"
	case *ast.AliasNode, *ast.AnchorNode, *ast.TagNode:
		return fmt.Sprintf("%q, which only YAML understands", node.GetToken().Value)
	}
	return shown(text(node))
}

// fieldNames lists the fields of an entry.
func fieldNames(t reflect.Type) string {
	var names []string
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() {
			names = append(names, tag(f))
		}
	}
	return strings.Join(names, ", ")
}
