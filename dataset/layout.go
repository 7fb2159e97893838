package dataset

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/hdf5"
)

// layout is a convention for the names of the arrays in a file. A key is the
// split's name and one of these suffixes.
type layout struct {
	name         string
	encod, recon string
}

// layouts are those that Load knows; the first is the one that Write writes.
var layouts = []layout{
	{"lfads-torch", "_encod_data", "_recon_data"},
	{"autolfads-tf2", "_data", "_data"},
}

// Suffixes that all layouts share.
const (
	suffixExternal = "_ext_input"
	suffixTruth    = "_truth"
	suffixLatents  = "_lowd"
	suffixBehavior = "_behavior"
	suffixTrialIDs = "_inds"
)

// suffixesCondition are the spellings in use.
var suffixesCondition = []string{"_condition", "_conditions"}

const (
	keyConversion = "conversion_factor" // counts per bin = truth / this
	attrBinWidth  = "bin_width_ms"
)

// required are the keys without which a file is not of this layout.
func (l *layout) required() []string {
	keys := []string{"train" + l.encod, "train" + l.recon, "valid" + l.encod, "valid" + l.recon}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// findLayout recognises the layout of a file by its keys.
func findLayout(g *hdf5.Group) (*layout, error) {
	var near string
	for i := range layouts {
		l := &layouts[i]
		var missing []string
		for _, key := range l.required() {
			if !g.Has(key) {
				missing = append(missing, key)
			}
		}
		if len(missing) == 0 {
			return l, nil
		}
		if len(missing) < len(l.required()) {
			near += fmt.Sprintf("; for layout %s it lacks %s", l.name, strings.Join(missing, ", "))
		}
	}
	return nil, fmt.Errorf("no known layout: the file has %s%s. Known layouts: %s", keyList(g.Keys()), near, known())
}

func keyList(keys []string) string {
	if len(keys) == 0 {
		return "no keys"
	}
	return "keys " + strings.Join(keys, ", ")
}

func known() string {
	parts := make([]string, len(layouts))
	for i := range layouts {
		parts[i] = layouts[i].name + " (" + strings.Join(layouts[i].required(), ", ") + ")"
	}
	return strings.Join(parts, "; ")
}

// isRead reports whether Load has a field for a key.
func (l *layout) isRead(key string) bool {
	if key == keyConversion {
		return true
	}
	for _, split := range []string{"train", "valid", "test"} {
		suffix, ok := strings.CutPrefix(key, split)
		if !ok {
			continue
		}
		read := append([]string{
			l.encod, l.recon, suffixExternal, suffixTruth, suffixLatents, suffixBehavior, suffixTrialIDs,
		}, suffixesCondition...)
		return slices.Contains(read, suffix)
	}
	return false
}
