package main

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/synth"
)

// demoConfig is small: 4 members, short ramps, 3 generations.
//
//go:embed demo.yaml
var demoConfig []byte

type demoCmd struct {
	Out  string `help:"Folder for the recording, the run and the picture; default: a new one among temporary files." type:"path"`
	Seed uint64 `help:"Seed." default:"1"`
	resourceFlags
}

// Help is shown by autolfads demo --help.
func (demoCmd) Help() string {
	return `Makes a recording of 200 trials of 30 neurons driven by the Lorenz system, whose true rates are known; runs AutoLFADS on
it, which sees the spikes alone; says how well the true rates and states were recovered, next to Gaussian smoothing; and
draws spikes, true and inferred rates.

Example:
  autolfads demo --out demo`
}

func (c *demoCmd) Run(ctx context.Context) error {
	dir, err := c.folder()
	if err != nil {
		return err
	}
	data := filepath.Join(dir, "lorenz.h5")
	if err := makeDemo(data, c.Seed); err != nil {
		return err
	}
	config := autolfads.DefaultConfig()
	if _, err := settings.Decode(demoConfig, &config); err != nil {
		return err
	}
	fmt.Printf("recording: %s (200 trials of 1 s, 30 neurons, about 5 spikes/s each)\n", data)
	out := filepath.Join(dir, "run")
	p := newProgress(out, c.JSON)
	outcome, err := autolfads.Start(ctx, autolfads.Job{
		Data: data, Out: out, Config: config, Search: autolfads.PBT, Seed: c.Seed, Resources: c.resources(p),
	})
	if err != nil {
		return err
	}
	if err := show(outcome, out, time.Since(p.began), c.JSON); err != nil {
		return err
	}
	if !c.JSON {
		fmt.Println("\nnext: autolfads info yours.h5, then autolfads run yours.h5 --out results")
	}
	return nil
}

// folder makes the demo's folder.
func (c *demoCmd) folder() (string, error) {
	if c.Out == "" {
		return os.MkdirTemp("", "autolfads-demo-")
	}
	if _, err := os.Stat(c.Out); err == nil {
		return "", fmt.Errorf("%s exists: give another --out, or remove it", c.Out)
	}
	return c.Out, os.MkdirAll(c.Out, 0o755)
}

// makeDemo writes the recording.
func makeDemo(path string, seed uint64) error {
	o := synth.DefaultLorenz()
	o.Seed, o.Conditions, o.TrialsPerCondition = seed, 20, 10
	d, err := synth.Lorenz(o)
	if err != nil {
		return err
	}
	return d.Write(path)
}
