package baseline

import (
	"context"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// Kernel is one Gaussian of a sweep and what it scored.
type Kernel struct {
	SD    time.Duration
	Score float64
}

// Sweep smooths spikes with each sd and scores the rates, higher is better.
// It returns all scores in the order of sds and the index of the best; the
// first wins a tie. The score must come from training trials, or the baseline
// has seen the test. It is an error if no score is a number, or ctx ends.
func Sweep(ctx context.Context, spikes *dataset.Array, binWidth time.Duration, sds []time.Duration, score func(rates *dataset.Array) (float64, error)) (kernels []Kernel, best int, err error) {
	best, scores, err := choose(sds, func(sd time.Duration) (float64, error) {
		rates, err := Smooth(ctx, spikes, sd, binWidth)
		if err != nil {
			return 0, err
		}
		return score(rates)
	})
	for i, s := range scores {
		kernels = append(kernels, Kernel{sds[i], s})
	}
	return kernels, best, err
}
