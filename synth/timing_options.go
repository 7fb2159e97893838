package synth

import (
	"fmt"
	"time"

	"github.com/autolfads/autolfads/internal/memory"
)

// TimingOptions says what [Timing] makes.
type TimingOptions struct {
	Seed               uint64
	TrialsPerCondition int // at least 2: one to train on, one to validate
	Neurons            int
	MeanRateHz         float64 // of every neuron, in spikes/s, over a usual trial of each condition
}

// DefaultTiming returns 10 trials of each of 20 conditions, 50 neurons at 6 spikes/s.
func DefaultTiming() TimingOptions {
	return TimingOptions{TrialsPerCondition: 10, Neurons: 50, MeanRateHz: 6}
}

// A trial is the time before go: 1.5 s in bins of 10 ms, as in the timing task of the
// Neural Latents Benchmark.
const (
	timingBin  = 10 * time.Millisecond
	timingBins = 150
)

func (o *TimingOptions) check() error {
	if err := atLeast([]count{
		{"trials per condition", o.TrialsPerCondition, 2}, {"neurons", o.Neurons, 1},
	}); err != nil {
		return err
	}
	if !(o.MeanRateHz > 0) || o.MeanRateHz > maxRateHz {
		return fmt.Errorf("synth: mean rate of %v spikes/s: need more than 0 and at most %v", o.MeanRateHz, maxRateHz)
	}
	return o.fits(memory.Available())
}

// fits returns an error if the set will not fit in so many bytes, if their number is
// known.
func (o *TimingOptions) fits(available int64, limit string, known bool) error {
	const beside = timingStates + timingColumns + 1
	trials, neurons := float64(len(intervals())*o.TrialsPerCondition), float64(o.Neurons)
	need := 4 * timingBins * (trials*(2*neurons+beside) + float64(len(intervals()))*neurons)
	if known && need > float64(available) {
		return fmt.Errorf("synth: %d conditions x %d trials x %d bins x %d neurons take %.3g GiB of memory and %.3g GiB are %s: make fewer",
			len(intervals()), o.TrialsPerCondition, timingBins, o.Neurons, need/(1<<30), float64(available)/(1<<30), limit)
	}
	return nil
}
