package main

import (
	"fmt"

	"github.com/autolfads/autolfads/prepare"
	"github.com/autolfads/autolfads/synth"
)

type reachingCmd struct {
	synthFlags
	Seconds float64 `help:"Length of the recording in s." default:"180"`
	Neurons int     `help:"Neurons." default:"80"`
	RateHz  float64 `help:"Mean firing rate in spikes/s." default:"8"`
}

// Help is shown by autolfads synth reaching --help.
func (reachingCmd) Help() string {
	return `Writes a continuous recording, not yet binned, of a hand that reaches to one random target after the other: spike times,
position, velocity and target of the hand, which follow the spikes by 100 ms, and the true rates. "autolfads prepare --chop"
makes windows of it, as does "autolfads run" with the same flags; its table has the reaches, for trials.

Examples:
  autolfads synth reaching --out reaching.h5
  autolfads synth reaching --out long.h5 --seconds 600 --neurons 120 --seed 1`
}

func (c *reachingCmd) Run() error {
	o := synth.DefaultReaching()
	o.Seed, o.Seconds, o.Neurons, o.MeanRateHz = c.Seed, c.Seconds, c.Neurons, c.RateHz
	if err := c.free(); err != nil {
		return err
	}
	r, err := synth.Reaching(o)
	if err != nil {
		return err
	}
	if err := synth.WriteRecording(r, c.Out); err != nil {
		return c.unwritten(err)
	}
	fmt.Printf("%s: %g s, %d reaches, %d neurons, %d spikes\n", c.Out, o.Seconds, r.Trials().Rows, r.Units.Len(), r.Units.Total())
	fmt.Printf("next: %s\n", prepare.SuggestRun(c.Out, "--chop", "--behavior", "position,velocity,held(target)", "--lag-ms", "100"))
	return nil
}
