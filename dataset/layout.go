package dataset

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/tree"
)

// ErrLayout: a file's keys are those of no known layout.
var ErrLayout = errors.New("no known layout")

// layout is a convention for the names of the arrays in a file. A key is the
// split's name, or a word for it, and one of these suffixes.
type layout struct {
	name         string
	encod, recon string
	benchmark    bool              // recon is what is held out: see benchmark.go
	whole        string            // key of an array that is no split's: see plain.go; "": none
	words        map[string]string // what keys begin with instead of a split's name
	beside       map[string]string // keys of what goes with an array that is no split's, by suffix
}

// layouts are those that Load knows; the first is the one that Write writes.
var layouts = []layout{
	{name: "lfads-torch", encod: "_encod_data", recon: "_recon_data"},
	{name: "autolfads-tf2", encod: "_data", recon: "_data"},
	{name: "Neural Latents Benchmark", encod: "_spikes_heldin", recon: "_spikes_heldout", benchmark: true},
}

// splitNames are the words that keys begin with.
var splitNames = []string{"train", "valid", "test"}

// keysOf returns the keys of a split's spikes.
func (l *layout) keysOf(split string) (encod, recon string) {
	switch {
	case l.whole != "" && split == "test":
		return l.whole, l.whole
	case l.whole != "":
		key := split + " trials of " + l.whole
		return key, key
	case l.benchmark:
		encod = l.key(split, l.encod)
		return encod, encod + " with what is held out"
	}
	return split + l.encod, split + l.recon
}

// key returns the key of what goes with a split's spikes.
func (l *layout) key(split, suffix string) string {
	if key, ok := l.beside[suffix]; ok {
		return key
	}
	if word, ok := l.words[split]; ok {
		return word + suffix
	}
	return split + suffix
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
	if l.benchmark {
		return []string{"train" + l.encod}
	}
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
	if key := outputOf(g); key != "" {
		return nil, fmt.Errorf("it has %s: rates that a model gave, not spikes; its attributes or its name say which data they are of", key)
	}
	if l := wholeArray(g, alone); l != nil {
		return l, nil
	}
	return nil, fmt.Errorf("%w: the file has %s%s%s. Known layouts: %s", ErrLayout, keyList(g.Keys()), near, nextStep(g), known())
}

// outputOf returns the key by which a file is one of a model's outputs; "": it is
// none.
func outputOf(g tree.Group) string {
	for _, split := range splitNames {
		if key := split + "_output_params"; g.Has(key) {
			return key
		}
	}
	return ""
}

// HasLayout reports whether a file has, by its keys, the layout of binned spikes with
// splits, at its top or in groups as the Neural Latents Benchmark has them, or is one of
// a model's outputs: then its arrays are no times of spikes and no signals, whatever
// their shapes.
func HasLayout(g tree.Group) bool {
	for i := range layouts {
		if layouts[i].anySplit(g) {
			return true
		}
	}
	return len(benchmarkGroups(g)) > 0 || outputOf(g) != ""
}

func (l *layout) anySplit(g tree.Group) bool {
	words := splitNames
	if l.benchmark {
		words = benchmarkWords
	}
	return slices.ContainsFunc(words, func(s string) bool { return g.Has(s + l.encod) })
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
			return fmt.Sprintf("; the arrays stand in group %s: they must stand at the top of the file, or give --data-group %s (data.group)", key, key)
		}
	}
	switch l := wholeArray(g, true); {
	case longRecording(g) != "":
		return longRecording(g)
	case g.Has("train_encod_data") && !g.Has("train_recon_data"):
		return "; where nothing is held out, store the same array under both names"
	case l != nil:
		return fmt.Sprintf("; %s has one trial, and there must be some to train on and some to validate with; `autolfads infer` reads it as it is", l.whole)
	}
	return ""
}

// mostKeys is how many keys a refusal lists.
const mostKeys = 20

func keyList(keys []string) string {
	if len(keys) == 0 {
		return "no keys"
	}
	if n := len(keys); n > mostKeys {
		return fmt.Sprintf("%d keys: %s, ...", n, strings.Join(keys[:mostKeys], ", "))
	}
	return "keys " + strings.Join(keys, ", ")
}

func known() string {
	parts := make([]string, len(layouts))
	for i := range layouts {
		parts[i] = layouts[i].name + " (" + strings.Join(layouts[i].required(), ", ") + ")"
	}
	return strings.Join(parts, "; ") + "; one array of trials x bins x neurons (spikes)"
}
