package augment

import (
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/internal/rng"
	"github.com/autolfads/autolfads/nn"
)

// Block is what an augmentation may change of one block of trials, before the
// encoders read it. Activations lie as [bins][neurons][Width]; lanes from
// Trials on only fill up the block.
type Block struct {
	Width, Trials      int
	Bins, HeldIn       int       // of Input
	ReconBins, Neurons int       // of GradientMask; held-in neurons come first
	Input              []float32 // [Bins][HeldIn][Width], what the encoders will read
	GradientMask       []float32 // [ReconBins][Neurons][Width], multiplies the gradient of each element's loss; starts as ones

	// Key returns the key of a random stream for the trial in one lane.
	Key func(purpose rng.Purpose, lane int) rng.Key
	// Mask is scratch of [HeldIn][Width].
	Mask []float32
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
	for t := range b.Bins {
		gradient := b.GradientMask[t*b.Neurons*b.Width:][:n]
		c.mask(b, rng.CoordinatedDropout, c.Rate, t)
		kernel.Mul(b.Input[t*n:(t+1)*n], b.Mask[:n])
		kernel.IsZero(gradient, b.Mask[:n])
		if c.PassRate == 0 {
			continue
		}
		c.mask(b, rng.CoordinatedPass, c.PassRate, t)
		for i, dropped := range b.Mask[:n] {
			if dropped == 0 {
				gradient[i] = 1
			}
		}
	}
}

// mask writes the mask of one bin to b.Mask: zero with probability rate.
func (c CoordinatedDropout) mask(b *Block, purpose rng.Purpose, rate float64, bin int) {
	for lane := range b.Trials {
		b.Drop.SetKey(lane, b.Key(purpose, lane))
	}
	b.Drop.Rate = rate
	b.Drop.Mask(b.Mask, bin, b.HeldIn, b.Width)
}
