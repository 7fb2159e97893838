package infer

import (
	"context"
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/likelihood"
)

// Config holds the settings of inference: the keys infer.* of a configuration.
type Config struct {
	Samples int `yaml:"samples" known:"num_samples"` // posterior samples averaged
}

// DefaultConfig returns the AutoLFADS paper's setting.
func DefaultConfig() Config { return Config{Samples: 50} }

// MaxSamples is where sums in float32 stop gaining from one more.
const MaxSamples = 1 << 20

// Check returns an error for settings that cannot work.
func (c *Config) Check() error {
	if c.Samples < 1 || c.Samples > MaxSamples {
		return fmt.Errorf("infer.samples is %d: it must be 1 to %d", c.Samples, MaxSamples)
	}
	return nil
}

// Result holds posterior averages of each split; Test is nil if the dataset
// has none.
type Result struct {
	Train, Valid, Test *lfads.Posterior
	Samples            int                   // of the posterior that were averaged
	Likelihood         likelihood.Likelihood // of the model: what its rates are
}

// Options says how to infer.
type Options struct {
	Samples  int // wanted: of a model that is not variational one is taken
	Seed     uint64
	Engine   lfads.EngineMaker
	Progress func(done, total int) // trials; may be nil
}

// Run averages posterior samples of all trials of a dataset.
func Run(ctx context.Context, model *lfads.Model, d *dataset.Dataset, o Options) (*Result, error) {
	total := d.Train.Trials() + d.Valid.Trials() + d.Test.Trials()
	before := 0
	engine, samples := o.Engine(model), model.Config.Samples(o.Samples)
	infer := func(split *dataset.Split, number uint64) (*lfads.Posterior, error) {
		if split == nil {
			return nil, nil
		}
		p, err := engine.Posterior(ctx, model.NewData(split), lfads.Sampling{Samples: samples, Seed: o.Seed, Split: number}, func(trials int) {
			if o.Progress != nil {
				o.Progress(before+trials, total)
			}
		})
		before += split.Trials()
		return p, err
	}
	r := Result{Samples: samples, Likelihood: model.Likelihood()}
	var err error
	// Each split has its own random numbers: trial 0 of one is not trial 0 of
	// another. The numbers are part of what bits are promised: never renumber.
	if r.Train, err = infer(d.Train, 0); err != nil {
		return nil, err
	}
	if r.Valid, err = infer(d.Valid, 1); err != nil {
		return nil, err
	}
	r.Test, err = infer(d.Test, 2)
	return &r, err
}
