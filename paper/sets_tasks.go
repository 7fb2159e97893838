package paper

import (
	"fmt"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare"
	"github.com/autolfads/autolfads/synth"
)

// reachingWindowMs is the length of windows of the reaching recording.
const reachingWindowMs = 600

// reaching returns a continuous recording of random-target reaching (synth.Reaching), chopped
// into windows that overlap by a third, of which blocks of time validate. Behaviour is
// velocity, position and target, where they follow the spikes.
func (l *Lab) reaching() (*Set, error) {
	return l.reachingIn("reaching", "that overlap by a third", prepare.Options{
		Chop:     &prepare.ChopOptions{WindowMs: reachingWindowMs},
		Split:    prepare.SplitOptions{Seed: setSeed, DropShared: true},
		Behavior: prepare.BehaviorOptions{Names: []string{"velocity", "position", "held(target)"}, LagMs: 100},
	})
}

// stretches returns the same recording in windows that do not overlap, so that any of them
// can be tested on: trials, with velocity.
func (l *Lab) stretches() (*Set, error) {
	none := 0.
	return l.reachingIn("stretches", "that do not overlap", prepare.Options{
		Chop:     &prepare.ChopOptions{WindowMs: reachingWindowMs, OverlapMs: &none},
		Split:    prepare.SplitOptions{Seed: setSeed},
		Behavior: prepare.BehaviorOptions{Names: []string{"velocity"}, LagMs: 100},
	})
}

// reachingIn returns random-target reaching in windows: in quick 3 minutes of it.
func (l *Lab) reachingIn(name, windows string, trials prepare.Options) (*Set, error) {
	o := synth.DefaultReaching()
	o.Seed = setSeed
	o.Seconds, o.Neurons = scaled(l.Scale, 12., 180, 900), scaled(l.Scale, 8, 80, 80)
	trials.BinMs = scaled(l.Scale, 20., 10, 10)
	name = fmt.Sprintf("%s-%gs-%dx%g", name, o.Seconds, o.Neurons, trials.BinMs)
	how := fmt.Sprintf("synth.Reaching: %g s, %d neurons, seed %d, in windows of %d ms %s, bins of %g ms", o.Seconds, o.Neurons, o.Seed, reachingWindowMs, windows, trials.BinMs)
	return l.Synthetic(name, how, func() (*dataset.Dataset, error) {
		r, err := synth.Reaching(o)
		if err != nil {
			return nil, err
		}
		d, _, err := prepare.Trials(r, trials)
		if err != nil {
			return nil, err
		}
		for i := range d.Outputs {
			d.Outputs[i].Name = strings.Replace(d.Outputs[i].Name, "held(target)", "target", 1)
		}
		if d.Chop.Overlap == 0 {
			d.Chop, d.Train.Starts, d.Valid.Starts = nil, nil, nil
		}
		return d, nil
	})
}

// timing returns a circuit that measures and produces intervals (synth.Timing).
func (l *Lab) timing() (*Set, error) {
	o := synth.DefaultTiming()
	o.Seed = setSeed
	o.TrialsPerCondition, o.Neurons = scaled(l.Scale, 4, 10, 60), scaled(l.Scale, 8, 50, 50)
	name := fmt.Sprintf("timing-%dx%d", o.TrialsPerCondition, o.Neurons)
	how := fmt.Sprintf("synth.Timing: 20 conditions x %d trials, the 1.5 s before go in bins of 10 ms, %d neurons, seed %d", o.TrialsPerCondition, o.Neurons, o.Seed)
	return l.Synthetic(name, how, func() (*dataset.Dataset, error) { return synth.Timing(o) })
}

// emg returns muscles of a stepping limb (synth.EMG).
func (l *Lab) emg() (*Set, error) {
	o := synth.DefaultEMG()
	o.Seed = setSeed
	o.Trials, o.Bins = scaled(l.Scale, 20, 150, 600), scaled(l.Scale, 20, 100, 100)
	name := fmt.Sprintf("emg-%dx%dx%d", o.Trials, o.Bins, o.Channels)
	how := fmt.Sprintf("synth.EMG: %d trials x %d bins of 10 ms, %d muscles, seed %d", o.Trials, o.Bins, o.Channels, o.Seed)
	return l.Synthetic(name, how, func() (*dataset.Dataset, error) {
		d, err := synth.EMG(o)
		if err == nil {
			d.Outputs = jointOutputs()
		}
		return d, err
	})
}

// jointOutputs are what behaviour of synth.EMG is: angles of three joints, and their
// accelerations.
func jointOutputs() (all []dataset.Quantity) {
	for _, q := range []dataset.Quantity{{Name: "angle", Unit: "deg"}, {Name: "acceleration", Unit: "deg/s^2"}} {
		for joint := range 3 {
			all = append(all, dataset.Quantity{Name: fmt.Sprintf("%s %d", q.Name, joint+1), Unit: q.Unit})
		}
	}
	return all
}

// calcium returns deconvolved events of neurons that the Lorenz system drives
// (synth.Calcium), and the threshold of its deconvolution.
func (l *Lab) calcium() (*Set, float64, error) {
	o := synth.DefaultCalcium()
	o.Seed = setSeed
	o.Conditions, o.Frames, o.Neurons = scaled(l.Scale, 5, 30, 120), scaled(l.Scale, 20, 120, 120), scaled(l.Scale, 8, 40, 40)
	name := fmt.Sprintf("calcium-%dx%dx%dx%d", o.Conditions, o.TrialsPerCondition, o.Frames, o.Neurons)
	how := fmt.Sprintf("synth.Calcium: %d conditions x %d trials x %d frames at %g Hz, %d neurons, seed %d", o.Conditions, o.TrialsPerCondition, o.Frames, o.FrameHz, o.Neurons, o.Seed)
	s, err := l.Synthetic(name, how, func() (*dataset.Dataset, error) { return synth.Calcium(o) })
	return s, o.Threshold, err
}
