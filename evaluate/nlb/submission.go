package nlb

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
)

// Submission is rates in expected counts per bin, [trials, bins, neurons], those held
// in first. Forward bins may follow. Trials and neurons are in the targets' order.
type Submission struct {
	HeldIn int            // how many neurons are held in
	Train  *dataset.Array // of trials that train; nil: none, and no behaviour is decoded
	Eval   *dataset.Array // of trials that are evaluated
}

// check returns an error for rates that are not of the targets' trials and neurons.
func (s *Submission) check(t *Targets) error {
	if s.Eval == nil {
		return fmt.Errorf("there are no rates of the evaluated trials: infer them with autolfads infer")
	}
	neurons := s.HeldIn + t.HeldOut.Features
	switch {
	case s.Eval.Trials != t.HeldOut.Trials:
		return fmt.Errorf("rates are of %d evaluated trials, targets in %s of %d: infer them from data that were prepared with the targets' trials (--eval val, or test for the benchmark's file)",
			s.Eval.Trials, t.Path, t.HeldOut.Trials)
	case s.Eval.Features != neurons:
		return fmt.Errorf("rates are of %d neurons, targets in %s of %d held out beside %d held in: neurons that were left out or set aside cannot be scored",
			s.Eval.Features, t.Path, t.HeldOut.Features, s.HeldIn)
	case s.Eval.Bins < t.HeldOut.Bins:
		return fmt.Errorf("rates are of %d bins, targets in %s of %d of %d ms", s.Eval.Bins, t.Path, t.HeldOut.Bins, t.BinMs)
	case s.Train != nil && s.Train.Features != neurons:
		return fmt.Errorf("rates of training trials are of %d neurons, those of evaluated trials of %d", s.Train.Features, neurons)
	}
	return nil
}
