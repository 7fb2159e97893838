package evaluate_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/likelihood"
)

func scale(a *dataset.Array, by float32) {
	for i := range a.Data {
		a.Data[i] *= by
	}
}

// What the file's true rates were divided by decides which unit would mend
// them: bins are of 10 ms here, so Hz are 100 times the counts.
func TestDoubt(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, c := range []struct {
		what    string
		divisor float64
		harm    func(d *dataset.Dataset)
		says    []string // nil: no doubt
	}{
		{"nothing", 1, func(*dataset.Dataset) {}, nil},
		{"a per cent, less than a share", 1, func(d *dataset.Dataset) { scale(d.Train.Truth, 1.01); scale(d.Valid.Truth, 1.01) }, nil},
		{"Hz taken for counts", 1, func(d *dataset.Dataset) { scale(d.Train.Truth, 100); scale(d.Valid.Truth, 100) }, []string{"about 100 times the spikes", "give --truth-unit hz"}},
		{"Hz taken for counts, in validation trials", 0, func(d *dataset.Dataset) { scale(d.Valid.Truth, 100) }, []string{"--truth-unit hz or count"}},
		{"counts taken for Hz", 100, func(d *dataset.Dataset) { scale(d.Train.Truth, .01); scale(d.Valid.Truth, .01) }, []string{"about 0.01 times the spikes", "give --truth-unit count"}},
		{"counts divided by the bin width", .01, func(d *dataset.Dataset) { scale(d.Train.Truth, 100); scale(d.Valid.Truth, 100) }, []string{"about 100 times the spikes", "give --truth-unit count"}},
		{"another factor", 1, func(d *dataset.Dataset) { scale(d.Train.Truth, 2); scale(d.Valid.Truth, 2) }, []string{"about 2 times the spikes", "--truth-unit hz or count"}},
		{"a fifth more", 1, func(d *dataset.Dataset) { scale(d.Train.Truth, 1.2); scale(d.Valid.Truth, 1.2) }, []string{"their mean is"}},
		{"rates of zero", 1, func(d *dataset.Dataset) { scale(d.Train.Truth, 0); scale(d.Valid.Truth, 0) }, []string{"their mean is 0 per bin"}},
		{"no number", 1, func(d *dataset.Dataset) { d.Valid.Truth.Data[3] = nan }, []string{"1 of 28800 are negative, infinite or not a number"}},
		{"infinity", 1, func(d *dataset.Dataset) { d.Train.Truth.Data[3] = inf }, []string{"1 of 28800 are negative, infinite or not a number"}},
		{"a negative rate", 1, func(d *dataset.Dataset) { d.Valid.Truth.Data[3] = -.1 }, []string{"1 of 28800 are negative, infinite or not a number"}},
		{"a rate of zero with spikes", 1, func(d *dataset.Dataset) { d.Valid.Truth.Data[3], d.Valid.Recon.Data[3] = 0, 1 }, []string{"1 bin with spikes"}},
		{"a rate of zero without", 1, func(d *dataset.Dataset) { d.Valid.Truth.Data[3], d.Valid.Recon.Data[3] = 0, 0 }, nil},
		{"a bin that was not recorded", 1, func(d *dataset.Dataset) { d.Valid.Truth.Data[3], d.Valid.Recon.Data[3] = nan, nan }, nil},
		{"no truth", 0, func(d *dataset.Dataset) { d.Train.Truth, d.Valid.Truth = nil, nil }, nil},
	} {
		d := lorenz(t)
		if d.BinWidth != 10*time.Millisecond || len(d.Train.Truth.Data)+len(d.Valid.Truth.Data) != 28800 {
			t.Fatal("the table is for another set")
		}
		d.TruthDivisor = c.divisor
		c.harm(d)
		got := evaluate.Doubt(d)
		if (got == "") != (c.says == nil) {
			t.Errorf("%s: %q", c.what, got)
		}
		for _, part := range c.says {
			if !strings.Contains(got, part) {
				t.Errorf("%s: %q does not say %q", c.what, got, part)
			}
		}
	}
}

// Whoever beats true rates copies spikes, unless the rates cannot be true.
func TestVerdict(t *testing.T) {
	d := lorenz(t)
	oracle, _ := evaluate.Oracle(d, likelihood.Poisson{}, "poisson")
	better, worse := oracle-.01, oracle+.01
	flat := truth(d.Valid) // predicts worse than mean rates
	for i, r := range flat.Rates.Data {
		flat.Rates.Data[i] = 5 / (1 + r)
	}
	doubtful := lorenz(t)
	scale(doubtful.Train.Truth, 100)
	scale(doubtful.Valid.Truth, 100)
	poisson, gaussian := likelihood.Poisson{}, likelihood.Gaussian{}
	for _, c := range []struct {
		what            string
		d               *dataset.Dataset
		valid           evaluate.Inferred
		nll             *float64
		likelihood      likelihood.Likelihood
		over, inDoubt   bool
		oracle, compare bool
	}{
		{"better", d, truth(d.Valid), &better, poisson, true, false, true, true},
		{"worse", d, truth(d.Valid), &worse, poisson, false, false, true, true},
		{"unknown", d, truth(d.Valid), nil, poisson, false, false, true, true},
		{"better without predicting", d, flat, &better, poisson, false, true, false, false},
		{"worse without predicting", d, flat, &worse, poisson, false, false, true, true},
		{"another unit", doubtful, truth(d.Valid), &better, poisson, false, true, false, false},
		{"no counts", d, truth(d.Valid), &better, gaussian, false, false, false, false},
	} {
		r, err := evaluate.Scores(t.Context(), c.d, evaluate.Candidate{Train: truth(c.d.Train), Valid: c.valid}, nil, evaluate.Options{Smoothing: true, Likelihood: c.likelihood, ModelNLL: c.nll})
		if err != nil {
			t.Fatal(err)
		}
		compared := r.Scores[0].Best != nil
		if (r.Overfitting != "") != c.over || (r.TruthDoubt != "") != c.inDoubt || (r.Oracle != nil) != c.oracle || compared != c.compare {
			t.Errorf("%s: overfitting %q, doubt %q, oracle %v, beside the model's %v", c.what, r.Overfitting, r.TruthDoubt, r.Oracle, compared)
		}
		if c.over && !strings.HasPrefix(r.Overfitting, "Identity overfitting: ") {
			t.Errorf("%s: %q", c.what, r.Overfitting)
		}
	}
}
