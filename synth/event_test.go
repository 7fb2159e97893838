package synth

import (
	"math"
	"testing"
)

// poissonNormal is the density of spikes plus noise at y, written down anew.
func poissonNormal(y, rate, sd float64) float64 {
	p, sum := math.Exp(-rate), 0.
	for n := 0.; n < 60; n++ {
		z := (y - n) / sd
		sum += p * math.Exp(-z*z/2) / (sd * math.Sqrt(2*math.Pi))
		p *= rate / (n + 1)
	}
	return sum
}

// What is tabulated in closed form is what the density integrates to.
func TestEventLaw(t *testing.T) {
	for _, c := range []struct{ rate, threshold, sd float64 }{
		{.1, .5, .27}, {.01, .05, .4}, {3, .5, .27}, {.5, 1.2, .1}, {8, 2, 1},
	} {
		const step = 1e-3 // of the midpoint rule, from the threshold both ways
		l := newEventLaw(c.threshold, c.sd)
		var below, mean float64
		for y := c.threshold - step/2; y > -9*c.sd; y -= step {
			below += poissonNormal(y, c.rate, c.sd) * step
		}
		for y := c.threshold + step/2; y < 25; y += step {
			p := poissonNormal(y, c.rate, c.sd)
			mean += y * p * step
			if got := math.Exp(-l.nll(y, c.rate)); p > 1e-200 && math.Abs(got-p) > 1e-11*p {
				t.Fatalf("%+v: density %v at %v, want %v", c, got, y, p)
			}
		}
		const tolerance = 5e-6 // step^2 / 24 times what slopes differ by, below 100 at sd .1
		if got := math.Exp(-l.nll(0, c.rate)); math.Abs(got-below) > tolerance {
			t.Errorf("%+v: no event with probability %v, want %v", c, got, below)
		}
		if got := l.expected(c.rate); math.Abs(got-mean) > tolerance*(1+mean) {
			t.Errorf("%+v: expected event %v, want %v", c, got, mean)
		}
	}
}

// Sums over spikes lose nothing at the greatest rate that there may be.
func TestSumOverSpikes(t *testing.T) {
	for _, rate := range []float64{1e-6, .1, maxSpikes} {
		one := sumOverSpikes(rate, func(int) float64 { return 1 })
		mean := sumOverSpikes(rate, func(n int) float64 { return float64(n) })
		if math.Abs(one-1) > 1e-14 || math.Abs(mean-rate) > 1e-14*rate {
			t.Errorf("rate %v: probabilities add up to %v, spikes to %v", rate, one, mean)
		}
	}
}
