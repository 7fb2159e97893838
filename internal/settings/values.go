package settings

import "strings"

// Value is a setting and what it is, as YAML has it.
type Value struct{ Key, Text string }

// Values returns all settings of the struct that config points to, in the order of its
// fields; a map counts as one.
func Values(config any) []Value {
	var all []Value
	for _, s := range List(config) {
		v, ok := find(config, s.Key)
		if !ok {
			continue
		}
		text, err := Encode(v.Interface())
		if err != nil {
			continue // what has no YAML is no setting
		}
		all = append(all, Value{s.Key, strings.TrimSpace(string(text))})
	}
	return all
}
