package dataset

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/tree"
)

// A glance at a file of large arrays holds the first trials of each, and goes once
// through all for what only needs sums: the memory that it takes does not grow with
// the file.
//
// glanceAbove are the numbers in a file's arrays from which on they are not held,
// 128 MiB; a quarter is.
const glanceAbove = 1 << 25

// glanced is a group of large arrays of which only the first trials are seen.
type glanced struct {
	tree.Group
	axes   axes
	show   int            // trials of each split
	trials map[string]int // all that there are, by the word that keys begin with
	values map[string]int // numbers, by key, of arrays of three axes
}

// glanceAt returns the group as a glance sees it; nil if it has fewer numbers than
// above.
func glanceAt(group tree.Group, x axes, above int) *glanced {
	g := &glanced{Group: group, axes: x, trials: map[string]int{}, values: map[string]int{}}
	total, perTrial := 0, 0
	for _, key := range group.Keys() {
		a, err := tree.ArrayAt(group, key)
		if err != nil || len(a.Shape()) != 3 || !a.IsNumber() || a.Fields() != nil {
			continue
		}
		trials, bins, features := x.of(a.Shape())
		g.values[key] = length(a)
		g.trials[wordOf(key)] = max(g.trials[wordOf(key)], trials)
		total += length(a)
		perTrial += bins * features
	}
	if total < above {
		return nil
	}
	g.show = max(2, above/4/max(1, perTrial))
	return g
}

// wordOf is what a key begins with: a split's word, or any other.
func wordOf(key string) string {
	word, _, _ := strings.Cut(key, "_")
	return word
}

// trialsOf returns how many trials there are of what a key begins with, or of the
// file's largest array, if it has no split.
func (g *glanced) trialsOf(key string) int {
	if n, known := g.trials[wordOf(key)]; known {
		return n
	}
	largest := slices.MaxFunc(g.arrays(), func(a, b string) int { return cmp.Compare(g.values[a], g.values[b]) })
	return g.trials[wordOf(largest)]
}

// arrays are the keys of arrays of three axes.
func (g *glanced) arrays() []string {
	return slices.DeleteFunc(slices.Clone(g.Keys()), func(k string) bool { return g.values[k] == 0 })
}

// ofNeurons are keys of what there is one number a neuron of, not a trial.
var ofNeurons = slices.Concat(namesHeldIn, namesHeldOut, []string{keyFactor, keyOffset})

// Open opens what the group has; of an array with as many trials as its split, the
// first.
func (g *glanced) Open(path string) (tree.Node, error) {
	n, err := g.Group.Open(path)
	a, ok := n.(tree.Array)
	if err != nil || !ok || a.Fields() != nil || slices.Contains(ofNeurons, path) {
		return n, err
	}
	shape := a.Shape()
	axis := 0
	switch {
	case len(shape) == 3:
		axis = g.axes[0]
	case len(shape) == 2 && g.axes[0] > g.axes[1]:
		axis = 1
	case len(shape) == 0 || len(shape) > 3:
		return n, nil
	}
	if shape[axis] != g.trialsOf(path) || shape[axis] <= g.show {
		return n, nil
	}
	start, count := make([]int, len(shape)), slices.Clone(shape)
	count[axis] = g.show
	return a.Slab(start, count)
}

// tally is sums over spikes.
type tally struct {
	sum, squares           float64
	values, zeros, missing int
	counts                 bool // all are whole and not negative
}

func (s *tally) add(rows []float32) {
	for _, v := range rows {
		if v == 0 {
			s.zeros++
		}
		if IsMissing(v) {
			s.missing++
			continue
		}
		s.values++
		s.sum += float64(v)
		s.squares += float64(v) * float64(v)
		s.counts = s.counts && v >= 0 && float64(v) == math.Trunc(float64(v))
	}
}

// whole is what a glance tells of all of a file.
type whole struct {
	tally
	shown  int
	trials map[string]int // of each split
}

// glance goes through all spikes of a file of which d holds the first trials, and
// tells what it saw.
func (l *loader) glance(d *Dataset) error {
	g := l.glanced
	d.whole = &whole{tally: tally{counts: true}, shown: g.show, trials: map[string]int{}}
	keys := l.spikeKeys()
	read, of := int64(0), int64(0)
	for _, key := range keys {
		of += int64(g.values[key])
	}
	for _, key := range keys {
		a, err := tree.ArrayAt(g.Group, key)
		if err != nil {
			return err
		}
		for rows, err := range a.Float32Rows() {
			if err != nil {
				return err
			}
			d.whole.add(rows)
			if read += int64(len(rows)); l.options.Told != nil {
				l.options.Told(read, of)
			}
		}
	}
	for _, s := range d.splits() {
		d.whole.trials[s.name] = g.trialsOf(l.layout.key(s.name, l.layout.encod))
	}
	if by := d.Divided; by != nil && l.divided > 0 {
		valid := len(by.Validation(l.divided))
		d.whole.trials["train"], d.whole.trials["valid"] = l.divided-valid, valid
	}
	if d.whole.counts != firstAreCounts(d) {
		l.notes = append(l.notes, fmt.Sprintf("behind the first %d trials there are spikes that are no counts (negative, or not whole): run refuses them unless the likelihood is for such data", g.show))
	}
	return nil
}

// firstAreCounts reports whether the spikes that are held are counts.
func firstAreCounts(d *Dataset) bool {
	s := tally{counts: true}
	for _, split := range d.splits() {
		s.add(split.counts().Data)
	}
	return s.counts
}

// spikeKeys are the keys of all spikes that are reconstructed, or else read.
func (l *loader) spikeKeys() (keys []string) {
	if l.layout.benchmark {
		for _, key := range l.glanced.arrays() {
			if strings.Contains(key, "_spikes_held") {
				keys = append(keys, key)
			}
		}
		return keys
	}
	for _, split := range splitNames {
		encod, recon := l.layout.keysOf(split)
		if l.glanced.values[recon] == 0 {
			recon = encod
		}
		if l.glanced.values[recon] > 0 && !slices.Contains(keys, recon) {
			keys = append(keys, recon)
		}
	}
	return keys
}

// Glance says what a summary is of, if the file was glanced at; "": all of it.
func (d *Dataset) Glance() string {
	if d.whole == nil {
		return ""
	}
	of := "all of it"
	if d.Drawn != nil {
		of += ", also of the neurons set aside"
	}
	return fmt.Sprintf("a large file: trials, rates and zeros are of %s; warnings and what is missing are of the first %d trials of each array; run looks at all", of, d.whole.shown)
}
