package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// table reads a CSV file of a run folder, its first row the names of columns.
func table(t *testing.T, dir, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[lines[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

// A random search within a budget of epochs: models drawn from the space, each
// another one, trained to their early stops in as many rounds as fit; the best
// of them is the result, with the same bits if it was killed.
func TestRandomSearch(t *testing.T) {
	dir := t.TempDir()
	data, out := tinyData(t, dir), filepath.Join(dir, "random")
	const budget, most = 70, 20
	args := tinyRun(t, dir, data, out, "--search", "random", "--epochs-budget", strconv.Itoa(budget),
		"--set", "train.max_epochs="+strconv.Itoa(most), "--set", "train.early_stop_patience=3",
		"--set", "pbt.space.train.learning_rate={low: 1e-3, high: 5e-2}", "--set", "pbt.space.train.kl_ic_scale=null")
	succeed(t, args...)

	hyper, scores := table(t, out, "hyperparameters.csv"), table(t, out, "scores.csv")
	rates := map[string]bool{}
	for i, h := range hyper {
		rate, err := strconv.ParseFloat(h["train.learning_rate"], 64)
		if err != nil || rate < 1e-3 || rate > 5e-2 || h["member"] != strconv.Itoa(i) {
			t.Errorf("model %d: %v", i, h)
		}
		if _, searched := h["train.kl_ic_scale"]; searched {
			t.Errorf("model %d searches what was taken out of the space: %v", i, h)
		}
		rates[h["train.learning_rate"]] = true
	}
	if len(rates) != len(hyper) || len(scores) != len(hyper) || len(hyper) < budget/most {
		t.Errorf("%d models of %d learning rates, %d scores", len(hyper), len(rates), len(scores))
	}
	lines, err := os.ReadFile(filepath.Join(out, "metrics.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if spent := strings.Count(string(lines), "\n"); spent > budget || spent <= budget-most {
		t.Errorf("%d epochs of a budget of %d, with at most %d for one model", spent, budget, most)
	}
	if copies := table(t, out, "exploits.csv"); len(copies) != 0 {
		t.Errorf("somebody copied: %v", copies)
	}
	if runtime.GOOS == "windows" {
		return
	}
	again := filepath.Join(dir, "again")
	args[3] = again
	c, _ := startAndWait(t, 30, args...)
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	// Killed is an error, and meant.
	_ = c.Wait()
	succeed(t, "resume", again)
	sameFiles(t, "killed and resumed", promised(t, again), promised(t, out))
}

// Without a budget there are as many models as asked for.
func TestRandomMembers(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "random")
	succeed(t, tinyRun(t, dir, tinyData(t, dir), out, "--search", "random", "--members", "2", "--set", "train.max_epochs=4")...)
	if scores := table(t, out, "scores.csv"); len(scores) != 2 || scores[1]["generation"] != "0" {
		t.Errorf("scores of two models: %v", scores)
	}
}
