package synth

import (
	"fmt"
	"math"
	"time"

	"github.com/autolfads/autolfads/internal/memory"
)

// CalciumOptions says what [Calcium] makes.
type CalciumOptions struct {
	Seed               uint64
	Conditions         int // initial states
	TrialsPerCondition int // at least 2: one to train on, one to validate
	Neurons            int
	Frames             int     // per trial
	FrameHz            float64 // frames a second
	MeanRateHz         float64 // of every neuron, in spikes/s, over the attractor
	Step               float64 // time of the Lorenz system per millisecond of recording
	DecaySeconds       float64 // in which a spike's fluorescence falls to 1/e
	Noise              float64 // standard deviation of a frame's fluorescence; a spike adds 1
	Threshold          float64 // events below it are taken for noise
}

// DefaultCalcium returns 30 conditions x 5 trials of 4 s at 30 frames/s, 40
// neurons at 4 spikes/s. The system runs slowly, a turn about a wing of the
// attractor in 660 ms, or 20 frames.
func DefaultCalcium() CalciumOptions {
	return CalciumOptions{
		Conditions:         30,
		TrialsPerCondition: 5,
		Neurons:            40,
		Frames:             120,
		FrameHz:            30,
		MeanRateHz:         4,
		Step:               .001,
		DecaySeconds:       .4,
		Noise:              .2,
		Threshold:          .5,
	}
}

// frame is the width of a frame.
func (o *CalciumOptions) frame() time.Duration {
	return time.Duration(math.Round(float64(time.Second) / o.FrameHz))
}

func (o *CalciumOptions) check() error {
	if err := atLeast([]count{
		{"conditions", o.Conditions, 1},
		{"trials per condition", o.TrialsPerCondition, 2},
		{"neurons", o.Neurons, 1},
		{"frames", o.Frames, 1},
	}); err != nil {
		return err
	}
	for _, c := range []struct {
		what     string
		got, max float64
		unit     string
	}{
		{"frame rate", o.FrameHz, maxRateHz, " Hz"},
		{"mean rate", o.MeanRateHz, maxRateHz, " spikes/s"},
		{"step", o.Step, maxStep, ""},
		{"decay", o.DecaySeconds, maxSeconds, " s"},
		{"noise", o.Noise, maxSpikeHeight, ""},
		{"threshold", o.Threshold, maxSpikeHeight, ""},
	} {
		if !(c.got > 0) || c.got > c.max {
			return fmt.Errorf("synth: %s of %v%s: need more than 0 and at most %v", c.what, c.got, c.unit, c.max)
		}
	}
	return o.fits(memory.Available())
}

// Bounds on sense: no indicator decays more slowly; noise and threshold are in
// units of one spike.
const (
	maxSeconds     = 60.
	maxSpikeHeight = 10.
)

// fits returns an error if the set will not fit in so many bytes, if their
// number is known.
func (o *CalciumOptions) fits(available int64, limit string, known bool) error {
	const eventsAndTruth, states = 2 * 4, 3 * 8 // bytes of an element, of a step of the system
	conditions, frames := float64(o.Conditions), float64(o.Frames)
	need := conditions * frames * (float64(o.TrialsPerCondition)*float64(o.Neurons)*eventsAndTruth + float64(o.steps())*states)
	if known && need > float64(available) {
		return fmt.Errorf("synth: %d conditions x %d trials x %d frames x %d neurons take %.3g GiB of memory and %.3g GiB are %s: make fewer",
			o.Conditions, o.TrialsPerCondition, o.Frames, o.Neurons, need/(1<<30), float64(available)/(1<<30), limit)
	}
	return nil
}

// steps is the number of steps, of about a millisecond, that the system takes
// in a frame.
func (o *CalciumOptions) steps() int {
	return max(1, int(math.Round(1000/o.FrameHz)))
}
