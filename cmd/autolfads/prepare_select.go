package main

import "github.com/autolfads/autolfads/prepare"

// selectFlags say what of a recording is kept.
type selectFlags struct {
	MinRateHz float64 `help:"Leave out units that fire less in the trials kept." placeholder:"HZ" group:"Units:"`
}

func (f *selectFlags) fillSelection(o *prepare.Options) error {
	o.Units.MinRateHz = f.MinRateHz
	return nil
}
