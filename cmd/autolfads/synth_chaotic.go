package main

import (
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/synth"
)

type chaoticCmd struct {
	synthFlags
	Conditions int     `help:"First states, each with its time of the pulse." default:"400"`
	Trials     int     `help:"Trials per condition; one in five goes to validation." default:"10" aliases:"trials-per-condition"`
	Neurons    int     `help:"Units of the network, all recorded." default:"50"`
	Bins       int     `help:"Bins of 10 ms per trial." default:"100"`
	Gain       float64 `help:"Gain of the network's weights. The paper has 1.5 with a pulse, 2.5 without." default:"1.5"`
	Pulse      float64 `help:"Size of the input pulse that nobody records; 0: none." default:"20"`
	PeakHz     float64 `help:"Highest firing rate of each neuron in each trial in spikes/s; the lowest is 0." default:"30"`
}

// Help is shown by autolfads synth chaotic --help.
func (chaoticCmd) Help() string {
	return `Writes a recording of a chaotic network whose true rates and states are known, in the layout that "autolfads run" reads.
At a random time of each condition the network gets a pulse: a model should infer it as an input (*_lowd has it as its last
state).

Examples:
  autolfads synth chaotic --out chaotic.h5
  autolfads synth chaotic --out few.h5 --conditions 100 --trials 5 --gain 2.5 --pulse 0`
}

func (c *chaoticCmd) Run() error {
	o := synth.DefaultChaotic()
	o.Seed, o.Conditions, o.TrialsPerCondition, o.Neurons = c.Seed, c.Conditions, c.Trials, c.Neurons
	o.Bins, o.Gain, o.Pulse, o.PeakRateHz = c.Bins, c.Gain, c.Pulse, c.PeakHz
	return c.countSet(func() (*dataset.Dataset, error) { return synth.Chaotic(o) })
}
