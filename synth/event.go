package synth

import (
	"math"

	"github.com/autolfads/autolfads/maths"
)

// eventLaw is the distribution of an event: the spikes of a frame, Poisson, plus
// normal noise, and 0 where that is not above the threshold.
type eventLaw struct {
	sd     float64   // of the noise
	silent []float64 // probability of no event, by the number of spikes
	mean   []float64 // expected event, by the number of spikes
}

// With at most maxSpikes expected in a frame, sumSpikes or more have a
// probability below 1e-17.
const (
	maxSpikes = 20
	sumSpikes = 80
)

// newEventLaw tabulates what normal numbers about n, cut at the threshold, have
// for probability and mean (Johnson, Kotz and Balakrishnan 1994, 13.10).
func newEventLaw(threshold, sd float64) *eventLaw {
	l := &eventLaw{sd: sd, silent: make([]float64, sumSpikes), mean: make([]float64, sumSpikes)}
	for n := range sumSpikes {
		z := (float64(n) - threshold) / sd
		l.silent[n] = normalBelow(-z)
		l.mean[n] = float64(float64(n)*normalBelow(z)) + float64(sd*normalDensity(z))
	}
	return l
}

// sum adds up what the numbers of spikes have, each by its probability if rate
// are expected.
func sumOverSpikes(rate float64, of func(n int) float64) float64 {
	p := maths.Exp(-rate)
	sum := 0.
	for n := range sumSpikes {
		sum += float64(p * of(n))
		p = float64(p * (rate / float64(n+1)))
	}
	return sum
}

// expected is the mean of the event in a frame where rate spikes are expected.
func (l *eventLaw) expected(rate float64) float64 {
	return sumOverSpikes(rate, func(n int) float64 { return l.mean[n] })
}

// nll is the negative logarithm of the probability of no event, where y is 0,
// and else of the density at y.
func (l *eventLaw) nll(y, rate float64) float64 {
	if y == 0 {
		return -maths.Log(sumOverSpikes(rate, func(n int) float64 { return l.silent[n] }))
	}
	return -maths.Log(sumOverSpikes(rate, func(n int) float64 { return normalDensity((y-float64(n))/l.sd) / l.sd }))
}

// residualSD is the standard deviation of the noise in an event: that of two
// frames' fluorescence, the one before decayed.
func residualSD(noise, decay float64) float64 { return noise * math.Sqrt(1+float64(decay*decay)) }
