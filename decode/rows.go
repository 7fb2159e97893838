package decode

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/autolfads/autolfads/dataset"
)

// rows flattens inputs and outputs to one row per bin, without the bins where
// an output is not finite. Inputs may have more bins than outputs (forward
// bins): those are left out.
func rows(inputs, outputs *dataset.Array) (x, y *mat.Dense, err error) {
	if inputs.Trials != outputs.Trials || inputs.Bins < outputs.Bins {
		panic(fmt.Sprintf("decode: inputs %v for outputs %v", inputs, outputs))
	}
	var xs, ys []float64
	for trial := range outputs.Trials {
		for bin := range outputs.Bins {
			out := outputs.Bin(trial, bin)
			if !Finite(out) {
				continue
			}
			for _, v := range out {
				ys = append(ys, float64(v))
			}
			if xs, err = appendFinite(xs, inputs.Bin(trial, bin)); err != nil {
				return nil, nil, fmt.Errorf("decode: trial %d, bin %d: input %w", trial, bin, err)
			}
		}
	}
	n := len(ys) / outputs.Features
	if n == 0 {
		return nil, nil, fmt.Errorf("decode: no bin of %v has finite outputs", outputs)
	}
	return mat.NewDense(n, inputs.Features, xs), mat.NewDense(n, outputs.Features, ys), nil
}

func appendFinite(dst []float64, row []float32) ([]float64, error) {
	for i, v := range row {
		f := float64(v)
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return dst, fmt.Errorf("%d is %v: decoding needs finite numbers", i, v)
		}
		dst = append(dst, f)
	}
	return dst, nil
}

// Finite reports whether a row has no NaN and no infinity: only such rows of
// outputs are decoded.
func Finite(row []float32) bool {
	for _, v := range row {
		if v-v != 0 {
			return false
		}
	}
	return true
}
