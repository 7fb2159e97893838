package nlb

import (
	"errors"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
)

// psth is the R2 of rates averaged over the trials of each condition against the PSTHs
// of the data, over the bins of all conditions that have trials, averaged over neurons.
// A condition's bins are those in which its PSTH of the first neuron is known.
func (e *scoring) psth() (float64, error) {
	p := e.t.PSTH
	if p == nil {
		return 0, errNone
	}
	if p.Bins != e.t.HeldOut.Bins || p.Features != e.Eval.Features {
		return 0, fmt.Errorf("psth has %d bins and %d neurons, rates have %d and %d", p.Bins, p.Features, e.t.HeldOut.Bins, e.Eval.Features)
	}
	f, mean, sum := newFit(p.Features, len(p.Data)), dataset.NewArray(1, p.Bins, p.Features), make([]float64, p.Bins*p.Features)
	for condition, trials := range e.t.Conditions {
		if len(trials) == 0 {
			continue
		}
		e.average(mean, sum, trials)
		for bin := range p.Bins {
			if truth := p.Bin(condition, bin); truth[0] == truth[0] {
				f.add(truth, mean.Bin(0, bin))
			}
		}
	}
	return f.ofPSTH()
}

func (f *fit) ofPSTH() (float64, error) {
	switch {
	case len(f.truth) == 0:
		return 0, errors.New("no condition has both evaluated trials and a PSTH")
	case !decode.Finite(f.truth):
		return 0, errors.New("psth lacks some neurons in bins where it has the first")
	case !decode.Finite(f.predicted):
		return 0, errors.New("rates are missing or not finite in bins of a trial in which its condition has a PSTH")
	}
	return f.r2(), nil
}

// average writes the mean of some trials' rates, each moved later by its jitter, [1, bins,
// neurons]: NaN where one of them has no bin. sum is for as many numbers.
func (e *scoring) average(mean *dataset.Array, sum []float64, trials []int) {
	bins, neurons := mean.Bins, mean.Features
	clear(sum)
	for _, trial := range trials {
		shift := 0
		if e.t.Jitter != nil {
			shift = e.t.Jitter[trial]
		}
		for bin := range bins {
			addBin(sum[bin*neurons:][:neurons], e.Eval, trial, bin-shift, bins)
		}
	}
	for i, v := range sum {
		mean.Data[i] = float32(v / float64(len(trials)))
	}
}

// addBin adds a trial's rates in a bin, NaN if it is none of those that are read.
func addBin(sum []float64, rates *dataset.Array, trial, bin, bins int) {
	if bin < 0 || bin >= bins {
		for n := range sum {
			sum[n] = math.NaN()
		}
		return
	}
	for n, v := range rates.Bin(trial, bin) {
		sum[n] += float64(v)
	}
}
