package nlb

import (
	"errors"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// coBPS is bits per spike of the neurons held out.
func (e *scoring) coBPS() (float64, error) {
	b, err := e.bits(0, e.HeldIn, e.t.HeldOut)
	if err != nil {
		return 0, err
	}
	return e.perSpike("co-bps", b)
}

// fpBPS is bits per spike of all neurons in forward bins. The null model knows each
// neuron by itself, so that the two groups' likelihoods add up.
func (e *scoring) fpBPS() (float64, error) {
	in, out, bins := e.t.HeldInForward, e.t.HeldOutForward, e.t.HeldOut.Bins
	if in == nil || out == nil || e.Eval.Bins == bins || e.lacksForward() {
		return 0, errNone
	}
	a, err := e.bits(bins, 0, in)
	if err != nil {
		return 0, err
	}
	b, err := e.bits(bins, e.HeldIn, out)
	if err != nil {
		return 0, err
	}
	a.Model.Sum += b.Model.Sum
	a.Model.Elements += b.Model.Elements
	a.Model.ZeroRates += b.Model.ZeroRates
	a.Null.Sum += b.Null.Sum
	a.Spikes += b.Spikes
	return e.perSpike("fp-bps", a)
}

// lacksForward reports whether nothing is predicted of forward bins: all of it is NaN.
func (e *scoring) lacksForward() bool {
	for trial := range e.Eval.Trials {
		for _, v := range e.Eval.Trial(trial)[e.t.HeldOut.Bins*e.Eval.Features:] {
			if v == v {
				return false
			}
		}
	}
	return true
}

// bits scores the rates of the neurons and bins from some on against spikes.
func (e *scoring) bits(fromBin, fromNeuron int, spikes *dataset.Array) (metric.Bits, error) {
	if fromBin+spikes.Bins > e.Eval.Bins || fromNeuron+spikes.Features > e.Eval.Features {
		return metric.Bits{}, fmt.Errorf("rates are %v, targets %v from bin %d and neuron %d on", e.Eval, spikes, fromBin, fromNeuron)
	}
	rates := e.Eval.Part(fromBin, spikes.Bins, fromNeuron, spikes.Features)
	for i, k := range spikes.Data {
		if v := rates.Data[i]; k == k && !(v >= 0) {
			neuron, bin := i%spikes.Features, i/spikes.Features
			return metric.Bits{}, fmt.Errorf("the rate of trial %d, bin %d, neuron %d is %v: rates are expected counts, 0 or more",
				bin/spikes.Bins, fromBin+bin%spikes.Bins, fromNeuron+neuron, v)
		}
	}
	return metric.BitsPerSpike(rates, spikes), nil
}

func (e *scoring) perSpike(name string, b metric.Bits) (float64, error) {
	if b.Spikes == 0 {
		return 0, errors.New("there are no spikes to score")
	}
	if w := b.Model.Warning(); w != "" {
		e.notes = append(e.notes, name+": "+w)
	}
	return (b.Null.Sum - b.Model.Sum) / (b.Spikes * math.Ln2), nil
}
