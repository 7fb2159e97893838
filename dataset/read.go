package dataset

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/autolfads/autolfads/internal/memory"
	"github.com/autolfads/autolfads/tree"
)

// split reads the arrays of one split; nil if the file has no such spikes.
// Errors stay in l.err.
func (l *loader) split(name string) *Split {
	encod, recon := l.layout.keysOf(name)
	if !l.group.Has(encod) {
		return nil
	}
	s := &Split{}
	switch s.Recon = l.spikes(recon); {
	case recon != encod && !l.holds(encod, s.Recon):
		s.Encod = l.spikes(encod)
	case recon == encod && l.options.SpikesAlone:
		s.Encod, s.Recon = s.Recon, nil // a model may reconstruct more than it reads
	default:
		s.Encod = s.Recon
	}
	s.External = l.array(name + suffixExternal)
	s.Truth = l.array(name + suffixTruth)
	s.Latents = l.array(name + suffixLatents)
	s.Behavior = l.behavior(name + suffixBehavior)
	s.TrialIDs = l.ids(name + suffixTrialIDs)
	l.checkMask(name, s)
	return s
}

// checkMask checks that a mask of what is decoded, which nothing reads yet, is
// one of these trials.
func (l *loader) checkMask(name string, s *Split) {
	key := name + suffixMask
	d := l.open(key)
	if d == nil || slices.Contains(d.Shape(), s.Encod.Trials) {
		return
	}
	l.err = fmt.Errorf("%s has shape %v for %d trials: %s", key, d.Shape(), s.Encod.Trials, goWithout)
}

// spikes reads trials x bins x neurons; nil if the file has no such key.
func (l *loader) spikes(key string) *Array {
	d := l.open(key)
	if d == nil {
		return nil
	}
	if shape := d.Shape(); len(shape) != 3 {
		l.err = fmt.Errorf("%s has shape %v: must be trials x bins x neurons; an array of one trial, bin or neuron has an axis of length 1, and trials that were joined one behind the other must be cut apart", key, shape)
		return nil
	}
	return l.read(key, d)
}

// holds reports whether the array at key is a, which has been read: then it is
// not held twice.
func (l *loader) holds(key string, a *Array) bool {
	d := l.open(key)
	if d == nil || a == nil || l.axes != usualAxes || !slices.Equal(d.Shape(), []int{a.Trials, a.Bins, a.Features}) {
		return false
	}
	at := 0
	for rows, err := range d.Float32Rows() {
		if err != nil || !alike(rows, a.Data[at:]) {
			return false // an error comes again when it is read
		}
		at += len(rows)
	}
	return true
}

// array reads what goes with the spikes, trials x bins x features, or trials x
// bins if it is one feature; nil if the file has no such key.
func (l *loader) array(key string) *Array {
	d := l.open(key)
	if d == nil {
		return nil
	}
	if shape := d.Shape(); len(shape) != 2 && len(shape) != 3 {
		l.err = fmt.Errorf("%s has shape %v: must be trials x bins x features; %s", key, shape, goWithout)
		return nil
	}
	a := l.read(key, d)
	if l.err != nil {
		l.err = fmt.Errorf("%w; %s", l.err, goWithout)
	}
	return a
}

// read reads an array of two or three axes.
func (l *loader) read(key string, d tree.Array) *Array {
	if l.err = fits(key, d.Shape(), memory.Available); l.err != nil {
		return nil
	}
	var values []float32
	if values, l.err = d.Float32s(); l.err != nil {
		return nil
	}
	a := l.axes.arrange(values, d.Shape())
	l.flat[a] = len(d.Shape()) == 2
	return a
}

// fits returns an error if the numbers of an array will not fit in the memory
// that is available, if that is known.
func fits(name string, shape []int, memory func() (available int64, limit string, known bool)) error {
	need := 4. // bytes of a float32; a float64, for no product of lengths is too large for it
	for _, length := range shape {
		need *= float64(length)
	}
	if need < 1<<28 {
		return nil // to ask costs more than to try
	}
	if available, limit, known := memory(); known && need > float64(available) {
		return fmt.Errorf("%s of shape %v takes %.1f GiB of memory and %.1f GiB are %s: take a larger machine, or a file of fewer trials or wider bins",
			name, shape, need/(1<<30), float64(available)/(1<<30), limit)
	}
	return nil
}

// ids reads the trials' places in the recording. What cannot be read as whole
// numbers is noted and left out: no model needs it.
func (l *loader) ids(key string) []int64 {
	d := l.open(key)
	if d == nil {
		return nil
	}
	v, err := d.Int64s()
	if err != nil {
		l.notes = append(l.notes, fmt.Sprintf("%s is not used: %v", key, err))
		return nil
	}
	return v
}

// open returns nil if there is no such key, or after an error.
func (l *loader) open(key string) tree.Array {
	if l.err != nil || !l.group.Has(key) {
		return nil
	}
	if _, err := tree.GroupAt(l.group, key); err == nil {
		l.err = fmt.Errorf("%s is a group: it must be one array of trials x bins x neurons (trials of unequal length must be cut, or padded with bins to cut later)", key)
		return nil
	}
	d, err := tree.ArrayAt(l.group, key)
	l.err = err
	return d
}

// conditions reads the conditions of all splits. Whole numbers stay as they
// are; words and other numbers become their places in sorted order, the same in
// all splits.
func (l *loader) conditions(d *Dataset) {
	words := map[*Split][]string{}
	var all []string
	for _, s := range d.splits() {
		for _, suffix := range suffixesCondition {
			if s.Condition == nil && words[s.Split] == nil {
				s.Condition, words[s.Split] = l.condition(s.name + suffix)
			}
		}
		all = append(all, words[s.Split]...)
	}
	if len(all) == 0 {
		return
	}
	for _, s := range d.splits() { // numbers of one split beside words of another
		for _, c := range s.Condition {
			words[s.Split] = append(words[s.Split], strconv.FormatInt(c, 10))
		}
		all = append(all, words[s.Split]...)
	}
	slices.Sort(all)
	d.Conditions = slices.Compact(all)
	for _, s := range d.splits() {
		if w := words[s.Split]; w != nil {
			s.Condition = placesOf(w, d.Conditions)
		}
	}
}

func placesOf(words, sorted []string) []int64 {
	places := make([]int64, len(words))
	for i, w := range words {
		p, _ := slices.BinarySearch(sorted, w)
		places[i] = int64(p)
	}
	return places
}

// condition reads one number or word per trial. What is neither is noted and
// left out.
func (l *loader) condition(key string) ([]int64, []string) {
	d := l.open(key)
	if d == nil {
		return nil, nil
	}
	if d.IsText() {
		words, err := d.Strings()
		return nil, noted(l, key, words, err)
	}
	if whole, err := d.Int64s(); err == nil {
		return whole, nil
	}
	values, err := d.Float64s()
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = strconv.FormatFloat(v, 'g', -1, 64)
	}
	return nil, noted(l, key, words, err)
}

// noted returns v, or notes the error that it is left out for.
func noted(l *loader, key string, v []string, err error) []string {
	if err == nil {
		return v
	}
	l.notes = append(l.notes, fmt.Sprintf("%s is not used: %v", key, err))
	return nil
}

// ConditionName returns the file's word for a condition.
func (d *Dataset) ConditionName(c int64) string {
	if c >= 0 && c < int64(len(d.Conditions)) {
		return d.Conditions[c]
	}
	return strconv.FormatInt(c, 10)
}
