package evaluate_test

import (
	"strings"
	"testing"

	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/synth"
)

// An oracle that the recording knows judges models of its likelihood, by name, and
// no others.
func TestOracleOfTheRecording(t *testing.T) {
	o := synth.DefaultEMG()
	o.Seed, o.Trials, o.Channels, o.Bins = 1, 10, 4, 30
	d, err := synth.EMG(o)
	if err != nil {
		t.Fatal(err)
	}
	better, worse := d.Oracle-.01, d.Oracle+.01
	// What the likelihood computes is not asked for: a Gaussian stands for any.
	for _, c := range []struct {
		what, name string
		nll        *float64
		oracle     bool
		over       string // what the verdict names; "": none
	}{
		{"better", "gamma", &better, true, "of the distribution that the data were drawn from, so the model copies data"},
		{"worse", "gamma", &worse, true, ""},
		{"unknown", "gamma", nil, true, ""},
		{"another likelihood", "gaussian", &better, false, ""},
		{"one without name", "", &better, false, ""},
	} {
		r, err := evaluate.Scores(t.Context(), d, evaluate.Candidate{Train: truth(d.Train), Valid: truth(d.Valid)}, nil, evaluate.Options{Smoothing: true, Likelihood: likelihood.Gaussian{}, Name: c.name, ModelNLL: c.nll})
		if err != nil {
			t.Fatal(err)
		}
		if (r.Oracle != nil) != c.oracle || r.Oracle != nil && *r.Oracle != d.Oracle {
			t.Errorf("%s: oracle %v, want %v", c.what, r.Oracle, d.Oracle)
		}
		f := r.Score("negative log likelihood")
		if (f != nil) != (c.nll != nil) || f != nil && f.Value != *c.nll {
			t.Errorf("%s: scored %+v", c.what, r.Scores)
		}
		if f != nil && ((f.Best != nil) != c.oracle || c.oracle && *f.Best != d.Oracle) {
			t.Errorf("%s: beside %v", c.what, f.Best)
		}
		if (r.Overfitting != "") != (c.over != "") || !strings.Contains(r.Overfitting, c.over) {
			t.Errorf("%s: %q", c.what, r.Overfitting)
		}
		if text := strings.Join(r.Words(d), " "); c.nll == nil && strings.Contains(text, "does not copy") {
			t.Errorf("%s: nobody knows the model's likelihood, but it is said: %s", c.what, text)
		}
		if r.Overfitting != "" && !strings.HasPrefix(r.Overfitting, "Identity overfitting: ") {
			t.Errorf("%s: %q", c.what, r.Overfitting)
		}
	}
	// True means have a Poisson likelihood, which is not that of these data.
	if nll, ok := evaluate.Oracle(d, likelihood.Poisson{}, "poisson"); ok {
		t.Errorf("Poisson: an oracle of %v", nll)
	}
}

// Squared errors are called so: they are no nats.
func TestSquaredErrorsAreNamed(t *testing.T) {
	d := lorenz(t)
	r, err := evaluate.Scores(t.Context(), d, evaluate.Candidate{Train: truth(d.Train), Valid: truth(d.Valid)}, nil, evaluate.Options{Smoothing: true, Likelihood: likelihood.MSE{}, Name: "mse"})
	if err != nil || len(r.Scores) < 2 {
		t.Fatalf("%v: %+v", err, r)
	}
	if f := r.Scores[1]; f.Name != "squared error" || f.Unit != "squared units per element" || f.Best == nil || *f.Best != f.Value {
		t.Errorf("got %+v", f)
	}
	if name, unit := likelihood.LossName(likelihood.Gamma{}); name != "negative log likelihood" || unit != "nats" {
		t.Errorf("of a Gamma likelihood: %s in %s", name, unit)
	}
}
