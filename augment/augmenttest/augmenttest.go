package augmenttest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/internal/tinyrun"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// Run tests the augmentation registered under a name, at a strength that it takes.
func Run(t *testing.T, name string) {
	strength, alone := maker(t, name)
	for what, check := range checks {
		t.Run(what, func(t *testing.T) {
			if err := check(alone); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("copies nothing", func(t *testing.T) {
		list, err := augment.List(augment.Strengths{name: strength}, augment.CoordinatedDropout{Rate: .4})
		if err != nil {
			t.Fatal(err)
		}
		if err := Copies(list); err != nil {
			t.Error(err)
		}
	})
	t.Run("a tiny run ends", func(t *testing.T) {
		tinyrun.Run(t, tinyrun.Counts(), func(c *autolfads.Config) { c.Train.Augment = augment.Strengths{name: strength} })
	})
}

// maker makes the augmentation at the first of a few strengths that it takes.
func maker(t *testing.T, name string) (strength float64, list []augment.Augmentation) {
	var err error
	for _, strength := range []float64{1, .5, .2, 2} {
		if list, err = augment.List(augment.Strengths{name: strength}, augment.CoordinatedDropout{}); err == nil {
			return strength, list
		}
	}
	t.Fatal(err)
	return 0, nil
}

// checks are what a list of augmentations owes, each by a name. An error says where
// it does not.
var checks = map[string]func([]augment.Augmentation) error{
	"says what it changes":  Declares,
	"a trial stands alone":  StandsAlone,
	"draws by key":          DrawsByKey,
	"stays finite":          Finite,
	"allocates nothing":     Allocates,
	"leaves what is hidden": LeavesHidden,
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
	if augment.ChangesOf(list).Observed {
		b.Observed = make([]uint8, len(b.Pass))
	}
	clear(b.Pass)
	for _, a := range list {
		a.Apply(b)
	}
	if slices.Max(b.Pass) > 0 || b.Observed != nil && slices.Max(b.Observed) > 0 {
		return fmt.Errorf("it lets gradient pass, or has observed, where another hid it")
	}
	return nil
}

// Copies checks that with coordinated dropout in the list (of pass rate 0) the
// network cannot learn to copy: no element of the recording that the encoders read
// anywhere is asked for where gradient passes.
//
// It changes one recorded count at a time, keeps the draws, and looks what changes.
// If some of the input does, the count is read; then no element of the data that
// changed, too, may count in the gradient: its target would be a function of what
// the network sees.
func Copies(list []augment.Augmentation) error {
	const trials, width = 5, 8
	r := newRecording(trials)
	before := apply(list, r.block(0, trials, width, 1))
	for trial := range trials {
		for i := range r[trial] {
			r[trial][i] += 3
			after := apply(list, r.block(0, trials, width, 1))
			r[trial][i] -= 3
			if slices.Equal(before.Input, after.Input) {
				continue
			}
			for j := range before.Data {
				if j%width < trials && before.Data[j] != after.Data[j] && counts(after, j) {
					return fmt.Errorf("the count of trial %d, bin %d, neuron %d is read, and is reconstructed where gradient passes: the network can copy it",
						trial, i/neurons, i%neurons)
				}
			}
		}
	}
	return nil
}
