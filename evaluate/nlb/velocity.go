package nlb

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
)

// velocity is the R2 of behaviour decoded from rates, averaged over masks: each has a
// ridge regression of its own, fitted on the training trials that it marks.
func (e *scoring) velocity(ctx context.Context, tell decode.Progress) (float64, error) {
	train, eval := e.t.TrainBehavior, e.t.EvalBehavior
	if err := e.checkVelocity(train, eval); err != nil {
		return 0, err
	}
	masks := 1
	if e.t.TrainMask != nil {
		masks = e.t.TrainMask.Features
	}
	sum := 0.
	for mask := range masks {
		r2, err := e.decoded(ctx, marked(train, e.t.TrainMask, mask), marked(eval, e.t.EvalMask, mask), tell)
		if err != nil && masks > 1 {
			err = fmt.Errorf("trials of decode mask %d: %w", mask, err)
		}
		if err != nil {
			return 0, err
		}
		sum += r2
	}
	return sum / float64(masks), nil
}

func (e *scoring) checkVelocity(train, eval *dataset.Array) error {
	switch {
	case train == nil || eval == nil:
		return errors.New("the targets have no train_behavior and eval_behavior")
	case e.Train == nil:
		return errors.New("there are no rates of training trials, on which the decoder is fitted")
	case e.Train.Trials != train.Trials:
		return fmt.Errorf("rates are of %d training trials, targets in %s of %d: infer them from the file that goes with the targets", e.Train.Trials, e.t.Path, train.Trials)
	case train.Bins != e.t.HeldOut.Bins || eval.Bins != train.Bins || e.Train.Bins < train.Bins || train.Features != eval.Features:
		return fmt.Errorf("train_behavior is %v, eval_behavior %v, rates of training trials %v: bins must be the %d that are read", train, eval, e.Train, e.t.HeldOut.Bins)
	}
	return checkMasks(train, e.t.TrainMask, eval, e.t.EvalMask)
}

func checkMasks(train, trainMask, eval, evalMask *dataset.Array) error {
	if trainMask == nil && evalMask == nil {
		return nil
	}
	fits := func(a, mask *dataset.Array) bool {
		return mask != nil && mask.Trials == a.Trials && (mask.Bins == 1 || mask.Bins == a.Bins)
	}
	if !fits(train, trainMask) || !fits(eval, evalMask) || trainMask.Features != evalMask.Features {
		return fmt.Errorf("train_decode_mask is %v, eval_decode_mask %v: they must mark the same trials as behaviour, %v and %v, by as many masks", trainMask, evalMask, train, eval)
	}
	return nil
}

// marked returns behaviour with NaN in the bins that a mask does not mark: those are
// not decoded.
func marked(a, mask *dataset.Array, which int) *dataset.Array {
	if mask == nil {
		return a
	}
	out := dataset.NewArray(a.Trials, a.Bins, a.Features)
	copy(out.Data, a.Data)
	for trial := range a.Trials {
		for bin := range a.Bins {
			if mask.Bin(trial, min(bin, mask.Bins-1))[which] != 0 {
				continue
			}
			row := out.Bin(trial, bin)
			for o := range row {
				row[o] = float32(math.NaN())
			}
		}
	}
	return out
}

// decoded fits a decoder and returns its R2 on evaluated trials, averaged over outputs.
func (e *scoring) decoded(ctx context.Context, train, eval *dataset.Array, tell decode.Progress) (float64, error) {
	l, err := decode.Ridge(ctx, e.Train, train, tell)
	if err != nil {
		return 0, err
	}
	decoded := l.Predict(e.Eval, eval.Bins)
	f := newFit(eval.Features, len(eval.Data))
	for trial := range eval.Trials {
		for bin := range eval.Bins {
			if y := eval.Bin(trial, bin); decode.Finite(y) {
				f.add(y, decoded.Bin(trial, bin))
			}
		}
	}
	if !decode.Finite(f.predicted) {
		return 0, errors.New("rates of evaluated trials are not finite where behaviour is known")
	}
	if len(f.truth) == 0 {
		return 0, errors.New("behaviour is not known in any evaluated bin")
	}
	return f.r2(), nil
}
