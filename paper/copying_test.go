package paper

import (
	"strings"
	"testing"
)

// A model copies that has a likelihood better than that of the true rates, and poor rates;
// either alone is no copying.
func TestCopying(t *testing.T) {
	const oracle = .1
	r := planted("1c, e", nil,
		rowsOf(withoutDropout, numbers{"nll": {.05, .09, .2, .08}, "rates_r2": {.1, .6, .2, .39}}),
		rowsOf(withDropout, numbers{"nll": {.09, .2}, "rates_r2": {.8, .7}}))
	table := &r.Tables[0]
	if got := table.copyingIn(withoutDropout, oracle); got != (copying{of: 4, below: 3, poor: 2}) {
		t.Errorf("without: %+v", got)
	}
	if got := table.copyingIn(withDropout, oracle); got != (copying{of: 2, below: 1}) {
		t.Errorf("with: %+v", got)
	}
	if !table.bestCopies(withoutDropout, oracle) || table.bestCopies(withDropout, oracle) || table.bestCopies("nobody", oracle) {
		t.Error("the model of the best likelihood is told wrongly")
	}
}

// A figure calls a model one that copies only if it does, and the text tells of models
// without scores.
func TestCopyingIsSaid(t *testing.T) {
	for _, c := range []struct {
		nll   float64
		title string
	}{{.05, "copies spikes: best likelihood"}, {.15, "best likelihood"}} {
		r := planted("1c, e", map[string]float64{"oracle_nll": .1, "unscored, " + withoutDropout: 2},
			rowsOf(withoutDropout, numbers{"nll": {c.nll, .3}, "rates_r2": {.1, .9}}), rowsOf(withDropout, numbers{"nll": {.2}, "rates_r2": {.8}}))
		for _, kind := range exampleKinds {
			r.Courses = append(r.Courses, Course{Part: kind, Name: trueRates, X: []float64{0}, Y: []float64{1}})
		}
		if got := r.exampleTitle(bestLikelihood); got != c.title {
			t.Errorf("of NLL %g the title is %q", c.nll, got)
		}
		if f := identityFound(r); !strings.Contains(f[0].Text, "2 models without coordinated dropout have no score.") {
			t.Errorf("models without scores are not told: %s", f[0].Text)
		}
	}
}
