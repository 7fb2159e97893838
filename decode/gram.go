package decode

import (
	"errors"

	"gonum.org/v1/gonum/mat"
)

// gram is what a regression needs to know of its rows: the spectrum of X'X and
// X'Y in its basis, from which the weights for any alpha follow at once.
type gram struct {
	meanX, meanY []float64
	vectors      mat.Dense // eigenvectors of X'X, [inputs, inputs]
	values       []float64 // its eigenvalues, ascending
	projected    mat.Dense // vectors' X'Y, [inputs, outputs]
}

func newGram(x, y mat.Matrix) (*gram, error) {
	g := &gram{meanX: columnMeans(x), meanY: columnMeans(y)}
	cx, cy := centred(x, g.meanX), centred(y, g.meanY)
	var xx mat.SymDense
	xx.SymOuterK(1, cx.T())
	var eigen mat.EigenSym
	if !eigen.Factorize(&xx, true) {
		return nil, errors.New("decode: the eigenvalues of the inputs' covariance did not converge")
	}
	g.values = eigen.Values(nil)
	eigen.VectorsTo(&g.vectors)
	var xy mat.Dense
	xy.Mul(cx.T(), cy)
	g.projected.Mul(g.vectors.T(), &xy)
	return g, nil
}

// singular is the variance, relative to the greatest, under which a direction
// of X counts as not varying: far above rounding (1e-16 times the number of
// inputs), far below what a rate carries.
const singular = 1e-12

// solve returns the regression with penalty alpha.
func (g *gram) solve(alpha float64) *Linear {
	var scaled, w mat.Dense
	scaled.CloneFrom(&g.projected)
	floor := singular * g.values[len(g.values)-1]
	for i, v := range g.values {
		row := scaled.RawRowView(i)
		for o := range row {
			if v <= floor && alpha == 0 {
				row[o] = 0
			} else {
				row[o] /= v + alpha
			}
		}
	}
	w.Mul(&g.vectors, &scaled)
	intercept := append([]float64(nil), g.meanY...)
	for i, m := range g.meanX {
		for o := range intercept {
			intercept[o] -= m * w.At(i, o)
		}
	}
	return &Linear{Weights: &w, Intercept: intercept, Alpha: alpha}
}

func columnMeans(a mat.Matrix) []float64 {
	rows, cols := a.Dims()
	mean := make([]float64, cols)
	for j := range mean {
		for i := range rows {
			mean[j] += a.At(i, j)
		}
		mean[j] /= float64(rows)
	}
	return mean
}

func centred(a mat.Matrix, mean []float64) *mat.Dense {
	var c mat.Dense
	c.Apply(func(_, j int, v float64) float64 { return v - mean[j] }, a)
	return &c
}
