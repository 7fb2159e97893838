package decode

import "gonum.org/v1/gonum/mat"

// primal holds a regression's equations with as many unknowns as inputs: the
// gram of each fold, summed once. Those of all other rows are their sums.
type primal struct {
	*centred
	bounds []int // fold f is rows bounds[f]..bounds[f+1]-1
	grams  []*gram
	sum    *gram // of the grams outside a fold: valid until the next is asked for
}

func newPrimal(w *work, c *centred, bounds []int) (*primal, error) {
	s := &primal{centred: c, bounds: bounds}
	for f := range len(bounds) - 1 {
		s.grams = append(s.grams, s.newGram())
		part := &centred{c.slice(bounds[f], bounds[f+1]), c.meanX, c.meanY}
		if err := part.add(w, s.grams[f]); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *primal) newGram() *gram { return &gram{newSymmetric(width(s.p, s.q)), s.p, s.q} }

// without implements problem.
func (s *primal) without(w *work, fold int) (*equations, error) {
	if s.sum == nil {
		s.sum = s.newGram()
	}
	sum := s.sum
	err := w.parallel(sum.n, func(_, i int) {
		row := sum.row(i)
		clear(row)
		for f, g := range s.grams {
			if f != fold {
				for j, v := range g.row(i)[i:] {
					row[i+j] += v
				}
			}
		}
	})
	sum.centre()
	e := &equations{symmetric: sum.symmetric, unknowns: s.p, sides: s.q}
	for i := range s.p + s.q {
		e.mean = append(e.mean, sum.mean(i))
	}
	return e, err
}

// residuals implements problem. Each row is predicted: to get residuals from
// grams would lose digits where inputs are nearly dependent.
func (s *primal) residuals(w *work, fold int, e *equations, solutions [][]float64) ([]float64, error) {
	part := &centred{s.slice(s.bounds[fold], s.bounds[fold+1]), s.meanX, s.meanY}
	p := newPrediction(part, solutions)
	for c := range p.offset {
		weights, o := solutions[c/s.q], c%s.q
		p.offset[c] = e.mean[s.p+o]
		for i := range s.p {
			p.offset[c] -= float64(e.mean[i] * weights[i*s.q+o])
		}
	}
	return p.residuals(w)
}

// linear implements problem.
func (s *primal) linear(solution []float64, alpha float64) *Linear {
	return s.centred.linear(solution, alpha)
}

// linear returns the regression of weights [p][q], with an intercept for inputs
// and outputs that are not centred.
func (c *centred) linear(weights []float64, alpha float64) *Linear {
	intercept := append([]float64(nil), c.meanY...)
	for i, m := range c.meanX {
		for o := range intercept {
			intercept[o] -= float64(m * weights[i*c.q+o])
		}
	}
	return &Linear{Weights: mat.NewDense(c.p, c.q, weights), Intercept: intercept, Alpha: alpha}
}
