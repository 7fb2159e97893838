package main

import (
	"fmt"

	"github.com/autolfads/autolfads/prepare"
)

// chopFlags say how a continuous recording becomes windows; each of them means that it
// does.
type chopFlags struct {
	Chop      bool     `help:"Instead of trials, windows that overlap over all that was recorded, or in the rows of --trials or --where; rates come out merged." group:"Continuous recordings:"`
	ChopMs    *float64 `help:"Length of the windows in ms; 600 if not given." placeholder:"MS" group:"Continuous recordings:"`
	OverlapMs *float64 `help:"What each shares with the next one; a third of a window if not given." placeholder:"MS" group:"Continuous recordings:"`
}

func (f *chopFlags) fillChop(o *prepare.Options) error {
	if !f.Chop && f.ChopMs == nil && f.OverlapMs == nil {
		return nil
	}
	o.Chop = &prepare.ChopOptions{OverlapMs: f.OverlapMs}
	if f.ChopMs == nil {
		return nil
	}
	if *f.ChopMs == 0 { // of the options, that is the default
		return fmt.Errorf("windows are 0 ms long: they must be longer than 0 (--chop-ms)")
	}
	o.Chop.WindowMs = *f.ChopMs
	return nil
}
