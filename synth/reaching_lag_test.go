package synth

import (
	"context"
	"math"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
)

// Velocity is read from the true rates best where it is taken 100 ms later than they are:
// better than 20 ms sooner or later, and much better than at no lag.
func TestHandFollowsTheSpikes(t *testing.T) {
	o := DefaultReaching()
	o.Seconds, o.Neurons = 90, 40
	r := mustReaching(t, o)
	at := func(lagBins int) float64 { return velocityR2(t, r, lagBins) }
	best := at(20)
	for _, lag := range []int{0, 8, 16, 24, 32, 40} {
		got := at(lag)
		t.Logf("lag %d ms: R2 %.4f, at 100 ms %.4f", 5*lag, got, best)
		if got >= best {
			t.Errorf("%d ms later velocity is read with R2 %.4f, 100 ms later with %.4f", 5*lag, got, best)
		}
	}
}

// velocityR2 is how well velocity so many bins later is read from log rates, on the last
// third of the recording by a regression on the first two.
func velocityR2(t *testing.T, r *dataset.Recording, lagBins int) float64 {
	t.Helper()
	rates, velocity := values(t, r, dataset.StreamTrueRates), values(t, r, "velocity")
	neurons, bins := r.Units.Len(), len(velocity)/2
	x, y := dataset.NewArray(3, (bins-40)/3, neurons), dataset.NewArray(3, (bins-40)/3, 2)
	for i := range x.Data {
		x.Data[i] = float32(math.Log(rates[i]))
	}
	for i := range y.Data {
		y.Data[i] = float32(velocity[i+2*lagBins])
	}
	first := func(a *dataset.Array) *dataset.Array {
		return &dataset.Array{Trials: 2, Bins: a.Bins, Features: a.Features, Data: a.Data[:2*a.Bins*a.Features]}
	}
	last := func(a *dataset.Array) *dataset.Array {
		return &dataset.Array{Trials: 1, Bins: a.Bins, Features: a.Features, Data: a.Data[2*a.Bins*a.Features:]}
	}
	fit, err := decode.Ridge(context.Background(), first(x), first(y), nil)
	if err != nil {
		t.Fatal(err)
	}
	score, err := fit.Score(last(x), last(y))
	if err != nil {
		t.Fatal(err)
	}
	return score.Mean
}
