package naive

import (
	"math"

	"github.com/autolfads/autolfads/rng"
)

// Missing data are NaN in Inputs.Data and Inputs.Target: they are read as 0 and
// add nothing to the loss, which is divided by the share of the batch's target that
// was observed (selective backpropagation through time).

// orZero is what is read of a datum.
func orZero(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return x
}

// observedShare returns which share of a sequence is not NaN.
func observedShare(s Sequence) float64 {
	observed, all := 0., 0.
	for _, m := range s {
		all += float64(len(m.Data))
		observed += m.Map(isObserved).Sum()
	}
	return observed / all
}

// anyWhereMissing returns a target with a datum that every likelihood allows in place
// of what is missing.
func anyWhereMissing(target *Matrix) *Matrix {
	return target.Map(func(y float64) float64 {
		if math.IsNaN(y) {
			return 1
		}
		return y
	})
}

// observed returns what the loss of every element of bin t counts: nothing where it is
// missing, elsewhere itself over the share observed.
func (m *model) observed(t int, loss *Var) *Var {
	return Mul(loss, NewVar(m.in.Target[t].Map(func(y float64) float64 { return isObserved(y) / m.share })))
}

func isObserved(y float64) float64 { return indicator(!math.IsNaN(y)) }

// HideAtRandom makes a share of the batch missing, in what is read and in what is
// reconstructed alike.
func (in *Inputs) HideAtRandom(source *rng.Source, share float64) {
	for t, target := range in.Target {
		for b := range target.Rows {
			for n := range target.Cols {
				if source.Float64() >= share {
					continue
				}
				target.Set(b, n, math.NaN())
				if t < len(in.Data) && n < in.Data[t].Cols {
					in.Data[t].Set(b, n, math.NaN())
				}
			}
		}
	}
}
