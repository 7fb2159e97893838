package main

import "github.com/autolfads/autolfads/prepare"

// holdOutFlags say what the model does not read, but has to predict.
type holdOutFlags struct {
	HoldOut      float64 `help:"Share of the units that are not read, but predicted from the others." placeholder:"SHARE" group:"Held out:"`
	HoldOutUnits string  `help:"These units instead: ids (3,5,7, or @FILE of one a line), or a condition on the units' columns ('heldout')." placeholder:"UNITS" group:"Held out:"`
	ForwardMs    float64 `help:"Bins behind the window that are not read, but predicted." placeholder:"MS" group:"Held out:"`
}

func (f *holdOutFlags) fillHoldOut(o *prepare.Options) error {
	units, err := fromFile(f.HoldOutUnits)
	o.HoldOut = prepare.HoldOutOptions{Share: f.HoldOut, Units: units}
	o.ForwardMs = f.ForwardMs
	return err
}

// asideFlag says which units no model sees; run has a flag of its own for these, which is
// of files that are binned, too.
type asideFlag struct {
	SetAside float64 `help:"Units that models neither read nor reconstruct, for few-shot co-smoothing: a number, or a share below 1, of those kept; the seed says which." placeholder:"N" group:"Held out:"`
}
