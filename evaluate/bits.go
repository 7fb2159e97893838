package evaluate

import (
	"context"
	"errors"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// The scores in bits per spike, by what they are of.
const (
	NameBits = "bits per spike"
	NameCo   = "co-bps (held-out neurons)"
	NameFp   = "fp-bps (forward bins)"
)

// bits scores in bits per spike: all neurons, held-out neurons, forward bins.
func (e *evaluation) bits() error {
	spikes, heldIn, bins := e.d.Valid.Recon, e.d.Valid.Encod.Features, e.d.Valid.Encod.Bins
	var failed []error
	for _, s := range []struct {
		name      string
		of        func(rates *dataset.Array) *metric.TrialBits
		smoothing func() (*smoothed, error)
	}{
		{NameBits, func(r *dataset.Array) *metric.TrialBits { return metric.BitsByTrial(r, spikes) }, e.smoothOthers},
		{NameCo, func(r *dataset.Array) *metric.TrialBits { return metric.CoBitsByTrial(r, spikes, heldIn, bins) }, e.smoothAndRegress},
		{NameFp, func(r *dataset.Array) *metric.TrialBits { return metric.FpBitsByTrial(r, spikes, bins) }, e.smoothAndRegress},
	} {
		if s.of(e.model.Valid.Rates).Bits().Spikes == 0 {
			continue
		}
		failed = append(failed, e.askBits(s.name, s.of, s.smoothing))
	}
	if s := e.report.Score(NameBits); s != nil && len(e.rivals) > 0 {
		s.Note = joined("neurons that are read are scored, too: whoever copies their spikes, as smoothed spikes do, is high here", s.Note)
	}
	return errors.Join(failed...)
}

// askBits asks everyone for bits per spike, of the population and neuron by neuron.
func (e *evaluation) askBits(name string, of func(rates *dataset.Array) *metric.TrialBits, smoothing func() (*smoothed, error)) error {
	_, err := e.ask(question{
		name: name, unit: "bits",
		of: func(_ context.Context, c *Candidate) (*answer, error) {
			bits := of(c.Valid.Rates)
			return &answer{score: bits, neurons: neuronsOf(bits.PerNeuron()), note: bits.Bits().Model.Warning()}, nil
		},
		smoothing: smoothing,
	})
	return err
}

// neuronsOf says how single neurons score; nil for fewer than two with spikes.
func neuronsOf(bits []float64) *Neurons {
	n := &Neurons{Quartiles: metric.QuartilesOf(bits), Each: make([]*float64, len(bits))}
	if n.Of < 2 {
		return nil
	}
	for i := range bits {
		n.Each[i] = finiteOrNil(&bits[i])
		if bits[i] < 0 {
			n.BelowMean++
		}
	}
	return n
}

// medianOf returns the median of those that are known; nil if none is.
func medianOf(bits []*float64) *float64 {
	var known []float64
	for _, v := range bits {
		if v != nil {
			known = append(known, *v)
		}
	}
	q := metric.QuartilesOf(known)
	return finiteOrNil(&q.Median)
}
