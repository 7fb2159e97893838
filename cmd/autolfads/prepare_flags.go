package main

import "github.com/autolfads/autolfads/prepare"

// trialFlags say how a recording becomes trials: those that prepare and run share. A
// concern has a struct of flags of its own, in a file of its own, and a line in each of
// the two lists here. None of their names may be one of run's other flags.
type trialFlags struct {
	windowFlags
	chopFlags
	selectFlags
	holdOutFlags
	splitFlags
	behaviorFlags
	signalFlags
}

// fill fills in what the flags say.
func (f *trialFlags) fill(o *prepare.Options) error {
	for _, fill := range []func(*prepare.Options) error{f.fillWindow, f.fillChop, f.fillSelection, f.fillHoldOut, f.fillSplit, f.fillBehavior, f.fillSignals} {
		if err := fill(o); err != nil {
			return err
		}
	}
	return nil
}
