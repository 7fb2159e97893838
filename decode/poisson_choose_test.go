package decode

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// What is said of a penalty is bits per spike of all trials, each predicted by a
// fit of the other folds.
func TestCrossValidatePoissonPredictsOtherTrials(t *testing.T) {
	x, y := countedSet(7, 40, 12, 4)
	for i := 2; i < len(y.Data); i += 3 * y.Features {
		y.Data[i] = float32(math.NaN())
	}
	l2s := []float64{1e-3, 1, 1e-2}
	got, err := CrossValidatePoisson(t.Context(), x, y, l2s, 3, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, l2 := range l2s {
		rates := dataset.NewArray(y.Trials, y.Bins, y.Features)
		for _, f := range [][2]int{{0, 2}, {2, 4}, {4, 7}} {
			p := poissonOn(t, 2, without(x, f), without(y, f), l2)
			copy(trials(rates, f[0], f[1]).Data, p.Rates(trials(x, f[0], f[1]), y.Bins).Data)
		}
		// A grid's log rates are within 1e-5, and so are scores.
		if want := metric.BitsPerSpike(rates, y).PerSpike; math.Abs(got[i]-want) > 1e-5 {
			t.Errorf("penalty %v: %v bits per spike, want %v", l2, got[i], want)
		}
	}
}

func without(a *dataset.Array, f [2]int) *dataset.Array {
	before, after := trials(a, 0, f[0]), trials(a, f[1], a.Trials)
	return &dataset.Array{
		Trials: before.Trials + after.Trials, Bins: a.Bins, Features: a.Features,
		Data: append(append([]float32(nil), before.Data...), after.Data...),
	}
}

// An output that some folds do not know is left out where it is unknown; one
// without a spike has no score.
func TestCrossValidatePoissonOfOutputsUnknownElsewhere(t *testing.T) {
	x, y := countedSet(4, 40, 3, 2)
	alone := dataset.NewArray(4, 40, 1)
	for i := range 160 {
		alone.Data[i] = y.Data[2*i]
		if i < 120 {
			y.Data[2*i+1] = float32(math.NaN())
		}
	}
	want, err := CrossValidatePoisson(t.Context(), x, alone, []float64{.1}, 4, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := CrossValidatePoisson(t.Context(), x, y, []float64{.1}, 4, nil)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(got[0]-want[0]) > 1e-12 { // the same sums
		t.Errorf("%v bits per spike with an output of one trial, %v without", got, want)
	}
	silent, err := CrossValidatePoisson(t.Context(), x, dataset.NewArray(4, 40, 2), []float64{.1, 1}, 4, nil)
	if err != nil || !math.IsNaN(silent[0]) {
		t.Errorf("%v bits per spike without a spike, %v", silent, err)
	}
}

func TestCrossValidatePoissonErrors(t *testing.T) {
	x, y := countedSet(4, 10, 3, 2)
	for _, c := range []struct {
		trials, folds int
		l2s           []float64
		says          string
	}{
		{1, 5, []float64{1}, "1 penalties and 1 folds of 1 trials"},
		{4, 1, []float64{1}, "1 penalties and 1 folds of 4 trials"},
		{4, 5, nil, "0 penalties"},
		{4, 5, []float64{1, 0}, "a penalty of 0"},
	} {
		_, err := CrossValidatePoisson(t.Context(), trials(x, 0, c.trials), trials(y, 0, c.trials), c.l2s, c.folds, nil)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one with %q", err, c.says)
		}
	}
}

func TestBest(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		scores []float64
		best   int
	}{
		{[]float64{1, 3, 3}, 1}, {[]float64{nan, -2, nan}, 1}, {[]float64{nan, nan}, 0}, {[]float64{-1, nan, -2}, 0},
	} {
		if got := Best(c.scores); got != c.best {
			t.Errorf("best of %v is %d, want %d", c.scores, got, c.best)
		}
	}
}
