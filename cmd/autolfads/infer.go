package main

import (
	"context"
	"fmt"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/ingest"
)

type inferCmd struct {
	From     string   `arg:"" help:"Run folder, or a checkpoint inside one." type:"path"`
	Data     string   `arg:"" help:"Data file with the neurons the model was trained on; those it reads are enough, in any one split or one array. Or a recording with units of the same ids, if the run's data were made of one." type:"path"`
	Out      string   `help:"HDF5 file to write; must not exist." required:"" type:"path"`
	Ensemble []string `help:"Further run folder or checkpoint, of a model of the same neurons: rates are the mean of all; factors, inferred inputs and states are those of the first, whose own rates stand beside. Can be given again." placeholder:"RUN" sep:"none" type:"path"`
	Samples  int      `help:"Posterior samples averaged for each trial; 0: as the run was configured (50)." default:"0"`
	Seed     *uint64  `help:"Seed of the samples; without it, the run's."`
	dataFlags
	SampleRate float64 `help:"Sampling rate in Hz of a recording's spike times that are in samples, if no file says it." placeholder:"HZ"`
	otherwiseFlags
	Threads int `help:"Threads; 0: one a core." default:"0"`
}

// Help is shown by autolfads infer --help.
func (inferCmd) Help() string {
	return `Writes single-trial rates, factors and inferred inputs, averaged over posterior samples, with the names lfads-torch uses.
Spikes alone are enough: one split, or one array (trials x bins x neurons), which is written as the test split.

Of a recording, trials are made as those of the run's data were (autolfads run or prepare), of the units of the same ids, and are
written as the test split. What is called otherwise in it, or is wanted otherwise, say --trials, --align, --window, --where and --external.

With --ensemble, rates are the mean over several runs, which may differ in seed, sizes and version, but not in neurons, bins and
likelihood. The attribute "of" says of each array whose it is; the group "single" has the first run's own rates.

Examples:
  autolfads infer results recording.h5 --out rates.h5
  autolfads infer results recording.h5 --out rates.h5 --ensemble results2 --ensemble results3
  autolfads infer results next_block.nwb --out rates.h5
  autolfads infer results next_block.nwb --out rates.h5 --trials reaches --align movement_onset
  autolfads infer results/best/checkpoint.safetensors other.h5 --out rates.h5 --samples 100`
}

func (c *inferCmd) Run(ctx context.Context) error {
	trials, err := c.options()
	if err != nil {
		return err
	}
	p := newProgress("", false)
	err = autolfads.Infer(ctx, autolfads.Inference{
		From: c.From, Ensemble: c.Ensemble, Data: c.Data, Out: c.Out, Samples: c.Samples, Seed: c.Seed,
		File: c.dataConfig(), Open: ingest.Options{SampleRate: c.SampleRate}, Trials: trials, Command: typedCommand(),
		Resources: autolfads.Resources{
			Threads: c.Threads, Observer: autolfads.Observer{Inferred: p.inferred, Note: p.note, Read: p.read, Prepared: p.prepared},
		},
	})
	if err != nil {
		return err
	}
	if n := len(c.Ensemble); n > 0 {
		fmt.Printf("rates of all trials, the mean of %d runs, and those of %s alone: %s\n", n+1, c.From, c.Out)
		return nil
	}
	fmt.Printf("rates of all trials: %s\n", c.Out)
	return nil
}
