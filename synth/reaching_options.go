package synth

import (
	"fmt"
	"time"

	"github.com/autolfads/autolfads/internal/memory"
)

// ReachingOptions says what [Reaching] makes.
type ReachingOptions struct {
	Seed       uint64
	Seconds    float64 // of recording
	Neurons    int
	MeanRateHz float64 // of every neuron, in spikes/s, over the recording
}

// DefaultReaching returns 3 minutes, some 290 reaches, of 80 neurons at 8 spikes/s: in
// windows of 600 ms of which each shares 200 ms with the next one, 449 trials.
func DefaultReaching() ReachingOptions {
	return ReachingOptions{Seconds: 180, Neurons: 80, MeanRateHz: 8}
}

const (
	// reachingBin is how long the network's state, and so each rate, stays the same, and
	// reachingHz how often a second it changes.
	reachingBin = 5 * time.Millisecond
	reachingHz  = 200.

	// reachingLag is how much later than the spikes the hand does what they say, in s.
	reachingLag = .1
)

// Bounds on sense: a few reaches, and a day.
const (
	leastReachingSeconds = 5.
	mostReachingSeconds  = 24 * 3600.
)

func (o *ReachingOptions) check() error {
	if err := atLeast([]count{{"neurons", o.Neurons, 1}}); err != nil {
		return err
	}
	if !(o.Seconds >= leastReachingSeconds) || o.Seconds > mostReachingSeconds {
		return fmt.Errorf("synth: %v s of reaching: need %v to %v", o.Seconds, leastReachingSeconds, mostReachingSeconds)
	}
	if !(o.MeanRateHz > 0) || o.MeanRateHz > maxRateHz {
		return fmt.Errorf("synth: mean rate of %v spikes/s: need more than 0 and at most %v", o.MeanRateHz, maxRateHz)
	}
	return o.fits(memory.Available())
}

// bins is how many whole bins there are.
func (o *ReachingOptions) bins() int { return int(o.Seconds / reachingBin.Seconds()) }

// fits returns an error if the recording will not fit in so many bytes, if their
// number is known.
func (o *ReachingOptions) fits(available int64, limit string, known bool) error {
	bins, neurons := float64(o.bins()), float64(o.Neurons)
	spikes := o.Seconds * o.MeanRateHz * neurons
	need := 8 * (bins*(neurons+reachingUnits+8) + 2*spikes) // rates, states and behaviour; slices of spikes grow
	if known && need > float64(available) {
		return fmt.Errorf("synth: %v s of %d neurons take %.3g GiB of memory and %.3g GiB are %s: make fewer",
			o.Seconds, o.Neurons, need/(1<<30), float64(available)/(1<<30), limit)
	}
	return nil
}
