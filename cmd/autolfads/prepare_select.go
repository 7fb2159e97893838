package main

import "github.com/autolfads/autolfads/prepare"

// selectFlags say what of a recording is kept.
type selectFlags struct {
	Where     string  `help:"Keep trials of which a condition on their columns is true: --where 'result == \"R\" && duration < 2'." placeholder:"CONDITION" group:"Trials:"`
	MinRateHz float64 `help:"Leave out units that fire less in the trials kept." placeholder:"HZ" group:"Units:"`
}

func (f *selectFlags) fillSelection(o *prepare.Options) error {
	o.Where = f.Where
	o.Units.MinRateHz = f.MinRateHz
	return nil
}
