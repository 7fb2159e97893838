package main

import (
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare"
)

// splitFlags say which trials train and which validate.
type splitFlags struct {
	ValidShare float64 `help:"Share of the trials that validate." default:"0.2" placeholder:"SHARE" group:"Split:"`
	Seed       uint64  `help:"Seed of which trials these are." default:"0" group:"Split:"`
}

func (f *splitFlags) fillSplit(o *prepare.Options) error {
	o.Split = prepare.SplitOptions{ValidShare: f.ValidShare, Seed: f.Seed}
	if f.ValidShare == 0 { // of the options, that is the default
		return dataset.Division{}.Check()
	}
	return nil
}
