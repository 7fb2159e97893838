package bench

import (
	"math"

	"github.com/autolfads/autolfads/rng"
)

// meanRateHz is the firing rate of random spikes.
const meanRateHz = 5

// drawer returns what draws random data that the likelihood can have: counts, any
// numbers, zeros and positive numbers, or positive ones.
func (s *Shape) drawer() func(*rng.Source) float32 {
	l := s.likelihood()
	switch {
	case l.Counts():
		mean := meanRateHz * s.BinMs / 1000
		return func(src *rng.Source) float32 { return poisson(src, mean) }
	case l.Check(-1) == "":
		return func(src *rng.Source) float32 { return float32(src.Normal()) }
	case l.Check(0) == "":
		return event
	}
	return positive
}

// poisson draws a count by inversion.
func poisson(src *rng.Source, mean float64) float32 {
	p := math.Exp(-mean)
	n, sum, u := 0, p, src.Float64()
	for ; u > sum && n < 1000; n++ {
		p *= mean / float64(n+1)
		sum += p
	}
	return float32(n)
}

// positive draws a log-normal number, near 1.
func positive(src *rng.Source) float32 { return float32(math.Exp(.5 * src.Normal())) }

// event draws such a number in a bin of three, else 0.
func event(src *rng.Source) float32 {
	if src.IntN(3) > 0 {
		return 0
	}
	return positive(src)
}
