package dataset

import (
	"errors"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/rng"
)

// Chop says how the trials of a dataset were cut from a continuous recording: windows
// of one length that overlap, on one grid of bins from the recording's first moment on.
// Split.Starts has where each begins.
type Chop struct {
	Window  int     // bins of a window
	Overlap int     // bins that it shares with the next one of its stretch
	Power   float64 // of the weights where windows overlap, as Merge has them
	Origin  float64 // when bin 0 begins: s, on the recording's clock
	Bins    int64   // of the whole recording
}

// Usual lengths of windows and of overlaps, in ms, and power of the weights: those of
// LFADS on continuous data.
const (
	ChopWindowMs  = 600
	ChopOverlapMs = 200
	ChopPower     = 2
)

// MostBins is how many bins a recording may have whose windows are merged, its gaps
// counted in: a week of 5 ms.
const MostBins = 1 << 27

// Check returns an error for windows that cannot be merged.
func (c *Chop) Check() error {
	switch {
	case c.Window < 1:
		return fmt.Errorf("windows are %d bins long: there must be one at least", c.Window)
	case c.Overlap < 0 || 2*c.Overlap > c.Window:
		return fmt.Errorf("windows of %d bins overlap by %d: it must be 0 to %d, half a window, so that no bin is in three", c.Window, c.Overlap, c.Window/2)
	case !(c.Power > 0) || math.IsInf(c.Power, 0):
		return fmt.Errorf("the power of the weights is %g: it must be positive (2 is usual, 1 is linear)", c.Power)
	case c.Bins < 0 || math.IsNaN(c.Origin) || math.IsInf(c.Origin, 0):
		return errors.New("it is not known when the recording begins, or how long it is")
	}
	return nil
}

// Step is by how many bins a window begins behind the one in front of it.
func (c *Chop) Step() int64 { return int64(c.Window - c.Overlap) }

// Stretch is consecutive bins of a recording: from First up to, but not with, Last.
type Stretch struct{ First, Last int64 }

// Starts returns the bins at which the windows of stretches begin. The first of a
// stretch begins at random, by the seed, within what no whole window would hold
// anyway, so that borders of windows do not line up with what happens at the
// stretch's start, and no more is lost. A stretch shorter than a window has none.
func (c *Chop) Starts(stretches []Stretch, seed uint64) (starts []int64) {
	for i, s := range stretches {
		room := s.Last - s.First - int64(c.Window)
		if room < 0 {
			continue
		}
		random := rng.NewSource(rng.Derive(seed, rng.Windows, uint64(i)))
		first := s.First + int64(random.IntN(int(room%c.Step())+1))
		for start := first; start+int64(c.Window) <= s.Last; start += c.Step() {
			starts = append(starts, start)
		}
	}
	return starts
}

// StretchesOf returns the stretches of a recording, bins x features, that lie between
// its gaps: bins in which every feature is NaN.
func StretchesOf(recording []float32, features int) (stretches []Stretch) {
	inside := false
	for bin := int64(0); int(bin)*features < len(recording); bin++ {
		observed := anyObserved(recording[int(bin)*features : int(bin+1)*features])
		switch {
		case observed && inside:
			stretches[len(stretches)-1].Last++
		case observed:
			stretches = append(stretches, Stretch{bin, bin + 1})
		}
		inside = observed
	}
	return stretches
}

// Cut copies the windows that begin at some bins out of a recording, bins x features.
func (c *Chop) Cut(recording []float32, features int, starts []int64) *Array {
	a := NewArray(len(starts), c.Window, features)
	for i, start := range starts {
		copy(a.Trial(i), recording[int(start)*features:])
	}
	return a
}
