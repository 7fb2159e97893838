package decode

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/rng"
)

// linearSet makes inputs and outputs = inputs x weights + 3, with noise.
func linearSet(trials, bins, inputs int, noise float64) (x, y *dataset.Array) {
	src := rng.NewSource(rng.Derive(1, rng.Synthesis))
	x, y = dataset.NewArray(trials, bins, inputs), dataset.NewArray(trials, bins, 2)
	for i := range x.Data {
		x.Data[i] = float32(src.Normal())
	}
	for trial := range trials {
		for bin := range bins {
			row, out := x.Bin(trial, bin), y.Bin(trial, bin)
			for o := range out {
				sum := 3 + noise*src.Normal()
				for i, v := range row {
					sum += float64(v) * float64(i+1) * float64(1-2*o)
				}
				out[o] = float32(sum)
			}
		}
	}
	return x, y
}

func TestLeastSquaresFindsTheWeights(t *testing.T) {
	x, y := linearSet(4, 30, 3, 0)
	l, err := LeastSquares(t.Context(), x, y, nil)
	if err != nil {
		t.Fatal(err)
	}
	for o, sign := range []float64{1, -1} {
		for i := range 3 {
			// Outputs of size 10 are rounded to float32: 5e-7 each.
			if got, want := l.Weights.At(i, o), sign*float64(i+1); math.Abs(got-want) > 1e-6 {
				t.Errorf("weight %d, %d = %v, want %v", i, o, got, want)
			}
		}
		if math.Abs(l.Intercept[o]-3) > 1e-6 {
			t.Errorf("intercept %v, want 3", l.Intercept[o])
		}
	}
	predicted := l.Predict(x, x.Bins)
	for i, v := range predicted.Data {
		if math.Abs(float64(v-y.Data[i])) > 1e-5 { // two float32 roundings of numbers up to 20
			t.Fatalf("prediction %v, want %v", v, y.Data[i])
		}
	}
}

// A repeated input makes X'X singular: the fit must be that of the input alone.
func TestLeastSquaresOfCollinearInputs(t *testing.T) {
	x, y := linearSet(4, 30, 2, .5)
	double := dataset.NewArray(4, 30, 4)
	for trial := range 4 {
		for bin := range 30 {
			copy(double.Bin(trial, bin), x.Bin(trial, bin))
			copy(double.Bin(trial, bin)[2:], x.Bin(trial, bin))
		}
	}
	once, _ := LeastSquares(t.Context(), x, y, nil)
	twice, err := LeastSquares(t.Context(), double, y, nil)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := once.Score(x, y)
	b, _ := twice.Score(double, y)
	if math.Abs(a.Mean-b.Mean) > 1e-12 { // well-conditioned once the null directions are gone
		t.Errorf("R2 %v with each input once, %v twice", a.Mean, b.Mean)
	}
}

// Without noise any shrinkage only harms, so the smallest penalty wins; with
// many inputs of pure noise the largest does.
func TestRidgeChoosesAlpha(t *testing.T) {
	x, y := linearSet(4, 30, 3, 0)
	if l, _ := Ridge(t.Context(), x, y, nil); l.Alpha != Alphas[0] {
		t.Errorf("alpha %v without noise", l.Alpha)
	}
	x, y = linearSet(4, 30, 60, 0)
	_, noise := linearSet(4, 30, 1, 1e3)
	if l, _ := Ridge(t.Context(), x, noise, nil); l.Alpha != 1 {
		t.Errorf("alpha %v for noise alone", l.Alpha)
	}
	for i := range y.Data {
		y.Data[i] = 2
	}
	if l, _ := Ridge(t.Context(), x, y, nil); l.Alpha != Alphas[0] {
		t.Errorf("alpha %v where all are equal, want the first", l.Alpha)
	}
}

func TestBinsWithoutBehaviourAreLeftOut(t *testing.T) {
	x, y := linearSet(4, 30, 3, .5)
	want, _ := Ridge(t.Context(), x, y, nil)
	longX, longY := dataset.NewArray(5, 30, 3), dataset.NewArray(5, 30, 2)
	copy(longX.Data, x.Data)
	copy(longY.Data, y.Data)
	for bin := range 30 { // in any output, with whatever input
		longX.Bin(4, bin)[0] = float32(math.NaN())
		longY.Bin(4, bin)[bin%2] = float32([]float64{math.NaN(), math.Inf(1)}[bin%3/2])
	}
	got, err := Ridge(t.Context(), longX, longY, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.Alpha != want.Alpha || got.Weights.At(0, 0) != want.Weights.At(0, 0) {
		t.Error("a trial without behaviour changed the fit")
	}
}

func TestErrorsSayWhere(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, c := range []struct {
		harm func(x, y *dataset.Array)
		says string
	}{
		{func(x, y *dataset.Array) { x.Bin(2, 3)[0] = inf }, "trial 2, bin 3: input 0 is +Inf"},
		{func(x, y *dataset.Array) {
			for i := range y.Data {
				y.Data[i] = nan
			}
		}, "no bin of"},
		{func(x, y *dataset.Array) {
			for i := 10; i < len(y.Data); i++ {
				y.Data[i] = nan
			}
		}, "5 bins with outputs are too few"},
	} {
		x, y := linearSet(4, 30, 3, .5)
		c.harm(x, y)
		if _, err := Ridge(t.Context(), x, y, nil); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one with %q", err, c.says)
		}
	}
}
