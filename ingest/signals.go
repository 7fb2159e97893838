package ingest

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// signalArrays are files of named arrays that hold signals and no spikes: muscles,
// fields, fluorescence. They are streams as beside spikes (arrays_streams.go), or long
// arrays that share one rate, of the file or of their group, or that a user says.
type signalArrays struct{}

func (signalArrays) Title() string { return "named arrays of signals (HDF5, MATLAB, NPZ)" }

func (signalArrays) Recognise(c *Candidate) bool {
	f := openArrays(c)
	if f == nil {
		return false
	}
	defer f.Close()
	if dataset.HasLayout(f.Root()) {
		return false
	}
	for _, g := range places(newLookup(f.Root())) {
		if slices.ContainsFunc(g.Keys(), func(key string) bool { return isLong(g, key) }) {
			return true
		}
	}
	return false
}

func (signalArrays) Open(c *Candidate, o Options) (*dataset.Recording, error) {
	f, err := tree.Open(c.Path)
	if err != nil {
		return nil, err
	}
	a := &arrays{r: &dataset.Recording{}, options: o, used: map[string]bool{}, size: c.Size}
	if err := a.signals(newLookup(f.Root())); err != nil {
		f.Close()
		return nil, err
	}
	a.r.Closer = f
	return a.r, nil
}

// What makes an array of numbers a signal: many samples, and many more than channels.
const (
	leastSamples = 1000
	leastLonger  = 4
)

// namesCounts are names of what is hardly a signal, but binned spikes.
var namesCounts = []string{"spikes", "counts", "spike_counts"}

// isLong reports whether an array is as long as signals are.
func isLong(g tree.Group, key string) bool {
	n := nodeAt[tree.Array](g, key)
	if n == nil || !n.IsNumber() || n.Fields() != nil || isOneOf(namesCounts, key) || isOneOf(namesClock, key) {
		return false
	}
	shape := n.Shape()
	if len(shape) == 0 || len(shape) > 2 {
		return false
	}
	long, short := shape[0], 1
	if len(shape) == 2 {
		long, short = max(shape[0], shape[1]), min(shape[0], shape[1])
	}
	return long >= leastSamples && long >= leastLonger*short && short > 0
}

// signals reads trials and streams, and then what shares one rate.
func (a *arrays) signals(root tree.Group) error {
	groups := places(root)
	for _, g := range groups {
		if err := a.trials(g); err != nil {
			return err
		}
	}
	for _, g := range groups {
		a.streams(g)
	}
	unrated := ""
	for _, g := range groups {
		if key := a.sharingRate(g, root); key != "" {
			unrated = key
		}
	}
	if len(a.r.Streams) == 0 {
		return a.noSignal(unrated)
	}
	a.attributes(root)
	a.unread(root)
	return nil
}

// sharingRate adds the long arrays of a group that have no clock or rate of their own.
// It returns the last of them if no rate is said.
func (a *arrays) sharingRate(g, root tree.Group) (unrated string) {
	rate := a.options.SampleRate
	for _, in := range []tree.Group{g, root} {
		if rate == 0 {
			rate = a.sharedRate(in)
		}
	}
	for _, key := range g.Keys() {
		s := a.signal(key, g, key)
		if s == nil || !isLong(g, key) {
			continue
		}
		if !(rate > 0) {
			unrated = key
			continue
		}
		if s.Rate = rate; a.r.Stream(s.Name) == nil {
			a.named(s, g, "")
			a.add(s)
		}
	}
	return unrated
}

// sharedRate is the rate that a group says for all its arrays; 0: none.
func (a *arrays) sharedRate(g tree.Group) float64 {
	if rate, ok := a.scalar(g, firstOf(g, append(slices.Clone(namesRate), "rate", "frequency"))); ok {
		return rate
	}
	return a.rate(g)
}

// noSignal says why there is no stream.
func (a *arrays) noSignal(unrated string) error {
	if unrated == "" {
		return fmt.Errorf("no signal that can be read: arrays of samples x channels are known, with a rate or a time for each sample")
	}
	return fmt.Errorf("%s is a long array of numbers, and nothing says how many samples a second it has: if it is a signal, add --sample-rate HZ, or a number called %s beside it; "+
		"if it is counts of spikes, cut it into trials, an array \"spikes\" of trials x bins x neurons", unrated, namesRate[3])
}
