package augment

import (
	"fmt"

	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// SampleValidation keeps a share of the elements from training for the whole run: they
// are read as 0, and the loss does not ask for them. The others are scaled by
// 1/(1 - Share) where they are read, and weigh as much more in the loss. Held-out
// neurons and forward bins are masked as well. Which elements those are depends on the
// seed of the run, the trial, the bin and the neuron alone: they are the same in all
// epochs, for all members and in all generations, so that no member has ever learned
// from one.
//
// After each epoch they are scored: what is reported is an honest likelihood on the
// training trials. (Readouts start from mean rates of all data, theirs too.)
type SampleValidation struct{ Share float64 }

// newSampleValidation is a [Maker]: the strength is the share held out.
func newSampleValidation(strength float64) (Augmentation, error) {
	if !(strength > 0 && strength <= .99) {
		return nil, fmt.Errorf("it is the share of elements that is held out, above 0 and .99 at most; give .1, for example")
	}
	return SampleValidation{strength}, nil
}

// Changes implements [Augmentation].
func (SampleValidation) Changes() Changes { return Changes{Observed: true} }

// Weight implements [Holdout].
func (s SampleValidation) Weight() float64 { return 1 / (1 - s.Share) }

// HeldOut implements [Holdout].
func (s SampleValidation) HeldOut() Augmentation { return heldOut{s} }

// Apply implements [Augmentation].
func (s SampleValidation) Apply(b *Block) { s.mask(b, 0) }

// heldOut is the complement: observed is what is held out.
type heldOut struct{ of SampleValidation }

// Changes implements [Augmentation].
func (h heldOut) Changes() Changes { return h.of.Changes() }

// Apply implements [Augmentation].
func (h heldOut) Apply(b *Block) { h.of.mask(b, 0xff) }

// mask hides what is held out from the encoders, and from the loss what is; flipped,
// all else.
func (s SampleValidation) mask(b *Block, flip uint8) {
	masks := b.DrawForRun(0, rng.SampleValidation, s.Share)
	for bin := range b.ReconBins {
		kept := masks.Kept(bin, b.Neurons)
		if bin < b.Bins {
			x := b.Input[b.InputAt(bin, 0, 0):b.InputAt(bin+1, 0, 0)]
			nn.Drop(x, x, kept[:b.HeldIn*nn.MaskBytes(b.Width)], 0, b.Width)
		}
		observed := b.Observed[bin*len(kept):][:len(kept)]
		for i, row := range kept {
			observed[i] &= row ^ flip
		}
	}
	b.Scale /= float32(1 - s.Share)
}
