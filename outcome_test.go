package autolfads

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/synth"
)

// A score better than the likelihood of the true rates is called identity
// overfitting, in scores.json too; one that is not, is not.
func TestOverfittingIsSaid(t *testing.T) {
	o := synth.DefaultLorenz()
	o.Conditions, o.TrialsPerCondition, o.Neurons, o.Bins = 5, 10, 10, 20
	d, err := synth.Lorenz(o)
	if err != nil {
		t.Fatal(err)
	}
	// The truth itself stands for what was inferred.
	result := &infer.Result{
		Train:      &lfads.Posterior{Rates: d.Train.Truth, Factors: d.Train.Latents},
		Valid:      &lfads.Posterior{Rates: d.Valid.Truth, Factors: d.Valid.Latents},
		Likelihood: likelihood.Poisson{},
	}
	honest := &Outcome{Dataset: d, Result: result}
	if err := honest.score(t.Context(), "poisson", nil); err != nil {
		t.Fatal(err)
	}
	if honest.Oracle == nil {
		t.Fatal("no likelihood of the true rates")
	}
	for _, c := range []struct {
		score float64
		over  bool
	}{
		{*honest.Oracle - .01, true},
		{*honest.Oracle + .01, false},
	} {
		outcome := &Outcome{Dataset: d, Result: result, Best: run.Best{Score: c.score}}
		if err := outcome.score(t.Context(), "poisson", nil); err != nil {
			t.Fatal(err)
		}
		if said := strings.HasPrefix(outcome.Overfitting, "Identity overfitting: "); said != c.over {
			t.Errorf("score %v, truth %v: it says %q", c.score, *honest.Oracle, outcome.Overfitting)
		}
		path := filepath.Join(t.TempDir(), "scores.json")
		if err := writeJSON(path, outcome); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if written := strings.Contains(string(text), `"identity_overfitting": "Identity overfitting: `); written != c.over {
			t.Errorf("score %v, truth %v: scores.json is\n%s", c.score, *honest.Oracle, text)
		}
	}
}

// A search that ended by its limit is said to be worth going on with, but not one for a
// model that copies spikes.
func TestStillImproving(t *testing.T) {
	c := DefaultConfig()
	c.Train.MaxEpochs, c.PBT.MaxGenerations = 100, 20
	for _, e := range []struct {
		search      Search
		ending      run.Ending
		overfitting string
		says        string
	}{
		{Fixed, run.Ending{Best: run.Best{Epoch: 97}}, "", "among the last of at most 100"},
		{Fixed, run.Ending{Best: run.Best{Epoch: 97}}, "it copies", ""},
		{Fixed, run.Ending{Best: run.Best{Epoch: 60}}, "", ""},
		{PBT, run.Ending{Generations: 20, Gain: .01}, "", "its limit of 20 generations"},
		{PBT, run.Ending{Generations: 20, Gain: .01}, "it copies", ""},
		{PBT, run.Ending{Generations: 12}, "", ""},
	} {
		o := &Outcome{Overfitting: e.overfitting}
		text := o.stillImproving(&c, e.search, &e.ending)
		if (text == "") != (e.says == "") || !strings.Contains(text, e.says) {
			t.Errorf("%+v: %q, want %q", e, text, e.says)
		}
	}
}

// A population that was getting worse says so, and of which generation its model is.
func TestWorsening(t *testing.T) {
	if words := worsening(&run.Ending{}); words != "" {
		t.Errorf("of a population that was not: %q", words)
	}
	ending := run.Ending{Worsening: "the best score has got worse", Best: run.Best{Place: pbt.Place{Generation: 3}}}
	text := worsening(&ending)
	if !strings.HasPrefix(text, "The best score has got worse. The model chosen is of generation 3; ") {
		t.Errorf("it says %q", text)
	}
}

// A report that cannot be made is said, and is no error: rates and scores are there.
func TestReportThatIsNotMade(t *testing.T) {
	dir := t.TempDir()
	o := &Outcome{Report: reportName}
	err := o.writeReport(dir)
	if err != nil || o.Report != "" || len(o.Undrawn) != 1 || !strings.Contains(o.Undrawn[0], "the report is not made: ") {
		t.Errorf("of no run: %v, %q, %q", err, o.Report, o.Undrawn)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("it leaves %v, %v", entries, err)
	}
}
