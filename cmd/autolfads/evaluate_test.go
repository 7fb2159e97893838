package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads"
)

// A run and a baseline of the same data stand beside each other, in words and as
// JSON; what belongs together is found, what does not is refused.
func TestEvaluate(t *testing.T) {
	dir := t.TempDir()
	data, out, smooth := filepath.Join(dir, "lorenz.h5"), filepath.Join(dir, "run"), filepath.Join(dir, "smooth.h5")
	succeed(t, "synth", "lorenz", "--out", data, "--conditions", "4", "--trials", "10", "--neurons", "10", "--bins", "30")
	succeed(t, "run", data, "--out", out, "--search", "fixed", "--preset", "small", "--set", "train.max_epochs=2")
	succeed(t, "baseline", "smooth", data, "--out", smooth)

	text := succeed(t, "evaluate", out, smooth, "--figures", filepath.Join(dir, "figures"), "--format", "svg")
	for _, part := range []string{"model: run", "beside it: smooth", "bits per spike", "difference ", "true states from factors", "how well the model fits:", filepath.Join("figures", "scores.svg")} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing:\n%s", part, text)
		}
	}
	var e autolfads.Evaluated
	if err := json.Unmarshal([]byte(succeed(t, "evaluate", smooth, out, "--data", data, "--json", "--draws", "50")), &e); err != nil {
		t.Fatal(err)
	}
	s := e.Score("true rates")
	if len(e.Files) != 2 || e.Files[0].Name != "smooth" || s == nil || s.Interval == nil || s.Rival("run") == nil || s.Rival("run").Difference == nil {
		t.Errorf("%+v", e)
	}
}
