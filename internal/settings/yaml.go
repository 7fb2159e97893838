package settings

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// Decode reads YAML into the struct that config points to. What the text does
// not name keeps its value, also in a group with nothing in it; but a map that
// is named is replaced as a whole. Keys may be nested, or written with dots, or
// be names that settings have elsewhere (see [Key]). An unknown or repeated
// key, or a value of the wrong type, is an error that says its line.
//
// The notes say which names were taken for which keys: "gen_dim is
// model.generator_dim here".
func Decode(data []byte, config any) (notes []string, err error) {
	return DecodeGroup(data, "", config)
}

// DecodeGroup is Decode for what lies below one key at the top of data; "" is
// all of it.
func DecodeGroup(data []byte, name string, config any) (notes []string, err error) {
	d := newDecoder(config)
	err = d.decode(data, name)
	return d.notes, err
}

// DecodeOwn is DecodeGroup for what Encode wrote: keys are what they are, and
// entries of maps have any name.
func DecodeOwn(data []byte, name string, config any) error {
	d := newDecoder(config)
	d.key = func(name string) (string, error) { return name, nil }
	return d.decode(data, name)
}

func (d *decoder) decode(data []byte, name string) error {
	top, err := topLevel(data)
	if err != nil || top == nil {
		return err
	}
	if name == "" {
		return d.group("", top)
	}
	for i := top.MapRange(); i.Next(); {
		if text(i.Key()) != name {
			continue
		}
		if inner, ok := i.Value().(ast.MapNode); ok {
			return d.group("", inner)
		}
	}
	return fmt.Errorf("it has no group %q", name)
}

// Top returns the keys at the top of YAML that can be read.
func Top(data []byte) []string {
	top, err := topLevel(data)
	if err != nil || top == nil {
		return nil
	}
	var keys []string
	for i := top.MapRange(); i.Next(); {
		keys = append(keys, text(i.Key()))
	}
	return keys
}

// topLevel returns the settings of a file; nil if there is nothing in it.
func topLevel(data []byte) (ast.MapNode, error) {
	node, err := parseYAML(data)
	if err != nil || isNull(node) {
		return nil, err
	}
	top, ok := node.(ast.MapNode)
	if !ok {
		return nil, atLine(node, fmt.Errorf("here is %s: want settings, each on a line like \"train.batch_size: 64\"", described(node)))
	}
	return top, nil
}

// ReadFile reads a file of settings, but no more of it than settings take.
func ReadFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(file, maxBytes+1))
	return text, errors.Join(err, file.Close())
}

// Glance reads of YAML what target has fields for, and leaves the rest alone.
func Glance(data []byte, target any) error { return yaml.Unmarshal(data, target) }

// Encode writes config as YAML.
func Encode(config any) ([]byte, error) { return yaml.Marshal(config) }

// decoder fills in a configuration.
type decoder struct {
	config any
	lines  map[string]int                    // where a key was given
	key    func(name string) (string, error) // as Key
	notes  []string
}

func newDecoder(config any) *decoder {
	return &decoder{
		config: config, lines: map[string]int{},
		key: func(name string) (string, error) { return Key(config, name) },
	}
}

// group reads the settings below path; "" is the top.
func (d *decoder) group(path string, m ast.MapNode) error {
	for i := m.MapRange(); i.Next(); {
		name := text(i.Key())
		if path != "" {
			name = path + "." + name
		}
		if _, merge := i.Key().(*ast.MergeKeyNode); merge {
			return atLine(i.Key(), errors.New("<< takes in settings from elsewhere: write them out here"))
		}
		if err := d.member(name, i.Value()); err != nil {
			return atLine(i.Key(), err)
		}
	}
	return nil
}

// member reads what is called name: a group of settings or one of them.
func (d *decoder) member(name string, node ast.Node) error {
	inner, isGroup := node.(ast.MapNode)
	if v, ok := find(d.config, strings.ToLower(name)); ok && v.Kind() == reflect.Struct {
		switch {
		case isGroup:
			return d.group(name, inner)
		case isNull(node):
			return nil // its settings are commented out
		}
		return fmt.Errorf("%s is %s: want a group of settings below it", name, described(node))
	}
	key, err := d.key(name)
	if err != nil && isGroup && (isElsewhere(name) || d.leads(name, inner)) {
		return d.group(name, inner)
	}
	if err != nil {
		return err
	}
	if first, ok := d.lines[key]; ok {
		return fmt.Errorf("%s was given before, in line %d: keep one of the two", key, first)
	}
	d.lines[key] = node.GetToken().Position.Line
	if key != name {
		d.notes = append(d.notes, Note(name, key))
	}
	return d.change(key, func(v reflect.Value) error { return d.assign(v, key, node) })
}

// leads reports whether something below name is a setting: groups elsewhere
// have groups in them (TRAIN.LR.INIT).
func (d *decoder) leads(name string, m ast.MapNode) bool {
	for i := m.MapRange(); i.Next() && strings.Contains(name, "."); {
		if _, err := d.key(name + "." + text(i.Key())); err == nil {
			return true
		}
	}
	return false
}

// Note says for which key a name was taken.
func Note(name, key string) string { return fmt.Sprintf("%s is %s here", name, key) }

// assign sets v, the setting at key, from a node.
func (d *decoder) assign(v reflect.Value, key string, node ast.Node) error {
	t := v.Type()
	inner, isGroup := node.(ast.MapNode)
	switch {
	case t.Kind() == reflect.Pointer && isNull(node):
		v.SetZero()
		return nil
	case t.Kind() == reflect.Pointer:
		v.Set(reflect.New(t.Elem()))
		return d.assign(v.Elem(), key, node)
	case t.Kind() == reflect.Struct && isNull(node):
		return errRemove
	case t.Kind() == reflect.Map && isNull(node):
		return nil // its entries are commented out
	case t.Kind() == reflect.Struct && isGroup:
		return d.fields(v, key, inner)
	case t.Kind() == reflect.Map && isGroup:
		v.SetZero()
		return d.group(key, inner)
	case isScalar(t) && isPlain(node):
		return scalar(v, key, text(node))
	case isScalar(t) && isGroup && isClass(inner):
		return fmt.Errorf("%s is a class: %s", key, instead["_target_"])
	case t.Kind() == reflect.Struct:
		return fmt.Errorf("%s is %s: want its settings in braces, of %s", key, described(node), fieldNames(t))
	case isScalar(t) || t.Kind() == reflect.Map && !isGroup:
		return fmt.Errorf("%s is %s: want %s", key, described(node), wanted(t))
	}
	return d.other(v, key, node)
}

// other sets what has no form of its own here: lists.
func (d *decoder) other(v reflect.Value, key string, node ast.Node) error {
	err := yaml.NodeToValue(node, v.Addr().Interface(), yaml.Strict())
	if at := yaml.Error(nil); errors.As(err, &at) {
		err = fmt.Errorf("%s: %s", key, at.GetMessage())
	}
	return err
}

// fields sets the fields of an entry of a map.
func (d *decoder) fields(v reflect.Value, key string, m ast.MapNode) error {
	for i := m.MapRange(); i.Next(); {
		name := text(i.Key())
		field, rest, ok := child(v, name)
		if !ok || rest != "" {
			return atLine(i.Key(), fmt.Errorf("%s has no %q: it has %s", key, name, fieldNames(v.Type())))
		}
		if err := d.assign(field, key+"."+name, i.Value()); err != nil {
			return atLine(i.Key(), err)
		}
	}
	return nil
}
