package main

import (
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare"
)

// splitFlags say otherwise than by a share and a seed which trials train and which
// validate.
type splitFlags struct{}

func (f *splitFlags) fillSplit(*prepare.Options) error { return nil }

// shareFlags are how many trials validate, and which: run has flags of its own for
// these (--valid-share and --split-seed), for its --seed is that of training.
type shareFlags struct {
	ValidShare float64 `help:"Share of the trials that validate." default:"0.2" placeholder:"SHARE" group:"Split:"`
	Seed       uint64  `help:"Seed of which trials these are." default:"0" group:"Split:"`
}

func (f *shareFlags) fillShare(o *prepare.Options) error {
	o.Split.ValidShare, o.Split.Seed = f.ValidShare, f.Seed
	if f.ValidShare == 0 { // of the options, that is the default
		return dataset.Division{}.Check()
	}
	return nil
}
