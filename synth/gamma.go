package synth

import (
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/rng"
)

// gammaNumber draws a Gamma number of mean 1 and of the given shape, at least 1:
// the method of Marsaglia and Tsang (2000), a normal number bent and kept by
// chance.
func gammaNumber(src *rng.Source, shape float64) float64 {
	d := shape - 1./3
	scale := 1 / math.Sqrt(9*d)
	for {
		x, u := src.Normal(), src.Float64()
		root := 1 + float64(scale*x)
		if root <= 0 {
			continue
		}
		v := float64(root * root * root)
		if maths.Log(u) < float64(.5*x*x)+float64(d*(1-v))+float64(d*maths.Log(v)) {
			return float64(d*v) / shape
		}
	}
}

// gammaNLL is the negative log density at y > 0 of a Gamma number of the given
// mean and shape, in nats.
func gammaNLL(y, mean, shape float64) float64 {
	rate := shape / mean
	return maths.Lgamma(shape) - float64(shape*maths.Log(rate)) - float64((shape-1)*maths.Log(y)) + float64(rate*y)
}

// meanGammaNLL is the mean of that over the elements of data with these means.
func meanGammaNLL(data, means *dataset.Array, shape float64) float64 {
	sum := 0.
	for i, y := range data.Data {
		sum += gammaNLL(float64(y), float64(means.Data[i]), shape)
	}
	return sum / float64(len(data.Data))
}
