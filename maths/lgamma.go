package maths

import "math"

// Lgamma returns the natural logarithm of Gamma(x) for x > 0, to about 1 ulp of
// the result, or of 1 where that is smaller, and with the same bits on every
// amd64. It is +Inf at 0 and above 2.55998e305, and NaN for negative x, where
// densities have no use for it; a NaN stays a NaN.
//
// About 2 it is the Taylor series there; up to 12 it steps to there by
// Gamma(x + 1) = x Gamma(x); above, it is Stirling's series.
func Lgamma(x float64) float64 {
	switch {
	case math.IsNaN(x) || x < 0:
		return math.NaN()
	case x == 0 || math.IsInf(x, 1):
		return math.Inf(1)
	case x < .5:
		return lgammaNear2(x) - Log(x*(1+x))
	case x < 1.5:
		return lgammaNear2(x-1) - Log(x)
	case x < asymptotic:
		return lgammaBelow(x)
	}
	u := 1 / x
	tail := float64(u * Horner(u*u, stirling[:]))
	return float64((x-.5)*(Log(x)-1)) + (tail + halfLog2PiLessHalf)
}

// halfLog2PiLessHalf is (log(2 pi) - 1) / 2.
const halfLog2PiLessHalf = 0.41893853320467274178

// lgammaNear2 returns log Gamma(2 + z), |z| <= 1/2.
func lgammaNear2(z float64) float64 { return float64(z * Horner(z, lgammaAt2)) }

// lgammaBelow steps down from x >= 1.5 to within 1/2 of 2. The differences are
// exact.
func lgammaBelow(x float64) float64 {
	product := 1.
	for x > 2.5 {
		x--
		product *= x
	}
	return lgammaNear2(x-2) + Log(product)
}
