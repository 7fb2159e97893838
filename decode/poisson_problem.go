package decode

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/autolfads/autolfads/dataset"
)

// poissonProblem is a Poisson regression of several outputs, for any penalty.
//
// With the intercept at its best, an output's objective, in nats per count, is
//
//	F(w) = ln mean(exp(x'w)) - c'w + l2/(2 m) |w|^2
//
// where m is its mean count and c the mean of x over its counts. At w = 0 the
// curvature is G + l2/m, G the inputs' covariance: the same G for all outputs.
// Where that is the identity (see frame) few steps lead to the minimum.
type poissonProblem struct {
	*centred             // inputs alone
	counts   [][]float32 // [rows][outputs]
	outputs  []poissonOutput
	variance []float64  // eigenvalues of the inputs' covariance, at least 0
	vectors  *mat.Dense // [inputs, inputs], a column each
}

// poissonOutput is what the objective needs of an output beside the rows.
type poissonOutput struct {
	index  int
	rows   float64   // recorded
	counts float64   // in all of them
	cross  []float64 // mean of the inputs over counts, less meanX
}

func newPoissonProblem(w *work, r *rowset) (*poissonProblem, error) {
	p := &poissonProblem{centred: &centred{rowset: &rowset{x: r.x, p: r.p}}, counts: r.y}
	p.meanX = means(r.x, r.p)
	w.total = 1
	if err := p.decompose(w); err != nil {
		return nil, err
	}
	p.outputs = make([]poissonOutput, r.q)
	return p, w.parallel(r.q, func(_, o int) { p.outputs[o] = p.output(o) })
}

// decompose finds the directions in which inputs vary on their own.
func (p *poissonProblem) decompose(w *work) error {
	g := &gram{newSymmetric(width(p.p, 0)), p.p, 0}
	if err := p.add(&work{ctx: w.ctx, tell: func(int, int) {}, total: 1}, g); err != nil {
		return err
	}
	g.centre()
	covariance := mat.NewSymDense(p.p, nil)
	for i := range p.p {
		for j := i; j < p.p; j++ {
			covariance.SetSym(i, j, g.row(i)[j]/float64(p.len()))
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(covariance, true) {
		return errEigen
	}
	p.variance, p.vectors = eigen.Values(nil), new(mat.Dense)
	eigen.VectorsTo(p.vectors)
	for i, v := range p.variance {
		p.variance[i] = max(v, 0)
	}
	return nil
}

func (p *poissonProblem) output(o int) poissonOutput {
	out := poissonOutput{index: o}
	sum := make([]float64, p.p)
	for r, y := range p.counts {
		k := float64(y[o])
		if dataset.IsMissing(y[o]) {
			continue
		}
		out.rows++
		out.counts += k
		if k == 0 {
			continue
		}
		for i, v := range p.x[r] {
			sum[i] += float64(k * (float64(v) - p.meanX[i]))
		}
	}
	for i := range sum {
		sum[i] /= max(out.counts, math.SmallestNonzeroFloat64)
	}
	out.cross = sum
	return out
}

func (p *poissonProblem) checkRecorded() error {
	for _, o := range p.outputs {
		if o.rows == 0 {
			return fmt.Errorf("decode: output %d was recorded in no bin: Poisson regression cannot say anything of it; leave it out", o.index)
		}
	}
	return nil
}
