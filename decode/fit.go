package decode

import (
	"context"
	"fmt"

	"github.com/autolfads/autolfads/dataset"
)

// Alphas are the penalties that Ridge tries: nine, evenly spaced in logarithm
// from 1e-4 to 1 (the Neural Latents Benchmark's grid).
var Alphas = []float64{
	1e-4, 3.1622776601683794e-4, 1e-3, 3.1622776601683794e-3, 1e-2,
	3.1622776601683794e-2, .1, .31622776601683794, 1,
}

const folds = 5

// LeastSquares fits outputs to inputs, both [trials, bins, features], without
// a penalty: for instance true latent states to factors. Bins with an output
// that is not finite are left out; such an input elsewhere is an error, and so
// is ctx's end. tell may be nil.
func LeastSquares(ctx context.Context, inputs, outputs *dataset.Array, tell Progress) (*Linear, error) {
	return RidgeWith(ctx, inputs, outputs, 0, tell)
}

// RidgeWith fits with the penalty alpha.
func RidgeWith(ctx context.Context, inputs, outputs *dataset.Array, alpha float64, tell Progress) (*Linear, error) {
	r, err := rows(inputs, outputs)
	if err != nil {
		return nil, err
	}
	w := newWork(ctx, tell)
	p, err := newProblem(w, r, []int{0, r.len()})
	if err != nil {
		return nil, err
	}
	return fit(w, p, alpha)
}

// Ridge fits with the best of Alphas by cross-validation: for instance hand
// velocity to rates. Bins with an output that is not finite are left out; such
// an input elsewhere, fewer than ten other bins, and ctx's end are errors. tell
// may be nil.
func Ridge(ctx context.Context, inputs, outputs *dataset.Array, tell Progress) (*Linear, error) {
	r, err := rows(inputs, outputs)
	if err != nil {
		return nil, err
	}
	if r.len() < 2*folds {
		return nil, fmt.Errorf("decode: %d bins with outputs are too few to cross-validate in %d folds: %d is the least", r.len(), folds, 2*folds)
	}
	w := newWork(ctx, tell)
	p, err := newProblem(w, r, foldBounds(r.len()))
	if err != nil {
		return nil, err
	}
	scores, err := crossValidate(w, p, r)
	if err != nil {
		return nil, err
	}
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	l, err := fit(w, p, Alphas[best])
	if err == nil {
		l.CrossValidated = scores[best]
	}
	return l, err
}

// foldBounds cuts n rows into contiguous folds; the first n % folds are one
// row longer.
func foldBounds(n int) []int {
	bounds := []int{0}
	for f := range folds {
		size := n / folds
		if f < n%folds {
			size++
		}
		bounds = append(bounds, bounds[f]+size)
	}
	return bounds
}

// problem is a regression over rows in folds, in either of its forms.
type problem interface {
	// without returns the equations of the rows outside a fold, or of all: -1.
	without(w *work, fold int) (*equations, error)
	// residuals returns the sums of squared residuals of a fold's rows under
	// solutions of the equations without it, [solutions][outputs].
	residuals(w *work, fold int, e *equations, solutions [][]float64) ([]float64, error)
	// linear returns the regression of a solution for all rows.
	linear(solution []float64, alpha float64) *Linear
}

// newProblem chooses the form with fewer unknowns.
func newProblem(w *work, r *rowset, bounds []int) (problem, error) {
	c := &centred{rowset: r}
	c.meanX, c.meanY = r.means()
	n, p := float64(r.len()), float64(width(r.p, r.q))
	least, solves := min(n, p), float64(1)
	if len(bounds) > 2 {
		solves += float64(folds * len(Alphas))
	}
	w.total = n*p*least/2 + solves*least*least*least/6 + n*p*float64(r.q)*(solves-1)/folds
	if r.len() < r.p {
		return newDual(w, c, bounds)
	}
	return newPrimal(w, c, bounds)
}

func fit(w *work, p problem, alpha float64) (*Linear, error) {
	e, err := p.without(w, -1)
	if err != nil {
		return nil, err
	}
	var solution []float64
	if alpha == 0 {
		solution, err = e.leastSquares(w)
	} else {
		var solutions [][]float64
		if solutions, err = e.solve(w, []float64{alpha}); err == nil {
			solution = solutions[0]
		}
	}
	if err != nil {
		return nil, err
	}
	w.tell(1000, 1000)
	return p.linear(solution, alpha), nil
}

// crossValidate returns the R2 of each alpha, averaged over outputs and folds.
func crossValidate(w *work, p problem, r *rowset) ([]float64, error) {
	scores := make([]float64, len(Alphas))
	bounds := foldBounds(r.len())
	for fold := range folds {
		e, err := p.without(w, fold)
		if err != nil {
			return nil, err
		}
		solutions, err := e.solve(w, Alphas)
		if err != nil {
			return nil, err
		}
		residuals, err := p.residuals(w, fold, e, solutions)
		if err != nil {
			return nil, err
		}
		totals := r.slice(bounds[fold], bounds[fold+1]).variation()
		for i, residual := range residuals {
			scores[i/r.q] += determination(residual, totals[i%r.q]) / float64(r.q*folds)
		}
	}
	return scores, nil
}

// variation returns the sum of squares of each output about its mean.
func (r *rowset) variation() []float64 {
	mean, sum := means(r.y, r.q), make([]float64, r.q)
	for _, y := range r.y {
		for o, v := range y {
			d := float64(v) - mean[o]
			sum[o] += float64(d * d)
		}
	}
	return sum
}

// determination is R2 as cross-validation takes it: an output that does not
// vary in a fold counts as 1 if it is predicted exactly, else as 0 there.
func determination(residual, total float64) float64 {
	switch {
	case total != 0:
		return 1 - residual/total
	case residual == 0:
		return 1
	}
	return 0
}
