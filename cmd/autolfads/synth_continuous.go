package main

import (
	"fmt"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/synth"
)

type emgCmd struct {
	synthFlags
	Trials   int     `help:"Trials; one in five goes to validation." default:"150"`
	Channels int     `help:"Muscles." default:"12"`
	Bins     int     `help:"Bins per trial." default:"100"`
	BinMs    int     `help:"Bin width in ms." default:"10"`
	Shape    float64 `help:"Shape of the Gamma noise: the standard deviation is the envelope divided by the root of it." default:"2"`
}

// Help is shown by autolfads synth emg --help.
func (emgCmd) Help() string {
	return `Writes rectified muscle activity of a stepping limb under Gamma noise, in the layout that "autolfads run" reads, with its
true envelopes, phase, cadence and vigour; behaviour is the angles of three joints (deg), then their accelerations (deg/s^2).

Example:
  autolfads synth emg --out emg.h5 --trials 300 --seed 1`
}

func (c *emgCmd) Run() error {
	o := synth.DefaultEMG()
	o.Seed, o.Trials, o.Channels, o.Bins = c.Seed, c.Trials, c.Channels, c.Bins
	o.BinWidth, o.Shape = time.Duration(c.BinMs)*time.Millisecond, c.Shape
	d, err := c.write(func() (*dataset.Dataset, error) { return synth.EMG(o) })
	if err != nil {
		return err
	}
	c.told(d, "bins", "channels", "--preset emg")
	return nil
}

type calciumCmd struct {
	synthFlags
	Conditions int     `help:"Initial states." default:"30"`
	Trials     int     `help:"Trials per condition; one in five goes to validation." default:"5"`
	Neurons    int     `help:"Neurons." default:"40"`
	Frames     int     `help:"Frames per trial." default:"120"`
	FrameHz    float64 `help:"Frames a second." default:"30"`
	RateHz     float64 `help:"Mean firing rate in spikes/s." default:"4"`
	Decay      float64 `help:"Seconds in which a spike's fluorescence falls to 1/e." default:"0.4"`
	Noise      float64 `help:"Standard deviation of a frame's fluorescence, to which a spike adds 1." default:"0.2"`
	Threshold  float64 `help:"Events not above it are taken for noise and become 0 (s_min); a spike is 1." default:"0.5"`
}

// Help is shown by autolfads synth calcium --help.
func (calciumCmd) Help() string {
	return `Writes deconvolved calcium events of neurons whose spikes are driven by the Lorenz system, in the layout that
"autolfads run" reads, with their true expectations and the states.

Example:
  autolfads synth calcium --out calcium.h5 --noise 0.3 --seed 1`
}

func (c *calciumCmd) Run() error {
	o := synth.DefaultCalcium()
	o.Seed, o.Conditions, o.TrialsPerCondition, o.Neurons = c.Seed, c.Conditions, c.Trials, c.Neurons
	o.Frames, o.FrameHz, o.MeanRateHz = c.Frames, c.FrameHz, c.RateHz
	o.DecaySeconds, o.Noise, o.Threshold = c.Decay, c.Noise, c.Threshold
	d, err := c.write(func() (*dataset.Dataset, error) { return synth.Calcium(o) })
	if err != nil {
		return err
	}
	c.told(d, "frames", "neurons", fmt.Sprintf("--preset calcium --set model.zig_location=%v", c.Threshold))
	return nil
}

// told says what was written and how to go on: with the settings that the set is
// made for.
func (c *synthFlags) told(d *dataset.Dataset, bins, neurons, settings string) {
	data := d.Train.Recon
	fmt.Printf("%s: %d + %d trials x %d %s of %.6g ms x %d %s\n", c.Out, d.Train.Trials(), d.Valid.Trials(),
		data.Bins, bins, float64(d.BinWidth)/float64(time.Millisecond), data.Features, neurons)
	fmt.Printf("negative log likelihood of the true distribution on validation trials: %.5f nats per element\n", d.Oracle)
	fmt.Printf("next: autolfads run %s --out results %s\n", c.Out, settings)
}
