package dataset

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/tree"
)

// wholeArray is the layout of a file with one array of spikes that is no split's:
// one of a name in use, or the only one of three axes. For spikes alone it is the
// test split; else its trials are divided, which takes two. nil: there is none.
func wholeArray(g tree.Group, alone bool) *layout {
	var found []string
	for _, key := range g.Keys() {
		if a, err := tree.ArrayAt(g, key); err == nil && len(a.Shape()) == 3 && a.IsNumber() && (alone || dividable(key, a)) {
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

// longRecording says what to do about one long recording of bins x neurons; "" if
// there is none.
func longRecording(g tree.Group) string {
	for _, name := range []string{"spikes", "data", "counts"} {
		if a, err := tree.ArrayAt(g, name); err == nil && len(a.Shape()) == 2 && a.IsNumber() {
			return fmt.Sprintf("; %s has shape %v, which is one long recording of bins x neurons: it must be cut into trials, to trials x bins x neurons", name, a.Shape())
		}
	}
	return ""
}

// dividable reports whether an array can be one of all trials: none of a split by
// its name, and of two at least.
func dividable(key string, a tree.Array) bool {
	word, _, _ := strings.Cut(key, "_")
	return !slices.Contains(benchmarkWords, word) && word != "test" && a.Shape()[0] > 1
}

// Names in use for what goes with one array of all trials, by suffix; the first that
// fits is taken.
var namesBeside = map[string][]string{
	suffixBehavior: {
		"behavior", "behaviour", "hand_vel", "hand_velocity", "finger_vel", "cursor_vel", "cursor_velocity", "velocity", "vel",
		"kinematics", "hand_pos", "finger_pos", "cursor_pos", "position", "pos",
	},
	suffixTruth:          {"truth", "true_rates"},
	suffixLatents:        {"latents", "lowd"},
	suffixExternal:       {"ext_input", "external_inputs"},
	suffixTrialIDs:       {"trial_ids", "trial_id", "trial_inds", "inds"},
	suffixesCondition[0]: {"condition", "conditions", "cond", "condition_id", "trial_type"},
	suffixMask:           {"decode_mask"},
}

// findBeside looks for what goes with one array of all trials, and notes what is
// taken by its name and what cannot be.
func (l *loader) findBeside() {
	trials, bins := l.trialsAndBins(l.layout.whole)
	l.layout.beside = map[string]string{}
	for _, suffix := range suffixesBeside {
		key := "no " + strings.TrimPrefix(suffix, "_")
		for _, name := range namesBeside[suffix] {
			if l.group.Has("test" + suffix) { // as spikes alone had it before
				key = "test" + suffix
				break
			}
			if l.group.Has(name) && l.fitsBeside(suffix, name, trials, bins) {
				key = name
				break
			}
		}
		l.layout.beside[suffix] = key
	}
	if key := l.layout.beside[suffixBehavior]; l.group.Has(key) {
		l.notes = append(l.notes, key+" is taken as behaviour")
	}
}

var suffixesBeside = []string{suffixBehavior, suffixTruth, suffixLatents, suffixExternal, suffixTrialIDs, suffixesCondition[0], suffixMask}

// fitsBeside reports whether an array is one number a trial, or one at least a bin of
// each, as its suffix wants; what is not is noted.
func (l *loader) fitsBeside(suffix, key string, trials, bins int) bool {
	a, err := tree.ArrayAt(l.group, key)
	if err == nil && suffix == suffixMask {
		return true // its own check says what is wrong
	}
	perTrial := suffix == suffixTrialIDs || suffix == suffixesCondition[0]
	if err == nil && perTrial && length(a) == trials {
		return true
	}
	if err == nil && !perTrial && (len(a.Shape()) == 2 || len(a.Shape()) == 3) {
		if t, b, _ := l.axes.of(a.Shape()); t == trials && b == bins {
			return true
		}
	}
	if err == nil {
		err = fmt.Errorf("%s has shape %v", key, a.Shape())
	}
	l.notes = append(l.notes, fmt.Sprintf("%v: it does not go with %d trials of %d bins of %s, and is not used", err, trials, bins, l.layout.whole))
	return false
}

// length is the number of values of an array.
func length(a tree.Array) int {
	n := 1
	for _, k := range a.Shape() {
		n *= k
	}
	return n
}

// trialsAndBins returns those of an array of three axes; zeros if it is none.
func (l *loader) trialsAndBins(key string) (trials, bins int) {
	if a, err := tree.ArrayAt(l.group, key); err == nil && len(a.Shape()) == 3 {
		trials, bins, _ = l.axes.of(a.Shape())
	}
	return trials, bins
}

// holdOutAlone has the neurons that the file lists as held in alone read, of one
// array of spikes alone.
func (l *loader) holdOutAlone(d *Dataset) {
	if l.err != nil || d.Test == nil {
		return
	}
	d.Test.Recon = d.Test.Encod
	if d.Order = l.holdOut(d.Test); d.Order == nil {
		d.Test.Recon = nil
	}
}

// plain reads one array of all trials and what goes with it, and divides the trials.
func (l *loader) plain(d *Dataset) {
	all := l.split("test")
	if l.err != nil || all == nil {
		return
	}
	all.Encod, all.Recon = all.counts(), all.counts()
	d.Order = l.holdOut(all)
	l.divide(d, all, l.layout.whole)
}

// namesHeld are names in use for lists of neurons.
var (
	namesHeldIn  = []string{"heldin", "held_in", "heldin_neurons", "heldin_inds", "heldin_idx"}
	namesHeldOut = []string{"heldout", "held_out", "heldout_neurons", "heldout_inds", "heldout_idx"}
)

// holdOut brings the neurons that the file lists as held in to the front, has them
// alone read, and returns the order; nil if the file lists none.
func (l *loader) holdOut(all *Split) []int {
	neurons := all.Recon.Features
	in, inKey := l.neurons(namesHeldIn, neurons)
	out, outKey := l.neurons(namesHeldOut, neurons)
	countFromZero(neurons, in, out)
	switch {
	case l.err != nil || in == nil && out == nil:
		return nil
	case in == nil:
		in, inKey = without(neurons, out), outKey
	case out == nil:
		out, outKey = without(neurons, in), inKey
	}
	order := slices.Concat(in, out)
	if sorted := slices.Sorted(slices.Values(order)); len(in) == 0 || !slices.Equal(sorted, without(neurons, nil)) {
		l.err = fmt.Errorf("%s and %s name %d and %d of %d neurons of %s: each must be named once, and some held in; correct them, or rename the keys to go on without them",
			inKey, outKey, len(in), len(out), neurons, l.layout.whole)
		return nil
	}
	for _, a := range []*Array{all.Recon, all.Truth} {
		if a != nil {
			a.reorder(order)
		}
	}
	all.Encod = all.Recon.firstFeatures(len(in))
	l.notes = append(l.notes, fmt.Sprintf("%d neurons are held out as %s says", len(out), outKey))
	return order
}

// neurons reads a list of places, or a mark for each neuron, under the first of some
// names that the file has; nil if it has none.
func (l *loader) neurons(names []string, of int) (list []int, key string) {
	for _, key := range names {
		a := l.open(key)
		if a == nil {
			continue
		}
		l.taken = append(l.taken, key)
		v, err := a.Int64s()
		if err != nil {
			l.err = err
			return nil, key
		}
		return places(v, of, a.Type() == "bool"), key
	}
	return nil, ""
}

// places turns marks into places; places stay as the file counts them.
func places(v []int64, of int, marks bool) []int {
	list := []int{}
	isMark := len(v) == of && (marks || isMarks(v))
	for i, at := range v {
		switch {
		case !isMark:
			list = append(list, int(at))
		case at != 0:
			list = append(list, i)
		}
	}
	return list
}

// countFromZero makes places of those that are counted from 1, as MATLAB does: in
// no list there is a 0, and in one the number of all.
func countFromZero(of int, lists ...[]int) {
	if all := slices.Concat(lists...); slices.Contains(all, 0) || !slices.Contains(all, of) {
		return
	}
	for _, list := range lists {
		for i := range list {
			list[i]--
		}
	}
}

// isMarks reports whether a list is of zeros and ones alone: of three and more, some
// are equal, so it is none of places.
func isMarks(v []int64) bool {
	return len(v) > 2 && !slices.ContainsFunc(v, func(x int64) bool { return x != 0 && x != 1 })
}

// without returns 0..n-1 but for some.
func without(n int, some []int) []int {
	rest := []int{}
	for i := range n {
		if !slices.Contains(some, i) {
			rest = append(rest, i)
		}
	}
	return rest
}
