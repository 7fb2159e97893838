package ingest

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// namedArrays are files of arrays with names, in HDF5, MATLAB or NPZ. No standard
// says how they hold spikes; those in use are told apart by names and shapes:
//
//	spike_times, spike_clusters      a time and a unit for each spike (arrays_pairs.go)
//	spikes (n x 2), or a table       the same as two columns
//	spike_times, spike_times_index   unit after unit, with where each ends (arrays_units.go)
//	spikes: cells                    an array of times for each unit, or channel x unit
//	spikes: a group or struct        an array of times for each unit, by its name
//	spikes (units x times)           the same, filled up with NaN or zeros (arrays_padded.go)
//	trial(i).spikes                  the same trial by trial (arrays_bytrial.go)
//
// Beside them stand trials (a group, struct or table of columns, or arrays whose
// names begin with trials_: arrays_trials.go) and streams (an array with a clock
// or a rate: arrays_streams.go).
type namedArrays struct{}

func (namedArrays) Title() string { return "named arrays of spike times (HDF5, MATLAB, NPZ)" }

// signatures are how files begin that package tree opens.
var signatures = [][]byte{[]byte("\x89HDF\r\n\x1a\n"), []byte("PK\x03\x04"), []byte("\x93NUMPY"), []byte("MATLAB ")}

func (namedArrays) Recognise(c *Candidate) bool {
	f := openArrays(c)
	if f == nil {
		return false
	}
	defer f.Close()
	return !dataset.HasLayout(f.Root()) && holdsSpikes(newLookup(f.Root()))
}

// openArrays opens a file of named arrays; nil if it is none.
func openArrays(c *Candidate) *tree.File {
	if c.IsDir || !slices.ContainsFunc(signatures, func(s []byte) bool { return bytes.HasPrefix(c.Head, s) }) && !isMATLAB4(c) {
		return nil
	}
	f, err := tree.Open(c.Path)
	if err != nil {
		return nil
	}
	return f
}

// isMATLAB4 reports whether a file is one of MATLAB by its name, for the oldest
// ones begin with no signature.
func isMATLAB4(c *Candidate) bool { return strings.HasSuffix(strings.ToLower(c.Path), ".mat") }

func (namedArrays) Open(c *Candidate, o Options) (*dataset.Recording, error) {
	f, err := tree.Open(c.Path)
	if err != nil {
		return nil, err
	}
	r, err := readArrays(f, c.Size, o)
	if err != nil {
		f.Close()
		return nil, err
	}
	r.Closer = f
	return r, nil
}

func readArrays(f *tree.File, size int64, o Options) (*dataset.Recording, error) {
	a := &arrays{r: &dataset.Recording{}, options: o, used: map[string]bool{}, size: size}
	root := newLookup(f.Root())
	if err := a.units(root); err != nil {
		return nil, err
	}
	a.unitColumns(root)
	for _, g := range places(root) {
		if err := a.trials(g); err != nil {
			return nil, err
		}
	}
	if err := a.bareTrials(root); err != nil {
		return nil, err
	}
	for _, g := range places(root) {
		a.streams(g)
	}
	a.reaching()
	a.attributes(root)
	a.unread(root)
	return a.r, nil
}

// unread notes what no part of the recording is made of.
func (a *arrays) unread(root tree.Group) {
	used := slices.Sorted(maps.Keys(a.used))
	var keys []string
	for _, key := range root.Keys() {
		if !strings.HasPrefix(key, "#") && !isUsed(used, nodePath(root, key)) {
			keys = append(keys, key)
		}
	}
	if len(keys) > 0 {
		a.note("not read: %s", someOf(keys))
	}
}

// isUsed reports whether a path, or one of something in it, is among sorted ones. What
// cannot be opened has none.
func isUsed(used []string, path string) bool {
	if path == "" {
		return false
	}
	for _, within := range []string{path + "/", path + "."} {
		if i, _ := slices.BinarySearch(used, within); i < len(used) && strings.HasPrefix(used[i], within) {
			return true
		}
	}
	_, is := slices.BinarySearch(used, path)
	return is
}

// arrays reads one file of named arrays.
type arrays struct {
	r       *dataset.Recording
	options Options
	used    map[string]bool // paths of the nodes that are read
	looking bool            // units are looked for, not read
	size    int64           // bytes of the file

	perSecond float64 // how many of the unit of spike times make a second; 0: not known yet
}

func (a *arrays) note(format string, args ...any) {
	a.r.Notes = append(a.r.Notes, fmt.Sprintf(format, args...))
}

// attributes takes over words and numbers of the file's top.
func (a *arrays) attributes(root tree.Group) {
	attrs, err := root.Attrs()
	if err != nil {
		a.note("the file's attributes are not used: %v", err)
		return
	}
	for _, attr := range attrs {
		if text, ok := attributeText(attr); ok {
			a.r.Attributes = append(a.r.Attributes, dataset.Attribute{Name: attr.Name(), Value: text})
		}
	}
}

func attributeText(attr tree.Attribute) (string, bool) {
	if attr.IsText() {
		words, err := attr.Strings()
		return strings.Join(words, ", "), err == nil
	}
	if !attr.IsNumber() {
		return "", false
	}
	numbers, err := attr.Float64s()
	words := make([]string, len(numbers))
	for i, v := range numbers {
		words[i] = fmt.Sprintf("%.10g", v)
	}
	return strings.Join(words, ", "), err == nil
}
