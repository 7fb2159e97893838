package maths

import "math"

// Digamma returns the derivative of log Gamma(x) for x > 0, to about 1 ulp of
// the result, or of 1 where that is smaller, and with the same bits on every
// amd64. It is -Inf at 0 and below 5.56e-309, +Inf at +Inf, and NaN for negative
// x; a NaN stays a NaN.
//
// It goes as [Lgamma] does: the Taylor series about 2, steps to there by
// psi(x + 1) = psi(x) + 1/x, and the asymptotic series from 12 on.
func Digamma(x float64) float64 {
	switch {
	case math.IsNaN(x) || x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	case x < .5:
		return digammaNear2(x) - 1/(1+x) - 1/x
	case x < 1.5:
		return digammaNear2(x-1) - 1/x
	case x < asymptotic:
		return digammaBelow(x)
	}
	u := 1 / x
	u2 := u * u
	return Log(x) - (u/2 + float64(u2*Horner(u2, stirlingSlope[:])))
}

// digammaNear2 returns psi(2 + z), |z| <= 1/2.
func digammaNear2(z float64) float64 { return Horner(z, digammaAt2) }

// digammaBelow steps down from x >= 1.5 to within 1/2 of 2. The differences are
// exact.
func digammaBelow(x float64) float64 {
	sum := 0.
	for x > 2.5 {
		x--
		sum += 1 / x
	}
	return digammaNear2(x-2) + sum
}
