package decode

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

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
// that is not finite are left out; such an input elsewhere is an error.
func LeastSquares(inputs, outputs *dataset.Array) (*Linear, error) {
	return RidgeWith(inputs, outputs, 0)
}

// RidgeWith fits with the penalty alpha.
func RidgeWith(inputs, outputs *dataset.Array, alpha float64) (*Linear, error) {
	x, y, err := rows(inputs, outputs)
	if err != nil {
		return nil, err
	}
	g, err := newGram(x, y)
	if err != nil {
		return nil, err
	}
	return g.solve(alpha), nil
}

// Ridge fits with the best of Alphas by cross-validation: for instance hand
// velocity to rates. Bins with an output that is not finite are left out; such
// an input elsewhere, and fewer than ten other bins, are errors.
func Ridge(inputs, outputs *dataset.Array) (*Linear, error) {
	x, y, err := rows(inputs, outputs)
	if err != nil {
		return nil, err
	}
	if n, _ := x.Dims(); n < 2*folds {
		return nil, fmt.Errorf("decode: %d bins with behaviour are too few for %d folds", n, folds)
	}
	scores, err := crossValidate(x, y)
	if err != nil {
		return nil, err
	}
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	g, err := newGram(x, y)
	if err != nil {
		return nil, err
	}
	return g.solve(Alphas[best]), nil
}

// crossValidate returns the R2 of each alpha, averaged over outputs and folds.
// Folds are contiguous; the first rows % folds are one row longer.
func crossValidate(x, y *mat.Dense) ([]float64, error) {
	scores := make([]float64, len(Alphas))
	n, _ := x.Dims()
	from := 0
	for fold := range folds {
		to := from + n/folds
		if fold < n%folds {
			to++
		}
		g, err := newGram(without(x, from, to), without(y, from, to))
		if err != nil {
			return nil, err
		}
		testX, testY := slice(x, from, to), slice(y, from, to)
		for i, alpha := range Alphas {
			scores[i] += g.solve(alpha).score(testX, testY).Mean / folds
		}
		from = to
	}
	return scores, nil
}

func slice(a *mat.Dense, from, to int) mat.Matrix {
	_, cols := a.Dims()
	return a.Slice(from, to, 0, cols)
}

// without returns the rows of a outside from..to-1.
func without(a *mat.Dense, from, to int) *mat.Dense {
	n, cols := a.Dims()
	raw := a.RawMatrix().Data
	kept := append(append(make([]float64, 0, len(raw)), raw[:from*cols]...), raw[to*cols:]...)
	return mat.NewDense(n-(to-from), cols, kept)
}
