package augmenttest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// checks are what a list of augmentations owes, each by a name. An error says where
// it does not.
var checks = map[string]func([]augment.Augmentation) error{
	"changes something":     Does,
	"says what it changes":  Declares,
	"a trial stands alone":  StandsAlone,
	"draws by key":          DrawsByKey,
	"stays finite":          Finite,
	"allocates nothing":     Allocates,
	"leaves what is hidden": LeavesHidden,
	"keeps what is missing": KeepsMissing,
	"scores what it keeps":  HoldsOut,
}

// checks returns what a subject owes.
func (s subject) checks() map[string]func([]augment.Augmentation) error {
	all := maps.Clone(checks)
	if s.guarded {
		all["copies nothing"] = Copies
	}
	return all
}

// epochs are how many epochs' draws are tried: what happens rarely happens in one.
const epochs = 20

// Does checks that a list changes a block at all.
func Does(list []augment.Augmentation) error {
	r := newRecording(20)
	for epoch := range uint64(epochs) {
		before, after := r.block(0, 20, 32, epoch), apply(list, r.block(0, 20, 32, epoch))
		hidden := slices.ContainsFunc(after.Observed, func(row uint8) bool { return row != 0xff })
		if hidden || !slices.Equal(before.Input, after.Input) || !slices.Equal(before.Data, after.Data) || !slices.Equal(before.Pass, after.Pass) {
			return nil
		}
	}
	return fmt.Errorf("it changes nothing in %d epochs", epochs)
}

// Declares checks that data and the mask of what is observed change only if it is
// said that they may.
func Declares(list []augment.Augmentation) error {
	r := newRecording(20)
	before, after := r.block(0, 20, 32, 1), apply(list, r.block(0, 20, 32, 1))
	changes := augment.ChangesOf(list)
	if !changes.Data && !slices.Equal(before.Data, after.Data) {
		return fmt.Errorf("it changes the data and does not say so")
	}
	if !changes.Observed && after.Observed != nil {
		return fmt.Errorf("it makes a mask of what is observed and does not say so")
	}
	return nil
}

// StandsAlone checks that what becomes of a trial depends neither on its lane nor on
// the block's width nor on its neighbours.
func StandsAlone(list []augment.Augmentation) error {
	r := newRecording(20)
	return errors.Join(standsAlone(list, r), standsAlone(list, r.lacking()))
}

func standsAlone(list []augment.Augmentation, r recording) error {
	for trial := range r {
		one := apply(list, r.block(trial, 1, 1, 1))
		for _, width := range []int{8, 16, 32} {
			first := max(0, trial-2)
			many := apply(list, r.block(first, min(width, len(r)-first), width, 1))
			if at := differs(one, many, trial-first); at != "" {
				return fmt.Errorf("trial %d alone and in lane %d of %d differ in %s", trial, trial-first, width, at)
			}
		}
	}
	return nil
}

// differs says where the trial of a block of one lane differs from that in a lane of
// another.
func differs(one, many *augment.Block, lane int) string {
	for i, v := range one.Input {
		if v != many.Input[i*many.Width+lane] {
			return "what is read"
		}
	}
	for i, v := range one.Data {
		j := i*many.Width + lane
		switch {
		case v != many.Data[j]:
			return "what is reconstructed"
		case nn.Kept(one.Pass, i, 1) != nn.Kept(many.Pass, j, many.Width):
			return "where gradient passes"
		case one.Observed != nil && nn.Kept(one.Observed, i, 1) != nn.Kept(many.Observed, j, many.Width):
			return "where it is observed"
		}
	}
	return ""
}

// same says whether two blocks hold the same in all.
func same(a, b *augment.Block) bool {
	return slices.Equal(a.Input, b.Input) && slices.Equal(a.Data, b.Data) && slices.Equal(a.Pass, b.Pass) && slices.Equal(a.Observed, b.Observed)
}

// DrawsByKey checks that the same draws do the same, and that an augmentation that
// draws at all draws anew in another epoch.
func DrawsByKey(list []augment.Augmentation) error {
	r := newRecording(20)
	first := apply(list, r.block(0, 20, 32, 1))
	if !same(first, apply(list, r.block(0, 20, 32, 1))) {
		return fmt.Errorf("the same draws do not do the same")
	}
	drawn := false
	b := r.block(0, 20, 32, 1)
	key := b.Key
	b.Key = func(p rng.Purpose, lane int) rng.Key { drawn = true; return key(p, lane) }
	apply(list, b)
	if drawn && same(first, apply(list, r.block(0, 20, 32, 2))) {
		return fmt.Errorf("it draws, and another epoch's draws do the same")
	}
	return nil
}

// Finite checks that numbers stay finite, also in lanes beyond the trials.
func Finite(list []augment.Augmentation) error {
	b := apply(list, newRecording(5).block(0, 5, 8, 1))
	for _, v := range slices.Concat(b.Input, b.Data) {
		if v-v != 0 {
			return fmt.Errorf("it makes %v", v)
		}
	}
	return nil
}

// Allocates checks that a step is not slowed by the heap.
func Allocates(list []augment.Augmentation) error {
	b := newRecording(5).block(0, 5, 8, 1)
	apply(list, b)
	n := testing.AllocsPerRun(5, func() {
		for _, a := range list {
			a.Apply(b)
		}
	})
	if n > 0 {
		return fmt.Errorf("a block makes %v allocations", n)
	}
	return nil
}

// LeavesHidden checks that what was hidden before stays hidden: bits of masks are
// cleared and never set.
func LeavesHidden(list []augment.Augmentation) error {
	b := newRecording(20).block(0, 20, 32, 1)
	b.Observed = make([]uint8, len(b.Pass))
	clear(b.Pass)
	apply(list, b)
	if slices.Max(b.Pass) > 0 || slices.Max(b.Observed) > 0 {
		return fmt.Errorf("it lets gradient pass, or has observed, where another hid it")
	}
	return nil
}

// KeepsMissing checks that what the recording lacks stays unseen, wherever it moves:
// another number in its place changes nothing that is read or counts.
func KeepsMissing(list []augment.Augmentation) error {
	r := newRecording(20).lacking()
	for epoch := range uint64(epochs) {
		one, other := r.block(0, 20, 32, epoch), r.block(0, 20, 32, epoch)
		for i := range other.Data {
			if !nn.Kept(other.Observed, i, other.Width) {
				other.Data[i] += 2
			}
		}
		apply(list, one)
		apply(list, other)
		for _, b := range []*augment.Block{one, other} {
			for i := range b.Data {
				if !nn.Kept(b.Observed, i, b.Width) {
					b.Data[i] = 0
				}
			}
		}
		if !same(one, other) {
			return fmt.Errorf("what was not observed shows in what is read, or counts")
		}
	}
	return nil
}
