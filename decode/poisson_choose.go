package decode

import (
	"context"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
)

// Best returns the index of the highest score, the first of equals; a NaN is
// below all.
func Best(scores []float64) int {
	best := 0
	for i, s := range scores {
		if s > scores[best] || math.IsNaN(scores[best]) && !math.IsNaN(s) {
			best = i
		}
	}
	return best
}

// CrossValidatePoisson returns for each penalty how well regressions fitted on
// other trials predict counts, in bits per spike over all trials and outputs
// (metric.BitsPerSpike; NaN without a spike). Trials are cut into contiguous
// folds, as many as there are trials if these are fewer. Outputs that were
// recorded in none of the other folds are left out of a fold. Errors are those
// of [PoissonRegression], and fewer than two trials or folds.
func CrossValidatePoisson(ctx context.Context, inputs, counts *dataset.Array, l2s []float64, folds int, tell Progress) ([]float64, error) {
	folds = min(folds, counts.Trials)
	if folds < 2 || len(l2s) == 0 {
		return nil, fmt.Errorf("decode: %d penalties and %d folds of %d trials: choosing a penalty takes two trials and folds or more", len(l2s), folds, counts.Trials)
	}
	g := newGrid(counts.Features, l2s)
	for fold := range folds {
		from, to := fold*counts.Trials/folds, (fold+1)*counts.Trials/folds
		r, err := rowsOutside(inputs, counts, from, to)
		if err != nil {
			return nil, err
		}
		left := Counted{trials(inputs, from, to), trials(counts, from, to)}
		if err := g.score(newWork(ctx, portion(tell, fold, folds)), r, left); err != nil {
			return nil, err
		}
	}
	return g.bits(), nil
}

// rowsOutside returns the rows of the trials that are not from..to-1.
func rowsOutside(inputs, counts *dataset.Array, from, to int) (*rowset, error) {
	r := &rowset{p: inputs.Features, q: counts.Features}
	for trial := range counts.Trials {
		if trial >= from && trial < to {
			continue
		}
		if err := r.addTrial(inputs, counts, trial); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Counted is inputs and counts of the same trials, [trials, bins, features],
// inputs perhaps with more bins.
type Counted struct{ Inputs, Counts *dataset.Array }

// PoissonBits returns for each penalty how well a regression of some trials
// predicts others, in bits per spike (metric.BitsPerSpike; NaN without a spike).
// Outputs that the first trials lack are left out: NaN if they lack all. Other
// errors are those of [PoissonRegression].
func PoissonBits(ctx context.Context, fit, score Counted, l2s []float64, tell Progress) ([]float64, error) {
	r, err := rowsOutside(fit.Inputs, fit.Counts, 0, 0)
	if err != nil {
		return nil, err
	}
	if _, err := rowsOutside(score.Inputs, score.Counts, 0, 0); err != nil {
		return nil, err
	}
	g := newGrid(fit.Counts.Features, l2s)
	if err := g.score(newWork(ctx, tell), r, score); err != nil {
		return nil, err
	}
	return g.bits(), nil
}

// portion is the progress of one of several equal parts.
func portion(tell Progress, i, parts int) Progress {
	if tell == nil {
		return nil
	}
	return func(done, total int) { tell(1000*i/parts+1000*done/(parts*total), 1000) }
}

// trials is a view of trials from..to-1.
func trials(a *dataset.Array, from, to int) *dataset.Array {
	n := a.Bins * a.Features
	return &dataset.Array{Trials: to - from, Bins: a.Bins, Features: a.Features, Data: a.Data[from*n : to*n]}
}
