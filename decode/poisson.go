package decode

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/metric"
)

// Poisson predicts expected counts per bin as exp(inputs x Weights + Intercept).
type Poisson struct {
	Weights   *mat.Dense // [inputs, outputs]
	Intercept []float64  // [outputs]
	L2        float64    // the penalty it was fitted with
}

// PoissonRegression fits counts to inputs, [trials, bins, features], inputs
// perhaps with more bins, each output on its own: the least
//
//	mean over rows of (rate - count ln rate) + l2/2 |weights|^2
//
// with the intercept free, as scikit-learn's PoissonRegressor(alpha=l2). Counts
// that are NaN are left out output by output. An output without any count gets
// the rate of half a count in all its rows, and no weights. Log rates are within
// about 1e-8 of the minimum's (root of the mean square). Errors: l2 that is not
// above 0 (without, weights may have no limit), a negative or infinite count, an
// input that is not finite, an output that was never recorded, and ctx's end.
// tell may be nil.
func PoissonRegression(ctx context.Context, inputs, counts *dataset.Array, l2 float64, tell Progress) (*Poisson, error) {
	if err := checkL2(l2); err != nil {
		return nil, err
	}
	r, err := countRows(inputs, counts)
	if err != nil {
		return nil, err
	}
	w := newWork(ctx, tell)
	p, err := newPoissonProblem(w, r)
	if err == nil {
		err = p.checkRecorded()
	}
	if err != nil {
		return nil, err
	}
	f, err := p.fit(w, l2, nil, exactly)
	if err == nil {
		err = f.check()
	}
	if err != nil {
		return nil, err
	}
	return f.model(), nil
}

func checkL2(l2 float64) error {
	if !(l2 > 0) || math.IsInf(l2, 1) {
		return fmt.Errorf("decode: a penalty of %g for Poisson regression: it must be above 0 and finite, for without one weights may have no limit", l2)
	}
	return nil
}

// countRows returns one row per bin in which any output was recorded.
func countRows(inputs, counts *dataset.Array) (*rowset, error) {
	if inputs.Trials != counts.Trials || inputs.Bins < counts.Bins {
		panic(fmt.Sprintf("decode: inputs %v for counts %v", inputs, counts))
	}
	r := &rowset{p: inputs.Features, q: counts.Features}
	for trial := range counts.Trials {
		if err := r.addTrial(inputs, counts, trial); err != nil {
			return nil, err
		}
	}
	if len(r.x) == 0 {
		return nil, fmt.Errorf("decode: no bin of %v was recorded", counts)
	}
	return r, nil
}

func (r *rowset) addTrial(inputs, counts *dataset.Array, trial int) error {
	for bin := range counts.Bins {
		x, y := inputs.Bin(trial, bin), counts.Bin(trial, bin)
		recorded, bad := recordedCounts(y)
		if bad >= 0 {
			return fmt.Errorf("decode: trial %d, bin %d: count %d is %v: Poisson regression needs counts of 0 and more, or NaN where nothing was recorded", trial, bin, bad, y[bad])
		}
		if !recorded {
			continue
		}
		if i := notFinite(x); i >= 0 {
			return fmt.Errorf("decode: trial %d, bin %d: input %d is %v: Poisson regression needs finite numbers", trial, bin, i, x[i])
		}
		r.x, r.y = append(r.x, x), append(r.y, y)
	}
	return nil
}

// recordedCounts reports whether any of a row's counts is there, and the index
// of one that is none, or -1.
func recordedCounts(y []float32) (recorded bool, bad int) {
	for i, v := range y {
		if dataset.IsMissing(v) {
			continue
		}
		if v < 0 || v > math.MaxFloat32 {
			return false, i
		}
		recorded = true
	}
	return recorded, -1
}

// Rates returns the expected counts of the first bins of inputs, [trials, bins,
// inputs], at least [metric.MinRate] and finite; NaN where an input is.
func (p *Poisson) Rates(inputs *dataset.Array, bins int) *dataset.Array {
	l := Linear{Weights: p.Weights, Intercept: p.Intercept}
	l.checkInputs(inputs)
	out := dataset.NewArray(inputs.Trials, bins, len(p.Intercept))
	eachTrial(inputs.Trials, func(trial int) {
		logs := make([]float64, len(p.Intercept))
		for bin := range bins {
			l.predict(logs, inputs.Bin(trial, bin))
			for o, v := range logs {
				out.Bin(trial, bin)[o] = float32(max(metric.MinRate, min(maths.Exp(v), math.MaxFloat32)))
			}
		}
	})
	return out
}
