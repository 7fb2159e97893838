package synth

import (
	"fmt"
	"time"

	"github.com/autolfads/autolfads/internal/memory"
)

// ChaoticOptions says what [Chaotic] makes.
type ChaoticOptions struct {
	Seed               uint64
	Conditions         int // first states, each with its time of the pulse
	TrialsPerCondition int // at least 2: one to train on, one to validate
	Neurons            int // units of the network
	Bins               int // per trial, of 10 ms
	Gain               float64
	Pulse              float64 // size of the input; 0: none
	PeakRateHz         float64 // of every neuron in every trial, in spikes/s
}

// DefaultChaotic returns the set of Sussillo et al. 2016 with a pulse: 400
// conditions x 10 trials of 1 s, 50 neurons of at most 30 spikes/s.
func DefaultChaotic() ChaoticOptions {
	return ChaoticOptions{
		Conditions:         400,
		TrialsPerCondition: 10,
		Neurons:            50,
		Bins:               100,
		Gain:               1.5,
		Pulse:              20,
		PeakRateHz:         30,
	}
}

// The network's time constant, and its step, which is a bin.
const (
	chaoticTau = 25 * time.Millisecond
	chaoticBin = 10 * time.Millisecond
)

// Bounds on sense: beyond them tanh is nothing but its sign.
const (
	maxGain  = 100.
	maxPulse = 1000.
)

func (o *ChaoticOptions) check() error {
	if err := atLeast([]count{
		{"conditions", o.Conditions, 1},
		{"trials per condition", o.TrialsPerCondition, 2},
		{"neurons", o.Neurons, 1},
		{"bins", o.Bins, 4}, // the middle half has two
	}); err != nil {
		return err
	}
	if !(o.Gain > 0) || o.Gain > maxGain {
		return fmt.Errorf("synth: gain of %v: need more than 0 and at most %v", o.Gain, maxGain)
	}
	if !(o.Pulse >= 0) || o.Pulse > maxPulse {
		return fmt.Errorf("synth: pulse of %v: need 0 (none) to %v", o.Pulse, maxPulse)
	}
	if !(o.PeakRateHz > 0) || o.PeakRateHz > maxRateHz {
		return fmt.Errorf("synth: peak rate of %v spikes/s: need more than 0 and at most %v", o.PeakRateHz, maxRateHz)
	}
	return o.fits(memory.Available())
}

// latents is the number of states of a bin that are written.
func (o *ChaoticOptions) latents() int {
	if o.Pulse == 0 {
		return o.Neurons
	}
	return o.Neurons + 1
}

// fits returns an error if the set will not fit in so many bytes, if their
// number is known.
func (o *ChaoticOptions) fits(available int64, limit string, known bool) error {
	const perUnit = 3 * 4 // spikes, truth, state
	conditions, bins, neurons := float64(o.Conditions), float64(o.Bins), float64(o.Neurons)
	need := conditions*bins*(float64(o.TrialsPerCondition)+1)*neurons*perUnit + neurons*neurons*8
	if known && need > float64(available) {
		return fmt.Errorf("synth: %d conditions x %d trials x %d bins x %d neurons take %.3g GiB of memory and %.3g GiB are %s: make fewer",
			o.Conditions, o.TrialsPerCondition, o.Bins, o.Neurons, need/(1<<30), float64(available)/(1<<30), limit)
	}
	return nil
}
