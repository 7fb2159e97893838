package main

import (
	"errors"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare"
)

// splitFlags say otherwise than by a share and a seed which trials train and which
// validate.
type splitFlags struct {
	TestShare        float64 `help:"Share of the trials that are kept to test with." placeholder:"SHARE" group:"Split:"`
	SplitColumn      string  `help:"Column that says train, valid, test or none of each trial." placeholder:"COLUMN" group:"Split:"`
	SplitMap         string  `help:"What other words of that column mean: a=train,b=valid." placeholder:"WORD=PART,..." group:"Split:"`
	SplitBlocks      int     `help:"Divide successive trials into so many blocks, and these as a whole, for what drifts slowly; windows that overlap are divided into 20 if not given." placeholder:"N" group:"Split:"`
	SplitByCondition bool    `help:"Take the shares of the trials of each condition." group:"Split:"`
	DropShared       bool    `help:"Leave out trials that train and share time with one that does not." group:"Split:"`
}

func (f *splitFlags) fillSplit(o *prepare.Options) error {
	o.Split.TestShare, o.Split.Column, o.Split.Map = f.TestShare, f.SplitColumn, f.SplitMap
	o.Split.Blocks, o.Split.ByCondition, o.Split.DropShared = f.SplitBlocks, f.SplitByCondition, f.DropShared
	if f.SplitColumn != "" && f.TestShare != 0 {
		return errors.New("--split-column says which trials test: leave out --test-share")
	}
	return nil
}

// shareFlags are how many trials validate, and which: run has flags of its own for
// these (--valid-share and --split-seed), for its --seed is that of training.
type shareFlags struct {
	ValidShare *float64 `help:"Share of the trials that validate; 0.2 if not given." placeholder:"SHARE" group:"Split:"`
	Seed       uint64   `help:"Seed of which trials these are, and which units are held out or set aside." default:"0" group:"Split:"`
}

func (f *shareFlags) fillShare(o *prepare.Options) error {
	o.Split.Seed = f.Seed
	switch {
	case f.ValidShare == nil:
		return nil
	case o.Split.Column != "":
		return errors.New("--split-column says which trials validate: leave out --valid-share")
	case *f.ValidShare == 0: // of the options, that is the default
		return dataset.Division{}.Check()
	}
	o.Split.ValidShare = *f.ValidShare
	return nil
}
