package augment

import (
	"math"

	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// TemporalShift moves each neuron of each trial in time, what is read and what is
// reconstructed alike, by a whole number of bins of its own: normal with a deviation
// of Most/2, rounded (halves to even) and bounded by Most. So a model cannot live off
// coincidences of single bins between neurons. Two deviations are the bound: a larger
// deviation would pile up shifts at the bound, a smaller one make the bound void.
// (The reference's numbers bound normal shifts in the same way, internal/golden,
// aug_tshift, by 6 bins.)
//
// What comes in from outside of the trial, or of the bins that are read, is 0 and was
// not observed. The reference repeats the bins at the ends instead; a count would then
// be in two bins, and coordinated dropout, which draws for each, lets one be read while
// the other is asked for (docs/decisions/012).
type TemporalShift struct{ Most int }

// newTemporalShift is a [Maker]: the strength is the most bins.
func newTemporalShift(strength float64) (Augmentation, error) {
	most, err := wholeBins(strength)
	return TemporalShift{most}, err
}

// Changes implements [Augmentation].
func (TemporalShift) Changes() Changes { return Changes{Data: true, Observed: true} }

// Apply implements [Augmentation].
func (s TemporalShift) Apply(b *Block) {
	for lane := range b.Trials {
		key := b.Key(rng.TemporalShift, lane)
		for n := range b.Neurons {
			by := s.bins(float64(key.Normal(0, n)) * .5 * float64(s.Most))
			if by == 0 {
				continue
			}
			shift(b.Data[b.DataAt(0, n, lane):], b.Neurons*b.Width, b.ReconBins, by)
			b.shiftObserved(n, lane, by)
			if n < b.HeldIn {
				shift(b.Input[b.InputAt(0, n, lane):], b.HeldIn*b.Width, b.Bins, by)
			}
		}
	}
}

// bins makes whole bins of a shift: rounded, halves to even, and bounded.
func (s TemporalShift) bins(raw float64) int {
	most := float64(s.Most)
	return int(min(max(math.RoundToEven(raw), -most), most))
}

// shift moves a series, one number every stride, by a number of bins: later if it is
// positive. What comes in is 0.
func shift(x []float32, stride, bins, by int) {
	eachShifted(bins, by, func(bin, from int) {
		if from < 0 {
			x[bin*stride] = 0
		} else {
			x[bin*stride] = x[from*stride]
		}
	})
}

// shiftObserved moves the mask of a neuron. What comes in was not observed.
func (b *Block) shiftObserved(neuron, lane, by int) {
	eachShifted(b.ReconBins, by, func(bin, from int) {
		seen := from >= 0 && b.IsObserved(from, neuron, lane)
		nn.SetKept(b.Observed, b.DataAt(bin, neuron, lane), b.Width, seen)
	})
}

// eachShifted calls move for each bin and the one whose content it gets, -1 for
// outside, in an order in which nothing is overwritten before it has moved.
func eachShifted(bins, by int, move func(bin, from int)) {
	for i := range bins {
		bin := i
		if by > 0 {
			bin = bins - 1 - i
		}
		from := bin - by
		if from >= bins {
			from = -1
		}
		move(bin, max(from, -1))
	}
}
