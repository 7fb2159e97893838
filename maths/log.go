package maths

import "math"

// Log returns the natural logarithm of x, with an error of about 1 ulp and the
// same bits on every amd64. (math.Log may be compiled with fused multiply-adds,
// which change its last bit.) It is -Inf at 0, +Inf at +Inf and NaN for negative
// x; a NaN stays a NaN.
func Log(x float64) float64 {
	switch {
	case math.IsNaN(x) || x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	case math.IsInf(x, 1):
		return x
	}
	frac, exp := math.Frexp(x)
	if frac < math.Sqrt2/2 {
		frac *= 2
		exp--
	}
	// ln(frac) = 2 atanh(s), s = (frac - 1) / (frac + 1), |s| < .172.
	s := (frac - 1) / (frac + 1)
	s2 := s * s
	series := Horner(s2, atanhSeries[:])
	high := float64(float64(exp) * ln2High)
	low := float64(float64(exp) * ln2Low)
	return high + (float64(2*s*series) + low)
}

const (
	ln2High = 6.93147180369123816490e-01
	ln2Low  = 1.90821492927058770002e-10
)

// atanhSeries holds 1/(2k+1): the terms beyond it are below 2^-53.
var atanhSeries = [...]float64{
	1, 1. / 3, 1. / 5, 1. / 7, 1. / 9, 1. / 11, 1. / 13, 1. / 15, 1. / 17, 1. / 19, 1. / 21,
}
