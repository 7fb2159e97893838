package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// withTest makes a file of test trials, too, with all that the others have: those of the
// training split from the 30th on.
func withTest(t *testing.T, data, path string) {
	t.Helper()
	d, err := dataset.Load(data, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	part := func(first, last int) *dataset.Split {
		var trials []int
		for i := first; i < last; i++ {
			trials = append(trials, i)
		}
		s := &dataset.Split{Encod: d.Train.Encod.Pick(trials), Truth: d.Train.Truth.Pick(trials)}
		s.Recon, s.Condition = s.Encod, d.Train.Condition[first:last]
		return s
	}
	last := d.Train.Trials()
	d.Train, d.Test = part(0, 30), part(30, last)
	if err := d.Write(path); err != nil {
		t.Fatal(err)
	}
}

// noValidation checks that nothing a command says or writes calls a number of a model
// that was trained on all trials one of validation.
func noValidation(t *testing.T, what, text string) {
	t.Helper()
	text = strings.NewReplacer("training and validation trials", "", "trained on the validation trials, too", "", "there is no validation score", "").Replace(text)
	for _, word := range []string{"validation", "valid/recon", "validat"} {
		if strings.Contains(text, word) {
			t.Errorf("%s speaks of %s:\n%s", what, word, text)
		}
	}
}

// Trained on all trials a model has no validation score, and nothing says it had one. What
// is scored are test trials.
func TestReplayOfAllTrials(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "with_test.h5")
	withTest(t, tinyData(t, dir), data)
	search, out := filepath.Join(dir, "search"), filepath.Join(dir, "final")
	succeed(t, tinyRun(t, dir, data, search, "--set", "pbt.max_generations=2")...)

	r := execute(t, command("replay", search, "--out", out, "--all-trials"))
	if r.code != 0 {
		t.Fatal(r.stderr)
	}
	noValidation(t, "replay", r.stdout+r.stderr)
	for _, want := range []string{"there is no validation score", "scores on test trials", "true rates", "lowest training loss"} {
		if !strings.Contains(r.stdout+r.stderr, want) {
			t.Errorf("replay does not say %q:\n%s%s", want, r.stdout, r.stderr)
		}
	}
	for _, args := range [][]string{{"status", out}, {"evaluate", out}, {"evaluate", search, out}} {
		said := succeed(t, args...)
		noValidation(t, args[0], said)
		if args[0] == "evaluate" && !strings.Contains(said, "scores on test trials") {
			t.Errorf("evaluate does not say what its scores are of:\n%s", said)
		}
	}
	for _, name := range []string{"metrics.jsonl", "scores.json", "best/best.json"} {
		noValidation(t, name, readFile(t, filepath.Join(out, name)))
	}
	if best := readFile(t, filepath.Join(out, "best", "best.json")); !strings.Contains(best, `"score_of": "training trials"`) {
		t.Errorf("best.json does not say what its score is of:\n%s", best)
	}
	refuse(t, []string{"--targets"}, "evaluate", out, "--nlb")
	refuse(t, []string{"without --all-trials"}, "evaluate", out, "--models")
	// Every trial has its rates, in the file's own splits.
	rates := filepath.Join(out, "outputs", "with_test.h5")
	for split, trials := range map[string]int{"train": 30, "valid": 10, "test": 10} {
		if got := len(floats(t, rates, split+"_output_params")); got != trials*20*10 {
			t.Errorf("%d rates of the %s split", got, split)
		}
	}
	// Of the same file inferred anew the same is known.
	again := filepath.Join(dir, "again.h5")
	succeed(t, "infer", out, data, "--out", again)
	noValidation(t, "evaluate", succeed(t, "evaluate", again, "--data", data))
}

// Without test trials nothing is scored, and that is said.
func TestReplayOfAllTrialsThereAre(t *testing.T) {
	dir := t.TempDir()
	_, search := searchedTiny(t, dir)
	out := filepath.Join(dir, "final")
	said := succeed(t, "replay", search, "--out", out, "--all-trials", "--seeds", "2")
	noValidation(t, "replay", said)
	for _, want := range []string{"nothing is left that would say how well", "member 0"} {
		if !strings.Contains(strings.Join(strings.Fields(said), " "), want) {
			t.Errorf("replay does not say %q:\n%s", want, said)
		}
	}
	if strings.Contains(said, "scores on") || strings.Contains(said, "autolfads evaluate") {
		t.Errorf("something is scored:\n%s", said)
	}
	refuse(t, []string{"nothing is left to score"}, "evaluate", out)
	// It trains on all 50 trials: 4 steps of 16 an epoch, not 3.
	if yaml := readFile(t, filepath.Join(out, "run.yaml")); !strings.Contains(yaml, "training: 50\n") {
		t.Error("it does not train on 50 trials")
	}
	if _, err := os.Stat(filepath.Join(out, "models", "member-001.safetensors")); err != nil {
		t.Error(err)
	}
}
