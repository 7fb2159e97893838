package metric

import (
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
)

// MinRate stands in for a rate of exactly zero, whose likelihood for any spike
// would be zero (the Neural Latents Benchmark's convention).
const MinRate = 1e-9

// LogFactorial is the term of the Poisson negative log likelihood that depends
// on the count alone.
type LogFactorial func(count float64) float64

// Stirling approximates ln k! for counts over 1 and is zero for others: the
// convention of training losses, here as in PyTorch's PoissonNLLLoss(full).
func Stirling(count float64) float64 {
	if count <= 1 {
		return 0
	}
	return count*math.Log(count) - count + .5*math.Log(2*math.Pi*count)
}

// Exact is ln k!.
func Exact(count float64) float64 {
	v, _ := math.Lgamma(count + 1)
	return v
}

// Likelihood is a Poisson negative log likelihood over the recorded bins.
type Likelihood struct {
	Sum       float64 // in nats
	Elements  int     // neurons x bins x trials that were scored
	ZeroRates int     // scored elements whose rate was 0 and taken as MinRate
}

// Mean returns the negative log likelihood per element, in nats; NaN if
// nothing was scored.
func (l Likelihood) Mean() float64 { return l.Sum / float64(l.Elements) }

// Warning returns a sentence about rates of zero, or "" if there were none.
func (l Likelihood) Warning() string {
	if l.ZeroRates == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d rates are zero and were taken as %g counts per bin", l.ZeroRates, l.Elements, MinRate)
}

// PoissonNLL scores rates (counts per bin) against spikes of the same shape.
// A negative or NaN rate in a recorded bin makes the sum NaN.
func PoissonNLL(rates, spikes *dataset.Array, term LogFactorial) Likelihood {
	checkSameShape(rates, spikes)
	var l Likelihood
	for i, k := range spikes.Data {
		l.add(float64(k), float64(rates.Data[i]), term)
	}
	return l
}

func (l *Likelihood) add(count, rate float64, term LogFactorial) {
	if math.IsNaN(count) {
		return
	}
	l.Elements++
	if rate == 0 {
		l.ZeroRates++
		rate = MinRate
	}
	l.Sum += rate - count*math.Log(rate) + term(count)
}

// PoissonElement is the negative log likelihood of one count under a rate, in
// nats, with Stirling's term: an element of [PoissonNLL].
func PoissonElement(rate, count float64) float64 {
	var l Likelihood
	l.add(count, rate, Stirling)
	return l.Sum
}

func checkSameShape(a, b *dataset.Array) {
	if a.Trials != b.Trials || a.Bins != b.Bins || a.Features != b.Features {
		panic(fmt.Sprintf("metric: shapes differ: %v against %v", a, b))
	}
}
