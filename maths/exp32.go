package maths

import "math"

// Exp32 returns e^x in single precision: x = n ln2 + r, a polynomial of degree 6
// in r (Cephes expf), times 2^n; relative error about 1e-7. x is limited to
// [-87, 88]: beyond, the result stays finite and positive. A NaN stays a NaN.
func Exp32(x float32) float32 {
	if x > expHigh {
		x = expHigh
	}
	if x < expLow {
		x = expLow
	}
	// Adding and subtracting 1.5 * 2^23 rounds to the nearest integer.
	n := float32(x*log2e) + roundMagic
	n -= roundMagic
	r := x - float32(n*ln2Head)
	r -= float32(n * ln2Tail)
	p := float32(expP[0])
	for _, c := range expP[1:] {
		p = float32(p*r) + c
	}
	y := float32(float32(p*r)*r) + (r + 1)
	if n != n {
		return n // conversion of a NaN to an integer is not defined
	}
	return y * math.Float32frombits(uint32(int32(n)+127)<<23)
}

const (
	expHigh    = 88
	expLow     = -87
	log2e      = 1.44269504088896341
	roundMagic = 12582912
	ln2Head    = 0.693359375
	ln2Tail    = -2.12194440e-4
)

var expP = [...]float32{
	1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
}
