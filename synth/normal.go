package synth

import (
	"math"

	"github.com/autolfads/autolfads/maths"
)

// normalDensity is that of a standard normal number.
func normalDensity(x float64) float64 {
	const rootOfTwoPi = 2.50662827463100050242
	return maths.Exp(float64(-.5*x*x)) / rootOfTwoPi
}

// normalBelow is the probability that a standard normal number is below x, with
// an error of about 1e-15 and the same bits on every amd64: 1/2 + density x
// (x + x^3/3 + x^5/(3 5) + ...) (Marsaglia 2004), terms of one sign.
func normalBelow(x float64) float64 {
	if math.Abs(x) > 9 { // 1e-19 from the end
		return .5 + math.Copysign(.5, x)
	}
	term, sum := x, x
	for i := 3.; math.Abs(term) > 1e-17*math.Abs(sum); i += 2 {
		term = float64(term * x * x / i)
		sum += term
	}
	return .5 + float64(sum*normalDensity(x))
}
