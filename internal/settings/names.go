package settings

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// elsewhere are groups that settings lie in elsewhere (lfads-torch's
// configuration files); a name inside them is one of ours or unknown.
var elsewhere = []string{"datamodule", "trainer"}

func isElsewhere(group string) bool { return slices.Contains(elsewhere, strings.ToLower(group)) }

// Key returns the key of the setting that name means: name itself, or the one
// setting whose last part it is, or that is known by it elsewhere. The group
// in front may be missing or another one, capitals and dots or _ between words
// make no difference: gen_dim, model.gen_dim and MODEL.GEN_DIM all are
// model.generator_dim, TRAIN.LR.INIT is train.learning_rate. Entries of a map
// have keys of settings for names.
func Key(config any, name string) (string, error) {
	all := List(config)
	for _, s := range all {
		if name == s.Key {
			return name, nil
		}
		if inner, ok := strings.CutPrefix(name, s.Key+"."); ok {
			return entryKey(config, s.Key, inner)
		}
	}
	switch found := called(all, name); len(found) {
	case 0:
		return "", unknownKey(config, name)
	case 1:
		return found[0], nil
	default:
		return "", fmt.Errorf("%s may be %s: give one of these", name, strings.Join(found, " or "))
	}
}

// entryKey returns the key of an entry, or of a field of one, of the map at key.
func entryKey(config any, key, path string) (string, error) {
	m, _ := find(config, key)
	if names, ok := m.Interface().(Named); ok {
		return key + "." + path, names.CheckName(path)
	}
	if m.Kind() != reflect.Map || m.Type().Elem().Kind() != reflect.Struct {
		return "", unknownKey(config, key+"."+path)
	}
	name, field := splitEntry(m.Type(), path)
	entry, err := Key(config, name)
	if err != nil {
		return "", fmt.Errorf("%s: %w", key, err)
	}
	if field != "" {
		entry += "." + field
	}
	return key + "." + entry, nil
}

// Named is a map of single settings by names of its own, which it knows.
type Named interface{ CheckName(name string) error }

// called returns the keys of the settings that name may mean.
func called(all []Setting, name string) []string {
	parts := strings.Split(strings.ToLower(strings.ReplaceAll(name, "-", "_")), ".")
	for n := len(parts); n > 0; n-- {
		group, word := parts[:len(parts)-n], strings.Join(parts[len(parts)-n:], "_")
		found := named(all, word)
		if len(found) == 0 || len(group) > 0 && !isElsewhere(group[0]) && !isGroup(all, group[0]) {
			continue
		}
		if len(found) > 1 && len(group) > 0 {
			if here := slices.DeleteFunc(slices.Clone(found), func(k string) bool { return groupOf(k) != group[0] }); len(here) == 1 {
				return here
			}
		}
		return found
	}
	return nil
}

// named returns the keys of all settings whose last part is word or that are
// known by it.
func named(all []Setting, word string) []string {
	var found []string
	for _, s := range all {
		if last(s.Key) == word || slices.Contains(s.Known, word) {
			found = append(found, s.Key)
		}
	}
	return found
}

func isGroup(all []Setting, name string) bool {
	return slices.ContainsFunc(all, func(s Setting) bool { return groupOf(s.Key) == name })
}

// last is the part of a key behind its group.
func last(key string) string { return key[strings.LastIndex(key, ".")+1:] }

// groupOf is the first part of a key that has several.
func groupOf(key string) string {
	group, _, ok := strings.Cut(key, ".")
	if !ok {
		return ""
	}
	return group
}
