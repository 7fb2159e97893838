package settings

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Set gives the field at key of the struct that config points to the value
// written in text, as `--set key=value` does. An entry of a map is set as a
// YAML mapping ("{low: 0, high: 0.5}", fields not named stay), or removed with
// null; a field of an existing entry by its own key.
func Set(config any, key, text string) error {
	err := set(reflect.ValueOf(config).Elem(), key, text)
	if err == errUnknown {
		return unknownKey(config, key)
	}
	if err != nil {
		return fmt.Errorf("%s = %q: %w", key, text, err)
	}
	return nil
}

// SetFloat gives the number at key the value v.
func SetFloat(config any, key string, v float64) error {
	field, err := find(config, key)
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
	field, err := find(config, key)
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

// Keys returns all keys of the struct that config points to, in the order of
// its fields; a map counts as one.
func Keys(config any) []string {
	var keys []string
	var walk func(t reflect.Type, prefix string)
	walk = func(t reflect.Type, prefix string) {
		for i := range t.NumField() {
			f := t.Field(i)
			key := prefix + tag(f)
			if f.Type.Kind() == reflect.Struct {
				walk(f.Type, key+".")
			} else {
				keys = append(keys, key)
			}
		}
	}
	walk(reflect.TypeOf(config).Elem(), "")
	return keys
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
		if tag(v.Type().Field(i)) == head {
			return v.Field(i), rest, true
		}
	}
	return reflect.Value{}, "", false
}

// find returns the leaf at key.
func find(config any, key string) (reflect.Value, error) {
	v, rest, ok := reflect.ValueOf(config).Elem(), key, true
	for ok && v.Kind() == reflect.Struct {
		v, rest, ok = child(v, rest)
	}
	if !ok || rest != "" {
		return v, unknownKey(config, key)
	}
	return v, nil
}

func set(v reflect.Value, path, text string) error {
	switch {
	case v.Kind() == reflect.Struct:
		field, rest, ok := child(v, path)
		if !ok {
			return errUnknown
		}
		return set(field, rest, text)
	case v.Kind() == reflect.Map && path != "":
		return setEntry(v, path, text)
	case path != "":
		return errUnknown
	}
	return parse(v, text)
}

// setEntry sets the entry of map m that path names, or a field of it. The
// names of entries have dots in them.
func setEntry(m reflect.Value, path, text string) error {
	name, rest := path, ""
	for _, k := range m.MapKeys() {
		if inner, ok := strings.CutPrefix(path, k.String()+"."); ok {
			name, rest = k.String(), inner
		}
	}
	key := reflect.ValueOf(name).Convert(m.Type().Key())
	if rest == "" && text == "null" {
		m.SetMapIndex(key, reflect.Value{})
		return nil
	}
	entry := reflect.New(m.Type().Elem()).Elem()
	if old := m.MapIndex(key); old.IsValid() {
		entry.Set(old)
	}
	assign := parse
	if rest != "" {
		assign = func(v reflect.Value, text string) error { return set(v, rest, text) }
	}
	if err := assign(entry, text); err != nil {
		return err
	}
	if m.IsNil() {
		m.Set(reflect.MakeMap(m.Type()))
	}
	m.SetMapIndex(key, entry)
	return nil
}

// parse sets v from text.
func parse(v reflect.Value, text string) (err error) {
	switch {
	case v.Type() == reflect.TypeFor[time.Duration]():
		var d time.Duration
		d, err = time.ParseDuration(text)
		v.SetInt(int64(d))
	case v.CanFloat():
		var x float64
		x, err = strconv.ParseFloat(text, v.Type().Bits())
		v.SetFloat(x)
	case v.CanInt():
		var n int64
		n, err = strconv.ParseInt(text, 10, v.Type().Bits())
		v.SetInt(n)
	case v.CanUint():
		var n uint64
		n, err = strconv.ParseUint(text, 10, v.Type().Bits())
		v.SetUint(n)
	case v.Kind() == reflect.Bool:
		var b bool
		b, err = strconv.ParseBool(text)
		v.SetBool(b)
	case v.Kind() == reflect.String:
		v.SetString(text)
	default:
		return decodeYAML([]byte(text), v.Addr().Interface())
	}
	if err != nil {
		return fmt.Errorf("want a value like %v", example(v))
	}
	return nil
}

func example(v reflect.Value) string {
	switch {
	case v.Type() == reflect.TypeFor[time.Duration]():
		return "10ms"
	case v.CanFloat():
		return "0.5"
	case v.Kind() == reflect.Bool:
		return "true"
	}
	return "10"
}
