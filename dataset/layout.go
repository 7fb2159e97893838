package dataset

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/tree"
)

// layout is a convention for the names of the arrays in a file. A key is the
// split's name and one of these suffixes.
type layout struct {
	name         string
	encod, recon string
	whole        string // key of an array that is no split's: the test split's spikes; "": none
}

// layouts are those that Load knows; the first is the one that Write writes.
var layouts = []layout{
	{name: "lfads-torch", encod: "_encod_data", recon: "_recon_data"},
	{name: "autolfads-tf2", encod: "_data", recon: "_data"},
}

// splitNames are the words that keys begin with.
var splitNames = []string{"train", "valid", "test"}

// keysOf returns the keys of a split's spikes.
func (l *layout) keysOf(split string) (encod, recon string) {
	if l.whole != "" && split == "test" {
		return l.whole, l.whole
	}
	return split + l.encod, split + l.recon
}

// Suffixes that all layouts share.
const (
	suffixExternal = "_ext_input"
	suffixTruth    = "_truth"
	suffixLatents  = "_lowd"
	suffixBehavior = "_behavior"
	suffixTrialIDs = "_inds"
	suffixMask     = "_decode_mask"
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

// findLayout recognises the layout of a file by its keys. For spikes alone any
// split is enough, and an array without a split is a layout, too.
func findLayout(g tree.Group, alone bool) (*layout, error) {
	var near string
	for i := range layouts {
		l := &layouts[i]
		var missing []string
		for _, key := range l.required() {
			if !g.Has(key) {
				missing = append(missing, key)
			}
		}
		if len(missing) == 0 || alone && l.anySplit(g) {
			return l, nil
		}
		if len(missing) < len(l.required()) {
			near += fmt.Sprintf("; for layout %s it lacks %s", l.name, strings.Join(missing, ", "))
		}
	}
	if l := wholeArray(g); alone && l != nil {
		return l, nil
	}
	return nil, fmt.Errorf("no known layout: the file has %s%s%s. Known layouts: %s", keyList(g.Keys()), near, nextStep(g), known())
}

func (l *layout) anySplit(g tree.Group) bool {
	return slices.ContainsFunc(splitNames, func(s string) bool { return g.Has(s + l.encod) })
}

// wholeArray is the layout of a file with one array of spikes that is no
// split's: one of a name in use, or the only one of three axes. nil: there is
// none.
func wholeArray(g tree.Group) *layout {
	var found []string
	for _, key := range g.Keys() {
		if a, err := tree.ArrayAt(g, key); err == nil && len(a.Shape()) == 3 && a.IsNumber() {
			found = append(found, key)
		}
	}
	key := ""
	for _, name := range []string{"spikes", "data", "counts"} {
		if slices.Contains(found, name) {
			key = name
			break
		}
	}
	if key == "" && len(found) == 1 {
		key = found[0]
	}
	if key == "" {
		return nil
	}
	return &layout{name: "one array", encod: "_" + key, recon: "_" + key, whole: key}
}

// nextStep says what to do about a file that nearly has a layout; "" if there
// is nothing to say.
func nextStep(g tree.Group) string {
	wanted := map[string]bool{}
	for i := range layouts {
		for _, key := range layouts[i].required() {
			wanted[key] = true
		}
	}
	for _, key := range g.Keys() {
		if lower := strings.ToLower(key); lower != key && wanted[lower] {
			return fmt.Sprintf("; keys are lower case: rename %s to %s, and so on", key, lower)
		}
		inner, err := tree.GroupAt(g, key)
		if err == nil && slices.ContainsFunc(inner.Keys(), func(k string) bool { return wanted[k] }) {
			return fmt.Sprintf("; the arrays stand in group %s: they must stand at the top of the file", key)
		}
	}
	switch l := wholeArray(g); {
	case g.Has("train_encod_data") && !g.Has("train_recon_data"):
		return "; where nothing is held out, store the same array under both names"
	case l != nil:
		return fmt.Sprintf("; %s must be split into trials to train on and trials to validate with; `autolfads infer` reads it as it is", l.whole)
	}
	return ""
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
	if key == keyConversion || key == attrBinWidth || key == l.whole {
		return true
	}
	for _, split := range splitNames {
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
