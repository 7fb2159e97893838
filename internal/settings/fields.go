package settings

import (
	"fmt"
	"math"
	"reflect"
	"strings"
)

// Setting is what the tags of a field say.
type Setting struct {
	Key    string
	Known  []string // names it has elsewhere
	Search string   // its search tag
	Type   string   // of its values in Go
	Whole  bool     // it takes whole numbers alone
}

// List returns all settings of the struct that config points to, in the order
// of its fields; a map counts as one.
func List(config any) []Setting {
	var all []Setting
	var walk func(t reflect.Type, prefix string)
	walk = func(t reflect.Type, prefix string) {
		for i := range t.NumField() {
			f := t.Field(i)
			switch key := prefix + tag(f); {
			case !f.IsExported():
			case f.Type.Kind() == reflect.Struct:
				walk(f.Type, key+".")
			default:
				all = append(all, Setting{
					Key: key, Known: listed(f.Tag.Get("known")), Search: f.Tag.Get("search"), Type: f.Type.String(),
					Whole: reflect.Zero(f.Type).CanInt() || reflect.Zero(f.Type).CanUint(),
				})
			}
		}
	}
	walk(reflect.TypeOf(config).Elem(), "")
	return all
}

// listed splits the text of a tag; "" has no parts.
func listed(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' })
}

// tag returns a field's name in the configuration.
func tag(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	if name == "" {
		return strings.ToLower(f.Name)
	}
	return name
}

// child returns the field of struct v that begins path, and the path inside it.
func child(v reflect.Value, path string) (field reflect.Value, rest string, ok bool) {
	head, rest, _ := strings.Cut(path, ".")
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() && tag(f) == head {
			return v.Field(i), rest, true
		}
	}
	return reflect.Value{}, "", false
}

// find returns the field at key, which is no entry of a map.
func find(config any, key string) (reflect.Value, bool) {
	v, rest, ok := reflect.ValueOf(config).Elem(), key, true
	for ok && rest != "" && v.Kind() == reflect.Struct {
		v, rest, ok = child(v, rest)
	}
	return v, ok && rest == ""
}

// leaf returns the field at key, if that is a single setting.
func leaf(config any, key string) (reflect.Value, error) {
	v, ok := find(config, key)
	if !ok || v.Kind() == reflect.Struct {
		return v, unknownKey(config, key)
	}
	return v, nil
}

// SetFloat gives the number at key the value v.
func SetFloat(config any, key string, v float64) error {
	field, err := leaf(config, key)
	if err != nil {
		return err
	}
	switch {
	case field.CanFloat():
		field.SetFloat(v)
	case field.CanInt() && v == math.Trunc(v) && math.Abs(v) < 1<<53:
		field.SetInt(int64(v))
	case field.CanInt():
		return fmt.Errorf("%s is a whole number: it cannot become %v", key, v)
	default:
		return fmt.Errorf("%s is not a number", key)
	}
	return nil
}

// Float returns the number at key.
func Float(config any, key string) (float64, error) {
	field, err := leaf(config, key)
	switch {
	case err != nil:
		return 0, err
	case field.CanFloat():
		return field.Float(), nil
	case field.CanInt():
		return float64(field.Int()), nil
	}
	return 0, fmt.Errorf("%s is not a number", key)
}
