package augment

import (
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

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

// Changes implements [Augmentation].
func (CoordinatedDropout) Changes() Changes { return Changes{} }

// Apply implements [Augmentation].
func (c CoordinatedDropout) Apply(b *Block) {
	if c.Rate == 0 {
		return
	}
	dropped := b.Draw(0, rng.CoordinatedDropout, c.Rate)
	var passed *Masks
	if c.PassRate > 0 {
		passed = b.Draw(1, rng.CoordinatedPass, c.PassRate)
	}
	for bin := range b.Bins {
		kept := dropped.Kept(bin, b.HeldIn)
		x := b.Input[b.InputAt(bin, 0, 0):b.InputAt(bin+1, 0, 0)]
		nn.Drop(x, x, kept, c.Rate, b.Width)
		if passed != nil {
			for i, stopped := range passed.Kept(bin, b.HeldIn) {
				kept[i] &= stopped
			}
		}
		for i, stopped := range kept {
			b.Pass[bin*b.Neurons*nn.MaskBytes(b.Width)+i] &^= stopped
		}
	}
}
