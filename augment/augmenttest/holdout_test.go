package augmenttest

import (
	"testing"

	"github.com/autolfads/autolfads/augment"
)

// holdout is one made for a test, of others' parts.
type holdout struct {
	augment.Augmentation
	weight float64
	scored augment.Augmentation
}

func (h holdout) Weight() float64               { return h.weight }
func (h holdout) HeldOut() augment.Augmentation { return h.scored }

// Holdouts that keep other elements in each epoch, read something else to be scored,
// score what is trained on, hold out nothing, or weigh too little are found.
func TestHoldsOutFindsPlantedFaults(t *testing.T) {
	whole := augment.SampleValidation{Share: .2}
	score := whole.HeldOut()
	masked := augment.Changes{Observed: true}
	fresh := faulty{masked, func(b *augment.Block) { b.RunKey = b.Key; whole.Apply(b) }}
	for name, h := range map[string]augment.Holdout{
		"in each epoch others":   holdout{fresh, 1.25, score},
		"other input":            holdout{whole, 1.25, faulty{masked, func(b *augment.Block) { score.Apply(b); later(b) }}},
		"the score of all":       holdout{whole, 1.25, faulty{masked, func(b *augment.Block) { copyInput(b, score) }}},
		"nothing held out":       holdout{idle{}, 1, faulty{masked, func(b *augment.Block) { clear(b.Observed) }}},
		"all held out":           holdout{faulty{masked, func(b *augment.Block) { clear(b.Observed) }}, 1, idle{}},
		"a weight of what is in": holdout{whole, .8, score},
	} {
		if HoldsOut([]augment.Augmentation{h}) == nil {
			t.Errorf("%s: it is not found", name)
		}
	}
	if err := HoldsOut([]augment.Augmentation{whole}); err != nil {
		t.Error(err)
	}
}

// copyInput has read what an augmentation has, and all observed.
func copyInput(b *augment.Block, of augment.Augmentation) {
	observed := append([]uint8(nil), b.Observed...)
	of.Apply(b)
	copy(b.Observed, observed)
}
