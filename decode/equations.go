package decode

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// equations are a symmetric matrix and, in the columns beside it, the right
// sides.
type equations struct {
	*symmetric
	unknowns, sides int
	mean            []float64 // what its rows were centred on; see without
	flat            bool      // the matrix takes (1, 1, ...) to 0, and the right sides have none of it
}

var errEigen = errors.New("decode: the eigenvalues of the inputs' covariance did not converge")

// solve returns the solutions, [unknowns][sides], with each of alphas added to
// the diagonal. Where rounding leaves no positive definite matrix, directions
// in which the inputs do not vary get no weight.
func (e *equations) solve(w *work, alphas []float64) ([][]float64, error) {
	solutions := make([][]float64, len(alphas))
	err := w.parallel(len(alphas), func(worker, i int) {
		solutions[i] = e.cholesky(w, w.space(worker, e.ld), alphas[i])
		n := float64(e.unknowns)
		w.did(n * n * n / 6)
	})
	if err != nil {
		return nil, err
	}
	var spectrum *spectrum
	for i, alpha := range alphas {
		if solutions[i] != nil {
			continue
		}
		if spectrum == nil {
			if spectrum, err = e.spectrum(w); err != nil {
				return nil, err
			}
		}
		solutions[i] = spectrum.solve(alpha)
	}
	return solutions, nil
}

// space is what one solution needs beside the equations.
type space struct {
	*symmetric
	scratch *scratch
}

func newSpace(ld int) *space { return &space{newSymmetric(ld), newScratch(ld)} }

// space returns a worker's, the same for equations of one size.
func (w *work) space(worker, ld int) *space {
	if w.spaces[worker] == nil || w.spaces[worker].ld != ld {
		w.spaces[worker] = newSpace(ld)
	}
	return w.spaces[worker]
}

// cholesky returns the solution with alpha added to the diagonal; nil if that
// matrix is not positive definite to rounding.
func (e *equations) cholesky(w *work, s *space, alpha float64) []float64 {
	if !s.factorised(e, alpha, func() bool { return w.ctx.Err() != nil }) {
		return nil
	}
	return s.substitute(e.unknowns, e.sides)
}

func (s *space) factorised(e *equations, alpha float64, stop func() bool) bool {
	for i := range e.unknowns {
		copy(s.row(i)[i:], e.row(i)[i:])
		s.row(i)[i] += alpha
	}
	for i := e.unknowns; i < s.ld; i++ {
		clear(s.row(i))
	}
	return s.factor(e.unknowns, s.scratch, stop)
}

// spectrum is a matrix by its eigenvectors, from which the solution for any
// alpha follows, without the directions of eigenvalue 0.
type spectrum struct {
	vectors   mat.Dense
	values    []float64 // ascending
	projected mat.Dense // right sides in the basis of vectors
}

// spectrum takes ten times as long as a Cholesky factorisation. When w ends,
// it is left to finish on its own.
func (e *equations) spectrum(w *work) (*spectrum, error) {
	type result struct {
		*spectrum
		error
	}
	done := make(chan result, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- result{nil, fmt.Errorf("decode: eigenvalues: %v", p)}
			}
		}()
		s, err := e.decompose()
		done <- result{s, err}
	}()
	select {
	case r := <-done:
		return r.spectrum, r.error
	case <-w.ctx.Done():
		return nil, w.ctx.Err()
	}
}

func (e *equations) decompose() (*spectrum, error) {
	n := e.unknowns
	matrix, sides := mat.NewSymDense(n, nil), mat.NewDense(n, e.sides, nil)
	for i := range n {
		for j := i; j < n; j++ {
			matrix.SetSym(i, j, e.row(i)[j])
		}
		sides.SetRow(i, e.row(i)[n:n+e.sides])
	}
	var s spectrum
	var eigen mat.EigenSym
	if !eigen.Factorize(matrix, true) {
		return nil, errEigen
	}
	s.values = eigen.Values(nil)
	eigen.VectorsTo(&s.vectors)
	s.projected.Mul(s.vectors.T(), sides)
	return &s, nil
}

// singular is the variance, relative to the greatest, under which a direction
// of X counts as not varying: far above rounding (1e-16 times the number of
// inputs), far below what a rate carries.
const singular = 1e-12

func (s *spectrum) solve(alpha float64) []float64 {
	var scaled, w mat.Dense
	scaled.CloneFrom(&s.projected)
	floor := singular * s.values[len(s.values)-1]
	for i, v := range s.values {
		row := scaled.RawRowView(i)
		for o := range row {
			if v <= floor {
				row[o] = 0
			} else {
				row[o] /= v + alpha
			}
		}
	}
	w.Mul(&s.vectors, &scaled)
	return w.RawMatrix().Data
}
