package main

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/dataset"
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
	for _, part := range []string{"model: run", "made by generation 0, member 0", "beside it: smooth", "    smooth: Gaussian, sd", "single neurons: median", "bits per spike", "difference ", "true states from factors", "how well the model fits:", filepath.Join("figures", "scores.svg")} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing:\n%s", part, text)
		}
	}
	var e autolfads.Evaluated
	if err := json.Unmarshal([]byte(succeed(t, "evaluate", smooth, out, "--data", data, "--json", "--draws", "100")), &e); err != nil {
		t.Fatal(err)
	}
	s := e.Score("true rates")
	if len(e.Files) != 2 || e.Files[0].Name != "smooth" || s == nil || s.Interval == nil || s.Rival("run") == nil || s.Rival("run").Difference == nil {
		t.Errorf("%+v", e)
	}
}

// What JSON says has the names that scores.json has, and no arrays; an output of which
// nothing can be learned takes nothing else along.
func TestEvaluateJSON(t *testing.T) {
	dir := t.TempDir()
	data, smooth := filepath.Join(dir, "reaches.h5"), filepath.Join(dir, "smooth.h5")
	reaches(t, data)
	d := reload(t, data)
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		for i := range s.Behavior.Data {
			if i%2 == 1 {
				s.Behavior.Data[i] = 3
			}
		}
	}
	constant := filepath.Join(dir, "constant.h5")
	if err := d.Write(constant); err != nil {
		t.Fatal(err)
	}
	succeed(t, "baseline", "smooth", constant, "--out", smooth)
	text := succeed(t, "evaluate", smooth, "--data", constant, "--json", "--draws", "100", "--no-smoothing")
	var e map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		t.Fatal(err)
	}
	if keys := slices.Sorted(maps.Keys(e)); !slices.Equal(keys, []string{"data", "files", "in_words", "readouts", "scores"}) || !strings.Contains(text, "behaviour from rates") {
		t.Errorf("%q of\n%s", keys, text)
	}
}
