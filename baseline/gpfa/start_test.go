package gpfa

import (
	"math"
	"testing"
)

// TestStart: factor analysis is scikit-learn's, whose loadings may have other signs.
func TestStart(t *testing.T) {
	q, a := golden(t)
	d := q.trials()
	s, err := newSample(d, d.stretches())
	if err != nil {
		t.Fatal(err)
	}
	p, _ := a.Start.model().parameters() // of the right size: all is set anew
	p.c = newMatrix(p.c.rows, p.c.cols)
	if err := factorAnalysis(t.Context(), s, p, s.floor(.01), 1); err != nil {
		t.Fatal(err)
	}
	for n, want := range a.Start.Noise {
		near(t, "noise", p.r[n], want, 1e-7)
		near(t, "mean", p.d[n], a.Start.Mean[n], 1e-12)
		for i, loading := range a.Start.Loadings[n] {
			within(t, "loading", math.Abs(*p.c.at(n, i)), math.Abs(loading), 1e-6)
		}
	}
}
