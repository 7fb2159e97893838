package kernel

import "math"

// Sigmoid returns 1 / (1 + exp(-x)) as tanh(x/2)/2 + 1/2.
func Sigmoid(x float32) float32 { return float32(.5*Tanh(.5*x)) + .5 }

// Tanh returns the hyperbolic tangent: a rational function of degree 13 over
// 6 on [-7.905, 7.905] (the minimax fit used by Eigen), to about 3e-7
// absolute. A NaN stays a NaN.
func Tanh(x float32) float32 {
	x = clamp(x, tanhLimit)
	x2 := x * x
	p := float32(tanhP[0])
	for _, c := range tanhP[1:] {
		p = float32(p*x2) + c
	}
	q := float32(tanhQ[0])
	for _, c := range tanhQ[1:] {
		q = float32(q*x2) + c
	}
	return float32(x*p) / q
}

const tanhLimit = 7.90531110763549805

// Coefficients of the highest power first.
var (
	tanhP = [...]float32{
		-2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-08,
		1.48572235717979e-05, 6.37261928875436e-04, 4.89352455891786e-03,
	}
	tanhQ = [...]float32{1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03}
)

// Exp returns e^x: x = n ln2 + r, a polynomial of degree 6 in r (Cephes expf),
// times 2^n; relative error about 1e-7. x is limited to [-87, 88]: beyond, the
// result stays finite and positive. A NaN stays a NaN.
func Exp(x float32) float32 {
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
