package lfads

import (
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// dropoutOf prepares masks for a purpose.
func (t *tape) dropoutOf(purpose rng.Purpose) *nn.Dropout {
	t.keyDropout(t.dropout, purpose)
	return t.dropout
}

func (t *tape) keyDropout(d *nn.Dropout, purpose rng.Purpose) {
	d.Rate = t.pass.DropoutRate
	t.setKeys(d.Keys, purpose)
}

// maskAt returns the mask of one bin of features.
func (t *tape) maskAt(masks []uint8, bin, features int) []uint8 {
	return at(masks, bin, features*nn.MaskBytes(t.w))
}

// drop writes x, dropped out if the pass has dropout, to dst; x may be nil for
// zeros, or dst itself.
func (t *tape) drop(dst, x []float32, keep []uint8) {
	switch {
	case x == nil:
		clear(dst)
	case t.pass.DropoutRate > 0:
		nn.Drop(dst, x, keep, t.pass.DropoutRate, t.w)
	default:
		copy(dst, x)
	}
}
