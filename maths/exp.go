package maths

import "math"

// Exp returns e^x with an error below 1 ulp and the same bits on every amd64
// (math.Exp is assembly there, and elsewhere may be compiled with fused
// multiply-adds). It overflows to +Inf above 709.78 and is 0 below -745.13;
// a NaN stays a NaN.
//
// x = n ln2 + r with |r| <= ln2/2, and e^r from the rational function of
// FreeBSD's e_exp.c: with c(r) = r - r^2 P(r^2), e^r = 1 + r + r c / (2 - c).
func Exp(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case x > expOverflow:
		return math.Inf(1)
	case x < expUnderflow:
		return 0
	}
	n := math.Floor(float64(x/math.Ln2) + .5)
	high := x - float64(n*ln2High)
	low := float64(n * ln2Low)
	r := high - low
	t := r * r
	c := r - float64(t*Horner(t, expSeries[:]))
	y := 1 - ((low - float64(r*c)/(2-c)) - high)
	return scaleBy(y, int(n))
}

// scaleBy returns y 2^n, for y near 1: by a product, which is exact, where 2^n and
// the result are normal numbers.
func scaleBy(y float64, n int) float64 {
	if n < -1000 || n > 1000 {
		return math.Ldexp(y, n)
	}
	return y * math.Float64frombits(uint64(n+1023)<<52)
}

const (
	expOverflow  = 7.09782712893383973096e+02
	expUnderflow = -7.45133219101941108420e+02
)

var expSeries = [...]float64{
	1.66666666666666657415e-01, -2.77777777770155933842e-03, 6.61375632143793436117e-05,
	-1.65339022054652515390e-06, 4.13813679705723846039e-08,
}
