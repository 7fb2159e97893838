package rng

import "math/bits"

// The multipliers and key increments of Philox4x32.
const (
	PhiloxM0 = 0xD2511F53
	PhiloxM1 = 0xCD9E8D57
	PhiloxW0 = 0x9E3779B9
	PhiloxW1 = 0xBB67AE85
	Rounds   = 10
)

// Key selects one stream of random numbers.
type Key struct{ K0, K1 uint32 }

// Block returns the four words of Philox4x32-10 at counter (c0, c1, c2, c3).
func (k Key) Block(c0, c1, c2, c3 uint32) [4]uint32 {
	k0, k1 := k.K0, k.K1
	for range Rounds {
		h0, l0 := bits.Mul32(PhiloxM0, c0)
		h1, l1 := bits.Mul32(PhiloxM1, c2)
		c0, c1, c2, c3 = h1^c1^k0, l1, h0^c3^k1, l0
		k0 += PhiloxW0
		k1 += PhiloxW1
	}
	return [4]uint32{c0, c1, c2, c3}
}

// Uint32 returns the word of one feature in one bin: word feature%4 of the
// block at counter (bin, feature/4, 0, 0).
func (k Key) Uint32(bin, feature int) uint32 {
	return k.Block(uint32(bin), uint32(feature)/4, 0, 0)[feature%4]
}

// Float64 returns a uniform number in (0, 1): (word + 1/2) / 2^32.
func (k Key) Float64(bin, feature int) float64 {
	return uniform(k.Uint32(bin, feature))
}

// Normal returns a standard normal number of float32 accuracy.
func (k Key) Normal(bin, feature int) float32 {
	return float32(NormalQuantile(k.Float64(bin, feature)))
}

// Normals fills dst with the standard normals of features 0..len(dst)-1 of one
// bin: the same numbers as Normal, four to a block.
func (k Key) Normals(dst []float32, bin int) {
	for f := 0; f < len(dst); f += 4 {
		var four [4]float32
		k.FourNormals(&four, bin, f/4)
		copy(dst[f:], four[:])
	}
}

// FourNormals writes the standard normals of features 4 group to 4 group + 3.
func (k Key) FourNormals(dst *[4]float32, bin, group int) {
	for i, w := range k.Block(uint32(bin), uint32(group), 0, 0) {
		dst[i] = float32(NormalQuantile(uniform(w)))
	}
}

func uniform(word uint32) float64 { return (float64(word) + .5) / (1 << 32) }
