package gpfa

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// near compares relative to want.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	within(t, what, got, want, tolerance*math.Abs(want))
}

func within(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func flat(x [][]float64) (all []float64) {
	for _, row := range x {
		all = append(all, row...)
	}
	return all
}

func sorted(x []float64) []float64 { return slices.Sorted(slices.Values(x)) }

// simulated draws counts of ten neurons from random sums of sines.
func simulated(seed uint64, latents int, lengths ...int) question {
	r := rand.New(rand.NewPCG(seed, 14))
	q := question{Latents: latents, Iterations: 100}
	loadings := make([]float64, 10*latents)
	for i := range loadings {
		loadings[i] = .35 * r.NormFloat64()
	}
	for _, bins := range lengths {
		phases := make([]float64, 2*latents)
		for i := range phases {
			phases[i] = 2 * math.Pi * r.Float64()
		}
		trial := make([][]float64, bins)
		for t := range trial {
			for n := range 10 {
				root := 1.2
				for i := range latents {
					angle := float64(t) / (2 + 2*float64(i))
					root += loadings[n*latents+i] * (math.Sin(angle+phases[2*i]) + math.Cos(.6*angle+phases[2*i+1]))
				}
				trial[t] = append(trial[t], poisson(r, root*root))
			}
		}
		q.Counts = append(q.Counts, trial)
	}
	return q
}

func poisson(r *rand.Rand, rate float64) (n float64) {
	for at := r.ExpFloat64(); at < rate; at += r.ExpFloat64() {
		n++
	}
	return n
}
