package evaluate_test

import (
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/likelihood"
)

// True rates of data that are no counts are doubted if the means of some neuron are not
// theirs; what is missing, and neurons that are all but 0, say nothing.
func TestDoubtMeans(t *testing.T) {
	column := func(a *dataset.Array, neuron int, by float32) {
		for i := neuron; i < len(a.Data); i += a.Features {
			a.Data[i] *= by
		}
	}
	for _, c := range []struct {
		what string
		harm func(d *dataset.Dataset)
		says string // "": no doubt
	}{
		{"nothing", func(*dataset.Dataset) {}, ""},
		{"data scaled, true rates not", func(d *dataset.Dataset) { scale(d.Train.Recon, 1e5); scale(d.Valid.Recon, 1e5) }, "the mean of neuron 0 is "},
		{"both scaled", func(d *dataset.Dataset) {
			for _, s := range []*dataset.Split{d.Train, d.Valid} {
				scale(s.Recon, 1e5)
				scale(s.Truth, 1e5)
			}
		}, ""},
		{"one neuron", func(d *dataset.Dataset) { column(d.Train.Recon, 3, .01); column(d.Valid.Recon, 3, .01) }, "the mean of neuron 3 is "},
		{"a neuron all but 0", func(d *dataset.Dataset) { column(d.Train.Recon, 3, 0); column(d.Valid.Recon, 3, 0) }, ""},
		{"gaps", func(d *dataset.Dataset) { hide(d.Train, scattered); hide(d.Valid, scattered) }, ""},
		{"no truth", func(d *dataset.Dataset) { d.Train.Truth, d.Valid.Truth = nil, nil }, ""},
	} {
		d := lorenz(t)
		c.harm(d)
		if got := evaluate.DoubtMeans(d); (got == "") != (c.says == "") || !strings.Contains(got, c.says) {
			t.Errorf("%s: %q, want %q", c.what, got, c.says)
		}
	}
}

// True rates in doubt judge no model, not by an oracle that the file knows either.
func TestDoubtedMeansJudgeNothing(t *testing.T) {
	d := lorenz(t)
	d.OracleLikelihood, d.Oracle = "gaussian", 5
	model := -3.
	judged := func() evaluate.Report {
		r, err := evaluate.Scores(t.Context(), d, evaluate.Candidate{Train: truth(d.Train), Valid: truth(d.Valid)}, nil, evaluate.Options{Smoothing: true, Likelihood: likelihood.Gaussian{}, Name: "gaussian", ModelNLL: &model})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := judged(); r.Overfitting == "" || r.TruthDoubt != "" {
		t.Errorf("before: overfitting %q, doubt %q", r.Overfitting, r.TruthDoubt)
	}
	scale(d.Train.Recon, 1000)
	scale(d.Valid.Recon, 1000)
	if r := judged(); r.Overfitting != "" || r.Oracle != nil || !strings.Contains(r.TruthDoubt, "true means cannot be those of these data") {
		t.Errorf("of scaled data: overfitting %q, oracle %v, doubt %q", r.Overfitting, r.Oracle, r.TruthDoubt)
	}
}
