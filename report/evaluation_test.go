package report

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
)

// evaluated is an evaluation of two methods that say what was recorded.
func evaluated() *Evaluation {
	d := reaches(32, 4, 6, 3)
	e := &Evaluation{Dataset: d, Scores: scored(), Counts: true, Spaces: []Subspace{{Name: "velocity", Points: d.Valid.Behavior}}}
	for _, name := range []string{"", "smoothing"} {
		e.Candidates = append(e.Candidates, evaluate.Candidate{Name: name, Valid: evaluate.Inferred{Rates: d.Valid.Recon}})
		e.Decoded = append(e.Decoded, d.Valid.Behavior)
	}
	return e
}

// All figures are drawn, in either format, each method in each.
func TestEvaluationDraws(t *testing.T) {
	for _, format := range Formats {
		dir := filepath.Join(t.TempDir(), "new", "figures")
		drawn, undrawn, err := evaluated().Draw(t.Context(), dir, format)
		if err != nil || len(undrawn) > 0 || len(drawn) != 6 {
			t.Fatalf("drew %v, not %v, %v", drawn, undrawn, err)
		}
		for _, name := range drawn {
			file, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil || filepath.Ext(name) != "."+format {
				t.Errorf("%s: %v", name, err)
			}
			if text := string(file); format == "svg" && !strings.HasPrefix(name, "subspaces") && (!strings.Contains(text, ">smoothing<") || !strings.Contains(text, ">LFADS<")) {
				t.Errorf("%s does not name both methods", name)
			}
		}
	}
}

// What is not there is not drawn; what is wrong costs no other figure.
func TestEvaluationOfLess(t *testing.T) {
	e := evaluated()
	e.Counts, e.Spaces, e.Decoded = false, nil, nil
	e.Dataset.Valid.Behavior, e.Dataset.Train.Behavior = nil, nil
	if drawn, undrawn, err := e.Draw(t.Context(), t.TempDir(), "svg"); err != nil || len(undrawn) > 0 || !slices.Equal(drawn, []string{"scores.svg", "metrics.svg"}) {
		t.Errorf("drew %v, not %v, %v", drawn, undrawn, err)
	}
	e = evaluated()
	e.Candidates[1].Valid.Rates = dataset.NewArray(3, 6, 3)
	drawn, undrawn, err := e.Draw(t.Context(), t.TempDir(), "svg")
	if err != nil || len(drawn) != 4 || len(undrawn) != 2 || !strings.Contains(undrawn[0], "rasters.svg was not drawn: report: smoothing: rates 3 trials") {
		t.Errorf("of other trials: drew %v, said %q, %v", drawn, undrawn, err)
	}
	e = evaluated()
	for range 6 {
		e.Candidates = append(e.Candidates, e.Candidates[1])
	}
	if drawn, undrawn, err := e.Draw(t.Context(), t.TempDir(), "svg"); err != nil || len(drawn) != 6 || !slices.Equal(undrawn, []string{"figures tell 6 methods apart: the last 2 of 8 are in none"}) {
		t.Errorf("of 8 methods: drew %v, said %q, %v", drawn, undrawn, err)
	}
	if _, _, err := e.Draw(t.Context(), t.TempDir(), "pdf"); err == nil {
		t.Error("PDF is a format")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := e.Draw(ctx, t.TempDir(), "svg"); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}

// A run's scores are drawn where it has a rival.
func TestScoresOfARun(t *testing.T) {
	f := &Figures{Scores: scored()}
	if drawn, err := f.drawScores(filepath.Join(t.TempDir(), "scores.png")); !drawn || err != nil {
		t.Errorf("drawn %v, %v", drawn, err)
	}
	f.Scores = f.Scores[2:]
	if drawn, err := f.drawScores("scores.png"); drawn || err != nil {
		t.Errorf("without a rival: drawn %v, %v", drawn, err)
	}
}
