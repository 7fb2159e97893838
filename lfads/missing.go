package lfads

import (
	"iter"
	"math/bits"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/nn"
)

// A NaN in the spikes of a recording says that the element was not observed.
// Encoders read it as 0; it has no loss and no gradient, and the mean over
// elements is one over those that were observed: selective backpropagation through
// time (Zhu, Sedler et al. 2021, "Deep inference of latent dynamics with
// spatio-temporal super-resolution using selective backpropagation through time").
// So neurons, bins and trials of a recording may be missing, in part or as a whole.

// lacks says whether there are elements of an array that were not observed; of no
// array there are none.
func lacks(a *dataset.Array) bool { return a != nil && slices.ContainsFunc(a.Data, dataset.IsMissing) }

// seen goes through those of some elements that were observed.
func seen(elements iter.Seq[float32]) iter.Seq[float32] {
	return func(yield func(float32) bool) {
		for y := range elements {
			if !dataset.IsMissing(y) && !yield(y) {
				return
			}
		}
	}
}

// hideMissing has what was not observed read as 0, and leaves it out of the loss.
func (t *tape) hideMissing() {
	t.hides = t.batch.missing || t.changes.Observed
	if t.hides {
		fill(t.observed, 0xff)
	}
	if !t.batch.missing {
		return
	}
	for i, x := range t.input {
		if dataset.IsMissing(x) {
			t.input[i] = 0
		}
	}
	for i, y := range t.data {
		if dataset.IsMissing(y) {
			t.data[i] = 0 // a number: it counts nowhere
			nn.SetKept(t.observed, i, t.w, false)
		}
	}
}

// Observed returns how many elements that are to be reconstructed were observed.
func (d *Data) Observed() (n int) {
	for _, inTrial := range d.observed {
		n += inTrial
	}
	return n
}

// elements is how many elements of a trial are reconstructed, observed or not.
func (s Shape) elements() int { return s.ReconBins * s.Neurons }

// observed is how many elements of a batch were observed.
func (b Batch) observed(s Shape) int {
	if !b.missing {
		return len(b.Trials) * s.elements()
	}
	n := 0
	for _, trial := range b.Trials {
		n += b.Data.observed[trial]
	}
	return n
}

// counted is how many elements of the block have a loss.
func (t *tape) counted() int {
	perTrial := len(t.data) / t.w
	if !t.hides {
		return len(t.trials) * perTrial
	}
	n := 0
	for i, row := range t.observed {
		if lanes := len(t.trials) - 8*(i%nn.MaskBytes(t.w)); lanes > 0 {
			n += bits.OnesCount8(row & (0xff >> (8 - min(lanes, 8))))
		}
	}
	return n
}
