package settings

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// Set gives the setting called name (see [Key]) of the struct that config
// points to the value written in text, as `--set name=value` does. An entry of
// a map is set as a YAML mapping ("{low: 0, high: 0.5}", fields not named stay),
// or removed with null; a field of an entry by its own key.
func Set(config any, name, text string) error {
	key, err := Key(config, name)
	if err != nil {
		return err
	}
	d := newDecoder(config)
	return d.change(key, func(v reflect.Value) error { return d.fromText(v, key, text) })
}

// Defaulter is an entry of a map that has defaults for what a new one leaves
// out.
type Defaulter interface{ Defaults() }

// errRemove asks for an entry of a map to be removed.
var errRemove = errors.New("null: only an entry of a map can be removed")

// change finds the place of key and has set change what is there.
func (d *decoder) change(key string, set func(reflect.Value) error) error {
	v, path := reflect.ValueOf(d.config).Elem(), key
	for path != "" && v.Kind() == reflect.Struct {
		field, rest, ok := child(v, path)
		if !ok {
			return unknownKey(d.config, key)
		}
		v, path = field, rest
	}
	switch {
	case path == "":
		return set(v)
	case v.Kind() == reflect.Map:
		return changeEntry(v, path, set)
	}
	return unknownKey(d.config, key)
}

// changeEntry changes the entry of map m that path names, or a field of it.
func changeEntry(m reflect.Value, path string, set func(reflect.Value) error) error {
	name, field := splitEntry(m.Type(), path)
	key := reflect.ValueOf(name).Convert(m.Type().Key())
	entry := reflect.New(m.Type().Elem()).Elem()
	if old := m.MapIndex(key); old.IsValid() {
		entry.Set(old)
	} else if n, ok := entry.Addr().Interface().(Defaulter); ok {
		n.Defaults()
	}
	place := entry
	if field != "" {
		place, _, _ = child(entry, field)
	}
	switch err := set(place); {
	case err == errRemove && field == "":
		entry = reflect.Value{} // as SetMapIndex wants it
	case err != nil:
		return err
	}
	if m.IsNil() {
		m.Set(reflect.MakeMap(m.Type()))
	}
	m.SetMapIndex(key, entry)
	return nil
}

// splitEntry splits a path inside a map of structs into the name of an entry,
// which has dots in it, and a field of the entry, if the last part is one.
func splitEntry(m reflect.Type, path string) (name, field string) {
	dot := strings.LastIndex(path, ".")
	if dot < 0 || m.Elem().Kind() != reflect.Struct {
		return path, ""
	}
	if _, _, ok := child(reflect.Zero(m.Elem()), path[dot+1:]); ok {
		return path[:dot], path[dot+1:]
	}
	return path, ""
}

// fromText sets v, the setting at key, from the text of a command line.
func (d *decoder) fromText(v reflect.Value, key, text string) error {
	if isScalar(v.Type()) {
		return scalar(v, key, strings.TrimSpace(text))
	}
	node, err := parseYAML([]byte(text))
	if err != nil {
		return fmt.Errorf("%s = %q: %w", key, text, err)
	}
	return d.assign(v, key, node)
}
