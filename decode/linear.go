package decode

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/parallel"
	"github.com/autolfads/autolfads/metric"
)

// Linear predicts outputs as inputs x Weights + Intercept.
type Linear struct {
	Weights        *mat.Dense // [inputs, outputs]
	Intercept      []float64  // [outputs]
	Alpha          float64    // the penalty it was fitted with
	CrossValidated float64    // R2 of Alpha, averaged over outputs and folds, where Ridge chose it
}

// Predict returns the outputs of the first bins of inputs, [trials, bins,
// inputs].
func (l *Linear) Predict(inputs *dataset.Array, bins int) *dataset.Array {
	l.checkInputs(inputs)
	out := dataset.NewArray(inputs.Trials, bins, len(l.Intercept))
	eachTrial(inputs.Trials, func(trial int) {
		sum := make([]float64, len(l.Intercept))
		for bin := range bins {
			l.predict(sum, inputs.Bin(trial, bin))
			for o, v := range sum {
				out.Bin(trial, bin)[o] = float32(v)
			}
		}
	})
	return out
}

// eachTrial calls do on all cores.
func eachTrial(trials int, do func(trial int)) {
	// The background never ends, so neither is there an error.
	_ = parallel.Do(context.Background(), workers(), trials, func(_, trial int) { do(trial) })
}

// predict writes the outputs for one row.
func (l *Linear) predict(dst []float64, x []float32) {
	copy(dst, l.Intercept)
	for i, v := range x {
		subtract(dst, l.Weights.RawRowView(i), -float64(v))
	}
}

// Score returns the R2 of the prediction, per output and averaged, over the
// bins whose outputs are finite. Inputs and outputs are [trials, bins,
// features], inputs perhaps with more bins; an input that is not finite is an
// error.
func (l *Linear) Score(inputs, outputs *dataset.Array) (metric.Score, error) {
	l.checkInputs(inputs)
	r, err := rows(inputs, outputs)
	if err != nil {
		return metric.Score{}, err
	}
	truth, predicted := make([]float64, r.len()*r.q), make([]float64, r.len()*r.q)
	for i, y := range r.y {
		for o, v := range y {
			truth[i*r.q+o] = float64(v)
		}
		l.predict(predicted[i*r.q:(i+1)*r.q], r.x[i])
	}
	return metric.R2(truth, predicted, r.q), nil
}

func (l *Linear) checkInputs(inputs *dataset.Array) {
	if n, _ := l.Weights.Dims(); inputs.Features != n {
		panic(fmt.Sprintf("decode: weights for %d inputs, given %v", n, inputs))
	}
}
