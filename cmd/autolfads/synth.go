package main

import (
	"fmt"
	"os"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/synth"
)

type synthCmd struct {
	Lorenz   lorenzCmd   `cmd:"" help:"Neurons driven by the Lorenz system."`
	Chaotic  chaoticCmd  `cmd:"" help:"Neurons of a chaotic network."`
	Reaching reachingCmd `cmd:"" help:"A continuous recording of a hand that reaches to random targets."`
	Timing   timingCmd   `cmd:"" help:"Neurons that measure and produce intervals."`
	EMG      emgCmd      `cmd:"" name:"emg" help:"Muscles of a stepping limb."`
	Calcium  calciumCmd  `cmd:"" help:"Calcium imaging of neurons driven by the Lorenz system."`
}

// Help is shown by autolfads synth --help.
func (synthCmd) Help() string {
	return `Examples:
  autolfads synth lorenz --out lorenz.h5
  autolfads synth chaotic --out chaotic.h5
  autolfads synth reaching --out reaching.h5
  autolfads synth timing --out timing.h5
  autolfads synth emg --out emg.h5
  autolfads synth calcium --out calcium.h5`
}

// synthFlags are those of every set.
type synthFlags struct {
	Out  string `help:"HDF5 file to write; must not exist." required:"" type:"path"`
	Seed uint64 `help:"Seed: the same seed gives the same file." default:"0"`
}

// write makes a set and writes it.
func (c *synthFlags) write(generate func() (*dataset.Dataset, error)) (*dataset.Dataset, error) {
	if err := c.free(); err != nil {
		return nil, err
	}
	d, err := generate()
	if err != nil {
		return nil, err
	}
	if err := d.Write(c.Out); err != nil {
		return nil, c.unwritten(err)
	}
	return d, nil
}

// free returns an error where the file exists.
func (c *synthFlags) free() error {
	if _, err := os.Stat(c.Out); err == nil {
		return fmt.Errorf("%s exists: give another --out, or remove it", c.Out)
	}
	return nil
}

// unwritten says what to do about a file that could not be written.
func (c *synthFlags) unwritten(err error) error {
	return fmt.Errorf("%s cannot be written: %w; make its folder, or give another --out", c.Out, err)
}

// countSet makes and writes a set of spikes, and says what was written and how to go on.
func (c *synthFlags) countSet(generate func() (*dataset.Dataset, error)) error {
	d, err := c.write(generate)
	if err != nil {
		return err
	}
	data := d.Train.Recon
	fmt.Printf("%s: %d + %d trials x %d bins of %d ms x %d neurons\n", c.Out, d.Train.Trials(), d.Valid.Trials(),
		data.Bins, d.BinWidth/time.Millisecond, data.Features)
	if oracle, ok := evaluate.Oracle(d, likelihood.Poisson{}, "poisson"); ok {
		fmt.Printf("negative log likelihood of the true rates on validation trials: %.5f nats per element\n", oracle)
	}
	fmt.Printf("next: autolfads run %s --out results\n", c.Out)
	return nil
}

type lorenzCmd struct {
	synthFlags
	Conditions int     `help:"Initial states." default:"65"`
	Trials     int     `help:"Trials per condition; one in five goes to validation." default:"20"`
	Neurons    int     `help:"Neurons." default:"30"`
	Bins       int     `help:"Bins per trial." default:"100"`
	BinMs      int     `help:"Bin width in ms." default:"10"`
	RateHz     float64 `help:"Mean firing rate in spikes/s." default:"5"`
}

// Help is shown by autolfads synth lorenz --help.
func (lorenzCmd) Help() string {
	return `Writes a recording whose true rates and states are known, in the layout that "autolfads run" reads.

Example:
  autolfads synth lorenz --out lorenz.h5 --neurons 60 --seed 1`
}

func (c *lorenzCmd) Run() error {
	o := synth.DefaultLorenz()
	o.Seed, o.Conditions, o.TrialsPerCondition, o.Neurons = c.Seed, c.Conditions, c.Trials, c.Neurons
	o.Bins, o.BinWidth, o.MeanRateHz = c.Bins, time.Duration(c.BinMs)*time.Millisecond, c.RateHz
	return c.countSet(func() (*dataset.Dataset, error) { return synth.Lorenz(o) })
}
