package decode

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
)

// rowset is the bins that are decoded: views of the arrays they lie in.
type rowset struct {
	x, y [][]float32 // each row's inputs and outputs
	p, q int         // how many these are
}

// rows returns one row per bin, without the bins where an output is not finite.
// Inputs may have more bins than outputs (forward bins): those are left out.
func rows(inputs, outputs *dataset.Array) (*rowset, error) {
	if inputs.Trials != outputs.Trials || inputs.Bins < outputs.Bins {
		panic(fmt.Sprintf("decode: inputs %v for outputs %v", inputs, outputs))
	}
	r := &rowset{p: inputs.Features, q: outputs.Features}
	for trial := range outputs.Trials {
		for bin := range outputs.Bins {
			x, y := inputs.Bin(trial, bin), outputs.Bin(trial, bin)
			if !Finite(y) {
				continue
			}
			if i := notFinite(x); i >= 0 {
				return nil, fmt.Errorf("decode: trial %d, bin %d: input %d is %v: decoding needs finite numbers", trial, bin, i, x[i])
			}
			r.x, r.y = append(r.x, x), append(r.y, y)
		}
	}
	if len(r.x) == 0 {
		return nil, fmt.Errorf("decode: no bin of %v has finite outputs", outputs)
	}
	return r, nil
}

func (r *rowset) len() int { return len(r.x) }

// slice returns rows from..to-1.
func (r *rowset) slice(from, to int) *rowset {
	return &rowset{r.x[from:to], r.y[from:to], r.p, r.q}
}

// means returns the mean of each input and output.
func (r *rowset) means() (x, y []float64) { return means(r.x, r.p), means(r.y, r.q) }

func means(rows [][]float32, width int) []float64 {
	mean := make([]float64, width)
	for _, row := range rows {
		for i, v := range row {
			mean[i] += float64(v)
		}
	}
	for i := range mean {
		mean[i] /= float64(len(rows))
	}
	return mean
}

// Finite reports whether a row has no NaN and no infinity: only such rows of
// outputs are decoded.
func Finite(row []float32) bool { return notFinite(row) < 0 }

// notFinite returns the index of the first number that is not finite, or -1.
func notFinite(row []float32) int {
	for i, v := range row {
		if v-v != 0 {
			return i
		}
	}
	return -1
}
