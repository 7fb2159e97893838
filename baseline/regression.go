package baseline

import (
	"context"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/maths"
)

// regression predicts counts of neurons that are not read by Poisson regression
// ([decode.PoissonRegression]).
type regression struct {
	glm      *decode.Poisson // of the observed neurons; nil: there are none
	observed []int           // neurons that were observed in training
	most     []float32       // the largest rate of each neuron: its largest count in training, or 1
}

// regress fits counts, [trials, bins, neurons], to inputs, [trials, bins, inputs].
func regress(ctx context.Context, inputs, counts *dataset.Array, penalty float64) (*regression, error) {
	r := &regression{most: make([]float32, counts.Features)}
	for n, values := range counts.Observed() {
		if values > 0 {
			r.observed = append(r.observed, n)
		}
		r.most[n] = 1
		for v := range counts.Feature(n) {
			if v > r.most[n] {
				r.most[n] = v
			}
		}
	}
	if len(r.observed) == 0 {
		return r, ctx.Err()
	}
	glm, err := decode.PoissonRegression(ctx, inputs, counts.Columns(r.observed), penalty, nil)
	r.glm = glm
	return r, err
}

// rates predicts expected counts, [trials, bins, neurons]; NaN of neurons that were
// never observed.
func (r *regression) rates(inputs *dataset.Array) *dataset.Array {
	out := dataset.NewArray(inputs.Trials, inputs.Bins, len(r.most))
	for i := range out.Data {
		out.Data[i] = float32(math.NaN())
	}
	if r.glm == nil {
		return out
	}
	of := r.glm.Rates(inputs, inputs.Bins)
	for trial := range out.Trials {
		for bin := range out.Bins {
			from, to := of.Bin(trial, bin), out.Bin(trial, bin)
			for i, n := range r.observed {
				to[n] = min(from[i], r.most[n])
			}
		}
	}
	return out
}

// logFloor is added to rates before their logarithm is taken, as the Neural Latents
// Benchmark does.
const logFloor = 1e-4

// logarithms returns log(rate + 1e-4) of rates in counts per bin.
func logarithms(rates *dataset.Array) *dataset.Array {
	out := dataset.NewArray(rates.Trials, rates.Bins, rates.Features)
	for i, r := range rates.Data {
		out.Data[i] = float32(maths.Log(float64(r) + logFloor))
	}
	return out
}

// checkPenalties returns an error for penalties that regression cannot have.
func checkPenalties(penalties []float64) error {
	for _, p := range penalties {
		if !(p > 0) || math.IsInf(p, 1) {
			return fmt.Errorf("a penalty of %g: it must be above 0 and finite (--penalty)", p)
		}
	}
	return nil
}
