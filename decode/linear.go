package decode

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// Linear predicts outputs as inputs x Weights + Intercept.
type Linear struct {
	Weights   *mat.Dense // [inputs, outputs]
	Intercept []float64  // [outputs]
	Alpha     float64    // the penalty it was fitted with
}

// Predict returns the outputs for inputs of [trials, bins, inputs].
func (l *Linear) Predict(inputs *dataset.Array) *dataset.Array {
	l.checkInputs(inputs)
	out := dataset.NewArray(inputs.Trials, inputs.Bins, len(l.Intercept))
	for trial := range inputs.Trials {
		for bin := range inputs.Bins {
			row := out.Bin(trial, bin)
			for o := range row {
				sum := l.Intercept[o]
				for i, v := range inputs.Bin(trial, bin) {
					sum += float64(v) * l.Weights.At(i, o)
				}
				row[o] = float32(sum)
			}
		}
	}
	return out
}

// Score returns the R2 of the prediction, per output and averaged, over the
// bins whose outputs are finite. Inputs and outputs are [trials, bins,
// features]; an input that is not finite is an error.
func (l *Linear) Score(inputs, outputs *dataset.Array) (metric.Score, error) {
	l.checkInputs(inputs)
	x, y, err := rows(inputs, outputs)
	if err != nil {
		return metric.Score{}, err
	}
	return l.score(x, y), nil
}

func (l *Linear) score(x, y mat.Matrix) metric.Score {
	var predicted mat.Dense
	predicted.Mul(x, l.Weights)
	predicted.Apply(func(_, o int, v float64) float64 { return v + l.Intercept[o] }, &predicted)
	truth := mat.DenseCopyOf(y)
	return metric.R2(truth.RawMatrix().Data, predicted.RawMatrix().Data, len(l.Intercept))
}

func (l *Linear) checkInputs(inputs *dataset.Array) {
	if n, _ := l.Weights.Dims(); inputs.Features != n {
		panic(fmt.Sprintf("decode: weights for %d inputs, given %v", n, inputs))
	}
}
