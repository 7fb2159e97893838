package settings

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"time"

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
		return nil // decodeYAML checks entries of maps and lists
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
		if want := wanted(value, inner); want != "" {
			return fmt.Errorf("%s is %s: want %s", prefix+name, shown(value), want)
		}
	}
	return nil
}

// wanted says what a setting of type t should have been; "" if value will do.
func wanted(value any, t reflect.Type) string {
	if text, ok := value.(string); ok {
		// 1e-5 is a word to YAML and a number to people.
		if x, err := strconv.ParseFloat(text, 64); err == nil {
			value = x
		}
	}
	v := reflect.ValueOf(value)
	whole := v.IsValid() && (v.CanInt() || v.CanUint() || v.CanFloat() && v.Float() == math.Trunc(v.Float()))
	switch k := t.Kind(); {
	case t == reflect.TypeFor[time.Duration]():
		return "" // decodeYAML knows
	case k == reflect.Struct && v.IsValid() && v.Kind() != reflect.Map: // a group without settings may be there
		return "a group of settings below it"
	case reflect.Zero(t).CanInt() || reflect.Zero(t).CanUint():
		return unless(whole, "a whole number, for example 10")
	case reflect.Zero(t).CanFloat():
		return unless(whole || v.IsValid() && v.CanFloat(), "a number, for example 0.5")
	case k == reflect.Bool:
		return unless(v.Kind() == reflect.Bool, "true or false")
	case k == reflect.String:
		return unless(v.IsValid() && v.Kind() != reflect.Map && v.Kind() != reflect.Slice, "a word")
	}
	return ""
}

func unless(ok bool, text string) string {
	if ok {
		return ""
	}
	return text
}

// shown is a value of YAML as an error shows it.
func shown(value any) string {
	switch v := value.(type) {
	case nil:
		return "empty"
	case string:
		return strconv.Quote(v)
	case map[string]any:
		return "a group of settings"
	case []any:
		return "a list"
	}
	return fmt.Sprint(value)
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
