package augment

import (
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// Block is what an augmentation may change of one block of trials, before the
// encoders read it. Activations lie as [bins][neurons][Width]; lanes from
// Trials on only fill up the block.
type Block struct {
	Width, Trials      int
	Bins, HeldIn       int       // of Input
	ReconBins, Neurons int       // of GradientMask; held-in neurons come first
	Input              []float32 // [Bins][HeldIn][Width], what the encoders will read
	GradientMask       []uint8   // [ReconBins][Neurons][nn.MaskBytes(Width)], where an element's loss passes gradient (nn.SetKept); starts with all bits set

	// Key returns the key of a random stream for the trial in one lane.
	Key func(purpose rng.Purpose, lane int) rng.Key
	// Mask is scratch for one bin, [HeldIn][nn.MaskBytes(Width)].
	Mask []uint8
	// Drop is scratch for masks.
	Drop *nn.Dropout
}

// Augmentation changes what the encoders read, and where the reconstruction
// loss passes gradient. It is off in validation and inference.
type Augmentation interface {
	Apply(b *Block)
}

// CoordinatedDropout zeroes a share Rate of the input's elements, scales the
// others by 1/(1 - Rate), and lets the reconstruction loss pass gradient only
// at the elements that were zeroed (and, with probability PassRate, at the
// others). So no element of the input can reach the gradient of its own loss
// term, and the network cannot learn to copy spikes. Held-out neurons and
// forward bins are never read and always pass gradient.
//
// Source: Keshtkaran and Pandarinath 2019. All bins are masked, those of an
// initial-condition segment too: what is read there could be copied as well.
type CoordinatedDropout struct {
	Rate     float64
	PassRate float64
}

// Apply implements Augmentation.
func (c CoordinatedDropout) Apply(b *Block) {
	if c.Rate == 0 {
		return
	}
	n := b.HeldIn * b.Width
	c.eachMask(b, rng.CoordinatedDropout, c.Rate, func(bin int, gradient []uint8) {
		x := b.Input[bin*n : (bin+1)*n]
		nn.Drop(x, x, b.Mask, c.Rate, b.Width)
		for i, kept := range b.Mask {
			gradient[i] = ^kept
		}
	})
	if c.PassRate == 0 {
		return
	}
	c.eachMask(b, rng.CoordinatedPass, c.PassRate, func(_ int, gradient []uint8) {
		for i, kept := range b.Mask {
			gradient[i] |= ^kept
		}
	})
}

// eachMask draws the mask of each bin into b.Mask and calls do with the part of
// the gradient's mask that belongs to the same elements.
func (c CoordinatedDropout) eachMask(b *Block, purpose rng.Purpose, rate float64, do func(bin int, gradient []uint8)) {
	for lane := range b.Trials {
		b.Drop.SetKey(lane, b.Key(purpose, lane))
	}
	b.Drop.Rate = rate
	for bin := range b.Bins {
		b.Drop.Mask(b.Mask, bin, b.HeldIn, b.Width)
		do(bin, b.GradientMask[bin*b.Neurons*nn.MaskBytes(b.Width):][:len(b.Mask)])
	}
}
