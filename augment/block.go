package augment

import (
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// Block is a block of trials as it lies between the recording and the model.
// Lanes from Trials on, of Width, only fill it up: their input stays finite and
// they have no key.
type Block struct {
	Width, Trials      int
	Bins, HeldIn       int // of Input
	ReconBins, Neurons int // of Data and the masks: Bins and HeldIn at least; held-in neurons come first

	Input []float32 // [Bins][HeldIn][Width], what the encoders will read
	Data  []float32 // [ReconBins][Neurons][Width], what is to be reconstructed; finite everywhere
	// Two masks of [ReconBins][Neurons], each a row of nn.MaskBytes(Width)
	// (nn.Kept, nn.SetKept); they start with all bits set. An element that is not
	// observed counts neither in the loss nor in the gradient; one that does not
	// pass counts in the loss alone. Who hides an element clears its bit and none
	// sets it again; who moves data moves their bits of Observed along. Observed is
	// nil, everywhere, unless the recording lacks elements or an augmentation of the
	// list says that it changes it. What is not observed is read as 0.
	Observed, Pass []uint8

	// Scale is what the model multiplies Input by when all has been applied: 1, or
	// more, to make up for what an augmentation hides from the encoders. So those after
	// it see data as they are.
	Scale float32

	// Key returns the key of a random stream for the trial in one lane: another in
	// each step. RunKey returns one that depends on the seed of the run and the trial
	// alone: the same in all steps, of all members. An augmentation has purposes of its
	// own: rng.Named.
	Key, RunKey func(purpose rng.Purpose, lane int) rng.Key
	// Scratch, lost from one augmentation to the next.
	Masks  [2]Masks
	Series []float32 // [ReconBins]: numbers of one neuron in one trial
}

// InputAt returns where an element lies in Input.
func (b *Block) InputAt(bin, neuron, lane int) int { return (bin*b.HeldIn+neuron)*b.Width + lane }

// DataAt returns where an element lies in Data, and which one it is in the masks
// (nn.Kept).
func (b *Block) DataAt(bin, neuron, lane int) int { return (bin*b.Neurons+neuron)*b.Width + lane }

// Hide has an element of Data counted as not observed: of a block that has Observed.
func (b *Block) Hide(bin, neuron, lane int) {
	nn.SetKept(b.Observed, b.DataAt(bin, neuron, lane), b.Width, false)
}

// IsObserved says whether an element of Data is observed.
func (b *Block) IsObserved(bin, neuron, lane int) bool {
	return b.Observed == nil || nn.Kept(b.Observed, b.DataAt(bin, neuron, lane), b.Width)
}

// ScaleInput multiplies Input by Scale: for the model, when all has been applied.
func (b *Block) ScaleInput() {
	if b.Scale == 1 {
		return
	}
	for i, x := range b.Input {
		b.Input[i] = x * b.Scale
	}
}

// Draw prepares masks that lack an element with probability rate, for a purpose:
// one of the block's two, which serves until it is prepared again.
func (b *Block) Draw(which int, purpose rng.Purpose, rate float64) *Masks {
	return b.draw(which, b.Key, purpose, rate)
}

// DrawForRun is Draw for masks that are the same in the whole run.
func (b *Block) DrawForRun(which int, purpose rng.Purpose, rate float64) *Masks {
	return b.draw(which, b.RunKey, purpose, rate)
}

func (b *Block) draw(which int, key func(rng.Purpose, int) rng.Key, purpose rng.Purpose, rate float64) *Masks {
	m := &b.Masks[which]
	for lane := range b.Trials {
		m.drop.SetKey(lane, key(purpose, lane))
	}
	m.drop.Rate, m.width = rate, b.Width
	return m
}

// Masks draws masks of a bin.
type Masks struct {
	drop  *nn.Dropout
	kept  []uint8
	width int
}

// NewMasks returns masks of up to a number of neurons for blocks of width w.
func NewMasks(a *nn.Arena, neurons, w int) Masks {
	return Masks{drop: nn.NewDropout(a, w), kept: nn.NewMask(a, 1, neurons, w), width: w}
}

// Kept returns which elements of one bin, [neurons][Width], are kept; it is lost
// with the next bin.
func (m *Masks) Kept(bin, neurons int) []uint8 {
	kept := m.kept[:neurons*nn.MaskBytes(m.width)]
	m.drop.Mask(kept, bin, neurons, m.width)
	return kept
}
