package dataset

import (
	"fmt"
	"slices"

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
	l.besideSpikes(name, s)
	return s
}

// besideSpikes reads what goes with a split's spikes.
func (l *loader) besideSpikes(name string, s *Split) {
	if l.err != nil {
		return
	}
	key := func(suffix string) string { return l.layout.key(name, suffix) }
	s.External = l.array(key(suffixExternal))
	l.aside(name, s)
	s.Truth = l.array(key(suffixTruth))
	s.Latents = l.array(key(suffixLatents))
	if s.Behavior = l.behavior(key(suffixBehavior)); s.Behavior != nil && l.layout.benchmark && l.flat[s.Behavior] && s.Behavior.Bins != s.Encod.Bins {
		l.notes = append(l.notes, fmt.Sprintf("%s has one row a trial, not one a bin: it is not used", key(suffixBehavior)))
		s.Behavior = nil
	}
	s.TrialIDs = l.ids(key(suffixTrialIDs))
	s.Condition, s.words = l.conditionOf(name, s.Encod.Trials)
	s.DecodeMask = l.mask(key(suffixMask), s.Encod.Trials)
}

// mask reads which trials, or bins of trials, are decoded, a feature a mask.
func (l *loader) mask(key string, trials int) *Array {
	d := l.open(key)
	if d == nil {
		return nil
	}
	shape := d.Shape()
	if !slices.Contains(shape, trials) {
		l.err = fmt.Errorf("%s has shape %v for %d trials: %s", key, shape, trials, goWithout)
		return nil
	}
	marks, err := d.Float32s()
	if err != nil || shape[0] != trials || len(shape) > 3 {
		l.notes = append(l.notes, fmt.Sprintf("%s has shape %v of %s for %d trials, must be trials x masks: it is not used", key, shape, d.Type(), trials))
		return nil
	}
	a := &Array{Trials: trials, Bins: 1, Features: 1, Data: marks}
	if len(shape) == 3 {
		a.Bins = shape[1]
	}
	if len(shape) > 1 {
		a.Features = shape[len(shape)-1]
	}
	return a
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
	if values, l.err = l.numbersIn(d); l.err != nil {
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
	d := l.beside(key)
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
