package kernel

import "math"

// log returns the natural logarithm of a positive, normal x: n log 2 and a
// polynomial in x/2^n - 1, from sqrt(1/2) to sqrt(2) (Cephes logf), with an error of
// 1e-7 of the result, or of 1 where that is smaller. Of 0 and numbers below the
// normal ones it is about -88. What is no number, or infinite, gives NaN.
func log(x float32) float32 {
	bits := math.Float32bits(x) - sqrtHalfBits
	n := float32(int32(bits) >> 23)
	f := math.Float32frombits(bits&mantissaBits+sqrtHalfBits) - 1
	p := float32(logP[0])
	for _, c := range logP[1:] {
		p = float32(p*f) + c
	}
	f2 := float32(f * f)
	y := float32(float32(f*p)*f2) + float32(n*ln2Tail)
	y -= float32(.5 * f2)
	return float32(n*ln2Head) + (f + y) + (x - x)
}

// excess returns e^x - 1 - x, without the cancellation about 0: the terms of the
// series from x^2 on. x is at most 88.
func excess(x float32) float32 {
	n := float32(max(min(x, 88), -87)*log2e) + roundMagic
	n -= roundMagic
	r := max(min(x, 88), -87) - float32(n*ln2Head)
	r -= float32(n * ln2Tail)
	p := float32(expP[0])
	for _, c := range expP[1:] {
		p = float32(p*r) + c
	}
	if n != n {
		return n // conversion of a NaN to an integer is not defined
	}
	power := math.Float32frombits(uint32(int32(n)+127) << 23)
	return float32(power*r) - x + (power - 1) + float32(power*float32(float32(p*r)*r))
}

// stirling returns what Stirling's formula leaves of log Gamma,
//
//	s = log Gamma(a) - a log a + a,
//
// and its derivative by log a, a (digamma(a) - log a), which lies between -1 and
// -1/2, for an a from 1e-7 to 1e7 whose logarithm is o. Both have errors of 1e-6,
// relative where they are above 1: log Gamma itself would lose that many digits to its
// size. Below 4 they step up by 3, Gamma(a + 3) = a (a+1) (a+2) Gamma(a); from there the
// asymptotic series do with three terms (Abramowitz and Stegun 6.1.41, 6.3.18).
func stirling(o, a float32) (s, slope float32) {
	unit := float32(0)
	if a < stirlingBegin {
		unit = 1
	}
	z := a + float32(3*unit)
	rest := unit / (float32(a*z) + 2) // 1 / ((a+1)(a+2)), or 0
	ratio := log(z / a)
	s = log(float32((float32(3*a)+7)*rest) + 1) // of z^2 / ((a+1)(a+2)), or 1
	s += float32((a + .5) * ratio)
	s -= float32(.5 * o)
	s = s - float32(3*unit) + halfLog2Pi
	inverse := 1 / z
	square := float32(inverse * inverse)
	s += float32(inverse * horner(square, &stirlingP))

	slope = float32(horner(square, &slopeP)*inverse) + .5
	slope = ratio - float32(slope*inverse)
	step := float32(float32((a+a+3)*a)*rest) + unit // a (1/a + 1/(a+1) + 1/(a+2)), or 0
	return s, float32(slope*a) - step
}

// horner evaluates c, the highest power first.
func horner(x float32, c *[3]float32) float32 {
	p := float32(c[0]*x) + c[1]
	return float32(p*x) + c[2]
}

const (
	sqrtHalfBits  = 0x3f3504f3 // of sqrt(1/2), where the mantissa of log begins
	mantissaBits  = 0x007fffff
	halfLog2Pi    = .91893853320467274178
	stirlingBegin = 4

	// As in maths.Exp32.
	log2e      = 1.44269504088896341
	roundMagic = 12582912
	ln2Head    = 0.693359375
	ln2Tail    = -2.12194440e-4
)

// Coefficients of the highest power first: of log (Cephes), of e^x from x^2 on
// (Cephes), and Bernoulli numbers over 2k (2k - 1) and over 2k.
var (
	logP = [...]float32{
		7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
		-1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
	}
	expP = [...]float32{
		1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
	}
	stirlingP = [3]float32{1. / 1260, -1. / 360, 1. / 12}
	slopeP    = [3]float32{1. / 252, -1. / 120, 1. / 12}
)
