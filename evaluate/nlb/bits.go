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
	b, err := e.bits("co-bps", 0, e.HeldIn, e.t.HeldOut)
	if err != nil {
		return 0, err
	}
	return perSpike(b)
}

// fpBPS is bits per spike of all neurons in forward bins. The null model knows each
// neuron by itself, so that the two groups' likelihoods add up.
func (e *scoring) fpBPS() (float64, error) {
	in, out, bins := e.t.HeldInForward, e.t.HeldOutForward, e.t.HeldOut.Bins
	if in == nil || out == nil || e.Eval.Bins == bins {
		return 0, errNone
	}
	a, err := e.bits("fp-bps", bins, 0, in)
	if err != nil {
		return 0, err
	}
	b, err := e.bits("fp-bps", bins, e.HeldIn, out)
	if err != nil {
		return 0, err
	}
	a.Model.Sum += b.Model.Sum
	a.Null.Sum += b.Null.Sum
	a.Spikes += b.Spikes
	return perSpike(a)
}

// bits scores the rates of the neurons and bins from some on against spikes.
func (e *scoring) bits(name string, fromBin, fromNeuron int, spikes *dataset.Array) (metric.Bits, error) {
	if fromBin+spikes.Bins > e.Eval.Bins || fromNeuron+spikes.Features > e.Eval.Features {
		return metric.Bits{}, fmt.Errorf("rates are %v, targets %v from bin %d and neuron %d on", e.Eval, spikes, fromBin, fromNeuron)
	}
	rates := part(e.Eval, fromBin, spikes.Bins, fromNeuron, spikes.Features)
	for i, k := range spikes.Data {
		if v := rates.Data[i]; k == k && !(v >= 0) {
			neuron, bin := i%spikes.Features, i/spikes.Features
			return metric.Bits{}, fmt.Errorf("the rate of trial %d, bin %d, neuron %d is %v: rates are expected counts, 0 or more",
				bin/spikes.Bins, fromBin+bin%spikes.Bins, fromNeuron+neuron, v)
		}
	}
	b := metric.BitsPerSpike(rates, spikes)
	if w := b.Model.Warning(); w != "" {
		e.notes = append(e.notes, name+": "+w)
	}
	return b, nil
}

func perSpike(b metric.Bits) (float64, error) {
	if b.Spikes == 0 {
		return 0, errors.New("there are no spikes to score")
	}
	return (b.Null.Sum - b.Model.Sum) / (b.Spikes * math.Ln2), nil
}
