package evaluate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/autolfads/autolfads/baseline"
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

// smoothOthers predicts each bin from the other bins of its neuron, with the kernel
// that does it best in training trials: a smoothed count holds a part of what it is
// scored against, and the narrower the kernel, the more.
func (e *evaluation) smoothOthers() (*smoothed, error) {
	if e.d.BinWidth == 0 {
		return nil, nil
	}
	train, means := e.d.Train.Recon, e.d.Train.Recon.Means()
	best, err := e.chooseMixture(train, means)
	if err != nil {
		return nil, err
	}
	rates, err := baseline.SmoothOthers(e.ctx, e.d.Valid.Recon, means, best.sd, e.d.BinWidth)
	if err != nil {
		return nil, err
	}
	mix(rates, rates, means, best.share)
	return &smoothed{
		Candidate: Candidate{Valid: Inferred{Rates: rates}},
		note: fmt.Sprintf("each bin from the other bins of its neuron; Gaussian, sd %d ms, mixed with %g of the neuron's mean, chosen on training trials%s",
			best.sd.Milliseconds(), best.share, oneInText(subset(train))),
	}, nil
}

// mixture is smoothed spikes and a share of the neuron's mean: without the mean a
// neuron that did not fire near would have a rate near 0, at which any spike costs
// more than smoothing gains.
type mixture struct {
	sd    time.Duration
	share float64 // of the mean
}

// sharesTried are the shares of the mean to choose of.
var sharesTried = []float64{.1, .3, .5, .7, .9}

// chooseMixture returns the mixture that predicts training trials best.
func (e *evaluation) chooseMixture(train *dataset.Array, means []float32) (best mixture, err error) {
	some := oneIn(subset(train), train)
	mixed := dataset.NewArray(some.Trials, some.Bins, some.Features)
	most := math.Inf(-1)
	for i, sd := range kernelsTried {
		e.Progress("smoothing: "+NameBits, i, len(kernelsTried))
		rates, err := baseline.SmoothOthers(e.ctx, some, means, sd, e.d.BinWidth)
		if err != nil {
			return best, err
		}
		for _, share := range sharesTried {
			mix(mixed, rates, means, share)
			if bits := metric.BitsPerSpike(mixed, some).PerSpike; bits > most {
				best, most = mixture{sd, share}, bits
			}
		}
	}
	return best, nil
}

// mix writes rates mixed with a share of each neuron's mean, which stands where there
// is no rate.
func mix(dst, rates *dataset.Array, means []float32, share float64) {
	for i, r := range rates.Data {
		mean := means[i%rates.Features]
		if r != r {
			r = mean
		}
		dst.Data[i] = float32((1-share)*float64(r) + share*float64(mean))
	}
}

// smoothAndRegress predicts what is not read by the baseline that reads what the
// model does. It is fitted once.
func (e *evaluation) smoothAndRegress() (*smoothed, error) {
	if e.regressed != nil || e.d.BinWidth == 0 {
		return e.regressed, nil
	}
	fitted, err := baseline.Smoothing{}.Fit(e.ctx, e.d, func(step string, done, total int) { e.Progress("smoothing: "+step, done, total) })
	if err != nil {
		return nil, err
	}
	valid, err := fitted.Estimate(e.ctx, e.d.Valid)
	if err != nil {
		return nil, err
	}
	e.regressed = &smoothed{Candidate{Valid: Inferred{Rates: valid.Rates}}, joined(fitted.Settings(), valid.Note)}
	return e.regressed, nil
}
