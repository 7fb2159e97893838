package synth

import (
	"fmt"
	"time"

	"github.com/autolfads/autolfads/internal/memory"
)

// LorenzOptions says what [Lorenz] makes.
type LorenzOptions struct {
	Seed               uint64
	Conditions         int // initial states
	TrialsPerCondition int // at least 2: one to train on, one to validate
	Neurons            int
	Bins               int           // per trial
	BinWidth           time.Duration // whole milliseconds
	MeanRateHz         float64       // of every neuron, in spikes/s, over all conditions
	Step               float64       // time of the Lorenz system per millisecond of recording
}

// DefaultLorenz returns the set of Sussillo et al. 2016 and Keshtkaran et al.
// 2022: 65 conditions x 20 trials of 1 s, 30 neurons at 5 spikes/s. The system
// runs fast, a turn about a wing of the attractor in 110 ms; a smaller Step
// makes slower, easier dynamics.
func DefaultLorenz() LorenzOptions {
	return LorenzOptions{
		Conditions:         65,
		TrialsPerCondition: 20,
		Neurons:            30,
		Bins:               100,
		BinWidth:           10 * time.Millisecond,
		MeanRateHz:         5,
		Step:               .006,
	}
}

func (o *LorenzOptions) check() error {
	if err := atLeast([]count{
		{"conditions", o.Conditions, 1},
		{"trials per condition", o.TrialsPerCondition, 2},
		{"neurons", o.Neurons, 1},
		{"bins", o.Bins, 1},
	}); err != nil {
		return err
	}
	if o.BinWidth < time.Millisecond || o.BinWidth%time.Millisecond != 0 {
		return fmt.Errorf("synth: bins of %v: need whole milliseconds", o.BinWidth)
	}
	if !(o.MeanRateHz > 0) || o.MeanRateHz > maxRateHz {
		return fmt.Errorf("synth: mean rate of %v spikes/s: need more than 0 and at most %v", o.MeanRateHz, maxRateHz)
	}
	if !(o.Step > 0) || o.Step > maxStep {
		return fmt.Errorf("synth: step of %v: need more than 0 and at most %v", o.Step, maxStep)
	}
	return o.fits(memory.Available())
}

// count is a number of things of which there must be so many.
type count struct {
	what     string
	got, min int
}

func atLeast(counts []count) error {
	for _, c := range counts {
		if c.got < c.min {
			return fmt.Errorf("synth: %d %s: need at least %d", c.got, c.what, c.min)
		}
	}
	return nil
}

// fits returns an error if the set will not fit in so many bytes, if their
// number is known.
func (o *LorenzOptions) fits(available int64, limit string, known bool) error {
	const spikesAndRates, states = 2 * 4, 3 * 8 // bytes of an element, of a millisecond
	conditions, bins := float64(o.Conditions), float64(o.Bins)
	need := conditions * bins * (float64(o.TrialsPerCondition)*float64(o.Neurons)*spikesAndRates + float64(o.BinWidth/time.Millisecond)*states)
	if known && need > float64(available) {
		return fmt.Errorf("synth: %d conditions x %d trials x %d bins x %d neurons take %.3g GiB of memory and %.3g GiB are %s: make fewer",
			o.Conditions, o.TrialsPerCondition, o.Bins, o.Neurons, need/(1<<30), float64(available)/(1<<30), limit)
	}
	return nil
}

// maxRateHz is a bound on sense: no neuron fires once every millisecond on
// average.
const maxRateHz = 1000.

// maxStep keeps the integrator stable and its error small.
const maxStep = .02
