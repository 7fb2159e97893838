package nn

import (
	"math"

	"github.com/autolfads/autolfads/internal/kernel"
)

// Dropout draws masks that lack each element with probability Rate.
type Dropout struct {
	Keys
	Rate float64 // in [0, 1]; at 1 an element in 2^32 is still kept
}

// NewDropout returns dropout for blocks of up to w lanes.
func NewDropout(a *Arena, w int) *Dropout { return &Dropout{Keys: NewKeys(a, w)} }

// Mask writes the mask of one bin: which elements of [features][w] are kept.
func (d *Dropout) Mask(keep []uint8, bin, features, w int) {
	threshold := uint32(min(math.Round(float64(d.Rate*(1<<32))), math.MaxUint32))
	kernel.DropoutMask(keep, d.k0, d.k1, bin, features, w, threshold)
}

// NewMask returns masks of bins time bins, [bins][features][MaskBytes(w)]: a bit
// for each element of [bins][features][w].
func NewMask(a *Arena, bins, features, w int) []uint8 {
	return Take[uint8](a, bins*features*MaskBytes(w))
}

// MaskBytes returns the bytes of a mask for one feature of a block of width w:
// lane l is bit l%8 of byte l/8.
func MaskBytes(w int) int { return kernel.MaskBytes(w) }

// Kept says whether a mask keeps element i of [features][w].
func Kept(keep []uint8, i, w int) bool { return kernel.Kept(keep, i, w) }

// SetKept makes a mask keep element i of [features][w], or not.
func SetKept(keep []uint8, i, w int, kept bool) { kernel.SetKept(keep, i, w, kept) }

// Drop writes x / (1 - rate) to dst, [features][w], where the mask keeps it, else
// 0. dst may be x.
func Drop(dst, x []float32, keep []uint8, rate float64, w int) {
	kernel.Drop(dst, x, keep, float32(1/(1-rate)), w)
}
