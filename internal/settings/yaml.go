package settings

import (
	"fmt"
	"reflect"

	"github.com/goccy/go-yaml"
)

// Decode reads YAML into the struct that config points to. What the text does
// not name keeps its value, except that a map that is named is replaced as a
// whole. An unknown or repeated key, or a value of the wrong type, is an error.
func Decode(data []byte, config any) error {
	var tree map[string]any
	if err := decodeYAML(data, &tree); err != nil {
		return err
	}
	v := reflect.ValueOf(config).Elem()
	if err := checkKeys(config, tree, v.Type(), ""); err != nil {
		return err
	}
	clearMaps(v, tree)
	return decodeYAML(data, config)
}

// Glance reads of YAML what target has fields for, and leaves the rest alone.
func Glance(data []byte, target any) error { return yaml.Unmarshal(data, target) }

// Encode writes config as YAML.
func Encode(config any) ([]byte, error) { return yaml.Marshal(config) }

func decodeYAML(data []byte, target any) error {
	if err := yaml.UnmarshalWithOptions(data, target, yaml.Strict()); err != nil {
		return fmt.Errorf("%s", yaml.FormatError(err, false, true))
	}
	return nil
}

// checkKeys reports the first key of tree that type t does not have.
func checkKeys(config any, tree map[string]any, t reflect.Type, prefix string) error {
	if t.Kind() != reflect.Struct {
		return nil
	}
	types := map[string]reflect.Type{}
	for i := range t.NumField() {
		types[tag(t.Field(i))] = t.Field(i).Type
	}
	for name, value := range tree {
		inner, ok := types[name]
		if !ok {
			return unknownKey(config, prefix+name)
		}
		if sub, ok := value.(map[string]any); ok {
			if err := checkKeys(config, sub, inner, prefix+name+"."); err != nil {
				return err
			}
		}
	}
	return nil
}

// clearMaps empties the maps of v that tree names.
func clearMaps(v reflect.Value, tree map[string]any) {
	for name, value := range tree {
		field, _, _ := child(v, name)
		sub, isMapping := value.(map[string]any)
		switch {
		case field.Kind() == reflect.Map:
			field.SetZero()
		case field.Kind() == reflect.Struct && isMapping:
			clearMaps(field, sub)
		}
	}
}
