package likelihood

import (
	"iter"
	"math"

	"github.com/autolfads/autolfads/maths"
)

// gammaFit is a Gamma distribution.
type gammaFit struct{ shape, rate float64 }

// Shapes that a fit may have: data whose spread is a hundredth of their mean hardly
// differ from a constant, and a few equal ones have no spread at all; below the least,
// nearly all that is seen is 0.
const (
	leastShape = 1e-2
	mostShape  = 1e4
)

// fitGamma returns the likeliest distribution of positive data; of none, shape and
// rate 1. The likeliest rate of a shape is the shape over the mean, and the likeliest
// shape solves
//
//	ln a - digamma(a) = ln mean - mean ln
func fitGamma(data iter.Seq[float32]) gammaFit {
	n, sum, logs := 0, 0., 0.
	for y := range data {
		n++
		sum += float64(y)
		logs += maths.Log(float64(y))
	}
	if n == 0 {
		return gammaFit{1, 1}
	}
	mean := sum / float64(n)
	shape := shapeOf(maths.Log(mean) - logs/float64(n))
	return gammaFit{shape, shape / mean}
}

// shapeOf solves ln a - digamma(a) = spread, which falls as a grows, by halving the
// range in proportion: that can't run off, as Newton's steps from the moments of few
// data can.
func shapeOf(spread float64) float64 {
	low, high := leastShape, mostShape
	for range 60 {
		a := math.Sqrt(low * high)
		if maths.Log(a)-maths.Digamma(a) > spread {
			low = a
		} else {
			high = a
		}
	}
	return low
}

// atLeast returns a distribution of the same mean whose shape and rate are at least
// those given.
func (f gammaFit) atLeast(shape, rate float64) gammaFit {
	up := max(1, shape/f.shape, rate/f.rate)
	return gammaFit{f.shape * up, f.rate * up}
}
