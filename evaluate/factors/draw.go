package factors

import (
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/rng"
)

// What trials are drawn for: the score, or the choice of a penalty.
const (
	scored = iota
	chosen
)

var fewShot = rng.Named("evaluate/factors: few-shot trials")

// draw returns k training trials, and the others.
func (s *session) draw(k, purpose, n int) (few, others decode.Counted) {
	src := rng.NewSource(rng.Derive(s.Seed, fewShot, uint64(purpose), uint64(k), uint64(n)))
	order := src.Perm(s.train.Counts.Trials)
	return subset(s.train, order[:k]), subset(s.train, order[k:])
}

func subset(c decode.Counted, trials []int) decode.Counted {
	return decode.Counted{Inputs: c.Inputs.Pick(trials), Counts: c.Counts.Pick(trials)}
}

// meanVariance returns the variance of a feature, averaged over features; 1 if none
// varies, and for factors that are not finite, which the regression reports.
func meanVariance(a *dataset.Array) float64 {
	total := 0.
	n := float64(a.Trials * a.Bins)
	for f := range a.Features {
		mean := 0.
		for v := range a.Feature(f) {
			mean += float64(v) / n
		}
		for v := range a.Feature(f) {
			d := float64(v) - mean
			total += d * d / n
		}
	}
	total /= float64(a.Features)
	if !(total > 0) || total-total != 0 {
		return 1
	}
	return total
}
