package rng

import "math"

// NormalQuantile returns the standard normal quantile of p in (0, 1):
// algorithm AS 241, PPND16 (Wichura 1988), relative accuracy 1e-16 in exact
// arithmetic. Products are rounded before they are added, and the logarithm is
// our own, so that the bits are the same at every GOAMD64 level.
func NormalQuantile(p float64) float64 {
	q := p - .5
	if math.Abs(q) <= .425 {
		r := .180625 - float64(q*q)
		return q * horner(r, centralA[:]) / horner(r, centralB[:])
	}
	tail := min(p, 1-p)
	r := math.Sqrt(-Log(tail))
	var x float64
	if r <= 5 {
		r -= 1.6
		x = horner(r, middleC[:]) / horner(r, middleD[:])
	} else {
		r -= 5
		x = horner(r, farE[:]) / horner(r, farF[:])
	}
	return math.Copysign(x, q)
}

// Log returns the natural logarithm of a positive normal number, with an error
// of about 1 ulp and the same bits on every amd64. (math.Log may be compiled
// with fused multiply-adds, which change its last bit.)
func Log(x float64) float64 {
	frac, exp := math.Frexp(x)
	if frac < math.Sqrt2/2 {
		frac *= 2
		exp--
	}
	// ln(frac) = 2 atanh(s), s = (frac - 1) / (frac + 1), |s| < .172.
	s := (frac - 1) / (frac + 1)
	s2 := s * s
	series := horner(s2, atanhSeries[:])
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

// horner evaluates sum_i c[i] x^i without fusing.
func horner(x float64, c []float64) float64 {
	y := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		y = float64(y*x) + c[i]
	}
	return y
}

var (
	centralA = [...]float64{
		3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
		4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
	}
	centralB = [...]float64{
		1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
		2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
	}
	middleC = [...]float64{
		1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
		1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
	}
	middleD = [...]float64{
		1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
		1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
	}
	farE = [...]float64{
		6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
		2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
	}
	farF = [...]float64{
		1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
		7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
	}
)
