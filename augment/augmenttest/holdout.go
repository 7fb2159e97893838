package augmenttest

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/augment"
)

// HoldsOut checks the holdouts of a list: the same elements in every epoch, some and
// not all; scored are those alone, of what is read in training.
func HoldsOut(list []augment.Augmentation) error {
	for _, a := range list {
		h, ok := a.(augment.Holdout)
		if !ok {
			continue
		}
		for _, r := range []recording{newRecording(20), newRecording(20).lacking()} {
			if err := holdsOut(h, r); err != nil {
				return err
			}
		}
	}
	return nil
}

func holdsOut(h augment.Holdout, r recording) error {
	of := func(a augment.Augmentation, epoch uint64) *augment.Block {
		return apply([]augment.Augmentation{a}, r.block(0, 20, 32, epoch))
	}
	train, score, all := of(h, 1), of(h.HeldOut(), 1), of(idle{}, 1)
	if !same(train, of(h, 2)) {
		return fmt.Errorf("in another epoch it holds out other elements")
	}
	if !slices.Equal(train.Input, score.Input) {
		return fmt.Errorf("what is read to score what is held out is not what is read in training")
	}
	held, total := 0, 0
	for i := range all.Data {
		inTraining, scored, there := counts(train, i), counts(score, i), counts(all, i)
		if inTraining && scored || (inTraining || scored) != there {
			return fmt.Errorf("element %d counts in training, %v, and in the score, %v: one of both, where it was observed (%v)", i, inTraining, scored, there)
		}
		if there {
			total++
		}
		if scored {
			held++
		}
	}
	if held == 0 || held == total || !(h.Weight() >= 1) {
		return fmt.Errorf("%d of %d elements are held out, and the others weigh %v", held, total, h.Weight())
	}
	return nil
}

// idle is an augmentation that leaves all as it is.
type idle struct{}

// Changes implements [augment.Augmentation]: there is a mask of what is observed.
func (idle) Changes() augment.Changes { return augment.Changes{Observed: true} }

// Apply implements [augment.Augmentation].
func (idle) Apply(*augment.Block) {}
