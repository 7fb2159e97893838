package train

import (
	"iter"
	"math"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/internal/fault"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/rng"
)

// validBatch is the number of trials scored together; it bounds memory.
const validBatch = 256

// validate returns the validation reconstruction loss of an element that was
// observed: one posterior sample a trial, the same for every member. It is NaN for a
// member without validation trials.
func (m *Member) validate() float64 {
	if m.valid == nil {
		return math.NaN()
	}
	total, whole := 0., 0.
	for loss := range m.evaluate(m.valid, &lfads.Pass{Draws: m.draws(rng.Validation)}) {
		total += float64(loss.Recon * m.trialsIn(&loss))
		whole += m.trialsIn(&loss)
	}
	return fault.InValid(m.Identity.Member, m.Identity.Generation, m.epoch, total/whole)
}

// scoreHeldOut returns the reconstruction loss of an element of the training trials
// that is held out for the whole run and was observed: one posterior sample a trial,
// the same for every member, of what is read in training, without dropout. It is NaN if
// nothing is held out.
func (m *Member) scoreHeldOut() float64 {
	if m.holdout == nil {
		return math.NaN()
	}
	pass := lfads.Pass{Draws: m.draws(rng.HeldOut), Augmentations: []augment.Augmentation{m.holdout.HeldOut()}}
	total, elements := 0., 0
	for loss := range m.evaluate(m.train, &pass) {
		total += float64(loss.Recon * float64(loss.Elements))
		elements += loss.Counted
	}
	return total / float64(elements)
}

// holdoutOf returns the augmentation that keeps elements from training for the whole
// run; nil if none does.
func holdoutOf(list []augment.Augmentation) augment.Holdout {
	for _, a := range list {
		if h, ok := a.(augment.Holdout); ok {
			return h
		}
	}
	return nil
}

// draws are those of a pass that is the same for every member.
func (m *Member) draws(pass rng.Purpose) lfads.Draws {
	return lfads.Draws{Seed: m.Identity.Seed, Pass: pass, IDs: [4]uint64{uint64(m.epoch)}}
}

// evaluate goes through the losses of all trials, some at a time.
func (m *Member) evaluate(d *lfads.Data, pass *lfads.Pass) iter.Seq[lfads.Loss] {
	objective := m.Config.objective(m.epoch)
	return func(yield func(lfads.Loss) bool) {
		for first := 0; first < d.Trials(); first += validBatch {
			trials := span(first, min(first+validBatch, d.Trials()))
			if !yield(m.engine.Evaluate(lfads.Batch{Data: d, Trials: trials}, objective, pass)) {
				return
			}
		}
	}
}

// trialsIn returns how many trials of which nothing is missing have as many elements
// as the loss of a batch is the mean of: a whole number if nothing is.
func (m *Member) trialsIn(l *lfads.Loss) float64 {
	return float64(l.Elements) / float64(m.Model.Shape.ReconBins*m.Model.Shape.Neurons)
}

// scored returns the loss of an epoch that the score is of: that of the validation
// trials, or, where all trials are trained on, theirs as they were trained on.
func (m *Member) scored(e *Epoch) float64 {
	if m.valid == nil {
		return e.Recon
	}
	return e.Valid
}

// smooth brings the score up to date with the loss of an epoch.
func (m *Member) smooth(x float64) {
	if m.epoch == 1 {
		m.score = x
		return
	}
	m.score = float64(.3*m.score) + float64(.7*x)
}

// span returns first, first+1, ..., last-1.
func span(first, last int) []int {
	s := make([]int, 0, last-first)
	for i := first; i < last; i++ {
		s = append(s, i)
	}
	return s
}
