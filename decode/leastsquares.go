package decode

import "math"

// leastSquares returns the solution of least norm. Where all directions vary
// clearly that is the only one, and Cholesky's; else eigenvalues tell which do.
func (e *equations) leastSquares(w *work) ([]float64, error) {
	if e.flat {
		e.raise()
	}
	s := newSpace(e.ld)
	if s.factorised(e, 0, func() bool { return w.ctx.Err() != nil }) && s.least(e.unknowns) > clearly*e.greatest() {
		return s.substitute(e.unknowns, e.sides), nil
	}
	if err := w.ctx.Err(); err != nil {
		return nil, err
	}
	spectrum, err := e.spectrum(w)
	if err != nil {
		return nil, err
	}
	return spectrum.solve(0), nil
}

// raise gives the one direction that centring took from the matrix a variance
// like the others'. No right side has anything of it, so no solution changes.
func (e *equations) raise() {
	n := float64(e.unknowns)
	mean := e.greatest() / n / n
	for i := range e.unknowns {
		row := e.row(i)[:e.unknowns]
		for j := i; j < len(row); j++ {
			row[j] += mean
		}
	}
}

// clearly is how much of the greatest variance the least must be to count as
// one without looking: a hundred times what counts as none, for the least is
// estimated from above.
const clearly = 100 * singular

// greatest bounds the greatest eigenvalue from above.
func (e *equations) greatest() (trace float64) {
	for i := range e.unknowns {
		trace += e.row(i)[i]
	}
	return trace
}

// least estimates the least eigenvalue of a factorised matrix, by inverse
// iteration: each step weakens the others by their ratio to it.
func (s *space) least(n int) float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = 1 + math.Mod(float64(i)*math.Phi, 1) // in no direction of note
	}
	for range 10 {
		normalise(x)
		s.inverse(x)
	}
	return 1 / normalise(x)
}

// inverse computes x = (U'U)^-1 x.
func (s *space) inverse(x []float64) {
	s.forward(x)
	s.backward(x)
}

func normalise(x []float64) (size float64) {
	for _, v := range x {
		size += float64(v * v)
	}
	size = math.Sqrt(size)
	for i := range x {
		x[i] /= size
	}
	return size
}
