package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/run"
)

func TestPrintOutcome(t *testing.T) {
	outcome := &autolfads.Outcome{
		Best:        run.Best{Score: .05, Hyper: map[string]float64{"train.b": 2, "train.a": 1, "train.d": 4, "train.c": 3}},
		Scores:      []evaluate.Score{{Name: "bits per spike", Value: .25, Unit: "bits"}},
		Diverged:    2,
		Overfitting: "Identity overfitting: as it says.",
	}
	var out bytes.Buffer
	printOutcome(&out, outcome, "results/outputs/x.h5")
	last := -1
	for _, part := range []string{"train.a", "train.b", "train.c", "train.d", "members that diverged: 2", "bits per spike", "0.2500 bits", "WARNING: Identity overfitting: as it says.", "results/outputs/x.h5"} {
		i := strings.Index(out.String(), part)
		if i <= last {
			t.Errorf("%q is missing or not in its order:\n%s", part, &out)
		}
		last = i
	}
	outcome.Overfitting, outcome.Diverged = "", 0
	out.Reset()
	if printOutcome(&out, outcome, "x.h5"); strings.Contains(out.String(), "WARNING") || strings.Contains(out.String(), "diverged") {
		t.Errorf("a warning without a reason:\n%s", &out)
	}
}
