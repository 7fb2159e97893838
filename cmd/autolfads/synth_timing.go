package main

import (
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/synth"
)

type timingCmd struct {
	synthFlags
	Trials  int     `help:"Trials of each of 20 conditions; one in five goes to validation." default:"10"`
	Neurons int     `help:"Neurons." default:"50"`
	RateHz  float64 `help:"Mean firing rate in spikes/s." default:"6"`
}

// Help is shown by autolfads synth timing --help.
func (timingCmd) Help() string {
	return `Writes a recording of a task in which an interval is measured and then produced, in the layout that "autolfads run" reads,
with its true rates and states: 1.5 s before go, in bins of 10 ms. Conditions are the prior, what produces the interval, and the
interval measured; behaviour is columns of trials, which are the same in all bins: is_short, is_eye, ts and tp in ms, and the bin
in which set comes.

Examples:
  autolfads synth timing --out timing.h5
  autolfads synth timing --out many.h5 --trials 40 --seed 1`
}

func (c *timingCmd) Run() error {
	o := synth.DefaultTiming()
	o.Seed, o.TrialsPerCondition, o.Neurons, o.MeanRateHz = c.Seed, c.Trials, c.Neurons, c.RateHz
	return c.countSet(func() (*dataset.Dataset, error) { return synth.Timing(o) })
}
