package gpfa

import (
	"context"
	"errors"
	"fmt"
)

// Dimensions are the numbers of latents that Choose tries.
var Dimensions = []int{1, 2, 3, 4, 6, 8, 10, 12, 15, 18, 21, 25, 30, 35, 40, 50}

// Choice is how Choose decides.
type Choice struct {
	Dimensions []int // ascending
	Folds      int   // contiguous trials; all but one fold fit, one is scored
	Iterations int   // of each fit: fewer than of the last, for the order of dimensions shows early
	Patience   int   // so many worse in a row end the search
}

// DefaultChoice tries Dimensions in four folds.
func DefaultChoice() Choice { return Choice{Dimensions, 4, 50, 2} }

// Tried is a number of latents and what it scored.
type Tried struct {
	Latents       int
	LogLikelihood float64 // of all trials, each under the model of the other folds, in nats
}

// Choose returns the number of latents whose cross-validated log likelihood is
// greatest, and all that were tried. Numbers that neurons or trials do not allow
// end the search. tell is told of fits, done and at most, and may be nil.
func Choose(ctx context.Context, d *Trials, o Options, c Choice, tell func(done, total int)) (latents int, all []Tried, err error) {
	if len(d.Roots) < c.Folds {
		return 0, nil, fmt.Errorf("gpfa: %d trials are too few to cross-validate in %d folds", len(d.Roots), c.Folds)
	}
	best := 0
	for i, n := range c.Dimensions {
		o.Latents, o.Iterations = n, c.Iterations
		score, err := crossValidated(ctx, d, o, c, func(fold int) {
			if tell != nil {
				tell(i*c.Folds+fold, len(c.Dimensions)*c.Folds)
			}
		})
		if errors.Is(err, errTooMany) && i > 0 {
			break
		}
		if err != nil {
			return 0, nil, err
		}
		all = append(all, Tried{n, score})
		if score > all[best].LogLikelihood {
			best = i
		}
		if i-best >= c.Patience {
			break
		}
	}
	return all[best].Latents, all, nil
}

// crossValidated returns the log likelihood of each fold under a model of the others.
func crossValidated(ctx context.Context, d *Trials, o Options, c Choice, tell func(fold int)) (sum float64, err error) {
	n := len(d.Roots)
	for fold := range c.Folds {
		tell(fold)
		from, to := fold*n/c.Folds, (fold+1)*n/c.Folds
		m, err := Fit(ctx, d.without(from, to), o, nil)
		if err != nil {
			return 0, err
		}
		l, err := m.Infer(ctx, d.Select(from, to))
		if err != nil {
			return 0, err
		}
		sum += l.LogLikelihood
	}
	return sum, nil
}
