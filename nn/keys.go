package nn

import (
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/rng"
)

// Keys are those of random streams, one a lane of a block. What is drawn with
// them is a function of the lane's key, the bin and the feature alone.
type Keys struct{ k0, k1 []uint32 }

// NewKeys returns keys for blocks of up to w lanes.
func NewKeys(a *Arena, w int) Keys { return Keys{Take[uint32](a, w), Take[uint32](a, w)} }

// SetKey sets the key of one lane.
func (k Keys) SetKey(lane int, key rng.Key) { k.k0[lane], k.k1[lane] = key.K0, key.K1 }

// Normals fills dst [features][w] with the standard normals of one bin.
func (k Keys) Normals(dst []float32, bin, features, w int) {
	kernel.Normals(dst, k.k0, k.k1, bin, features, w)
}
