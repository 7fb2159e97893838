package nn

import (
	"math"

	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/internal/rng"
)

// Dropout zeroes each element with probability Rate and scales the others by
// 1/(1 - Rate). The mask is a function of the lanes' keys, the bin and the
// feature alone.
type Dropout struct {
	Rate   float64 // in [0, 1]; at 1 an element in 2^32 is still left
	k0, k1 []uint32
}

// NewDropout returns dropout for blocks of up to w lanes.
func NewDropout(w int) *Dropout { return &Dropout{k0: make([]uint32, w), k1: make([]uint32, w)} }

// SetKey sets the key of one lane.
func (d *Dropout) SetKey(lane int, key rng.Key) { d.k0[lane], d.k1[lane] = key.K0, key.K1 }

// Mask writes the mask of one bin, [features][w]: 0 or 1/(1 - Rate).
func (d *Dropout) Mask(dst []float32, bin, features, w int) {
	threshold := uint32(min(math.Round(float64(d.Rate*(1<<32))), math.MaxUint32))
	kernel.DropoutMask(dst, d.k0, d.k1, bin, features, w, threshold, float32(1/(1-d.Rate)))
}
