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

	// Key returns the key of a random stream for the trial in one lane. An
	// augmentation has purposes of its own: rng.Named.
	Key func(purpose rng.Purpose, lane int) rng.Key
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

// Draw prepares masks that lack an element with probability rate, for a purpose:
// one of the block's two, which serves until it is prepared again.
func (b *Block) Draw(which int, purpose rng.Purpose, rate float64) *Masks {
	m := &b.Masks[which]
	for lane := range b.Trials {
		m.drop.SetKey(lane, b.Key(purpose, lane))
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
