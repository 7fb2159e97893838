package main

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// twoSteps makes an epoch of the bare run two steps: its first one is sound
// where a test poisons the second.
var twoSteps = []string{"--set", "train.batch_size=8"}

// A number that is not finite, wherever it turns up in real training, ends a
// member's generation: it is named, the member copies another, and it never wins,
// not with a loss of minus infinity either. Killed meanwhile, the run ends with
// the same bits.
func TestDivergence(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data := bareData(t, dir)
	for plan, tensor := range map[string]string{
		"gradient NaN 1 2":  "readout.bias[3] = NaN",
		"gradient +Inf 1 2": "readout.bias[3] = +Inf",
		"loss NaN 1 2":      "loss = NaN",
		"loss -Inf 1 2":     "loss = -Inf",
		"valid NaN 1 2":     "validation loss = NaN",
		"valid -Inf 1 2":    "validation loss = -Inf",
	} {
		t.Run(plan, func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(dir, plan)
			r := execute(t, broken(plan, bareRun(data, out, twoSteps...)...))
			if r.code != 0 {
				t.Fatalf("exit code %d\n%s", r.code, r.stderr)
			}
			// Generation 0 trains 2 epochs of 2 steps; the 3rd epoch is struck.
			want := tensor + " is not finite at step 6 of epoch 3"
			if row := line(t, out, "scores.csv", "1", "2"); row[3] != "NaN" || row[4] != want {
				t.Errorf("scores.csv says %v, want %s", row, want)
			}
			if said := "generation 1, member 2 diverged: " + want; !strings.Contains(r.stderr, said+"\n") {
				t.Errorf("it does not print %q:\n%s", said, r.stderr)
			}
			if row := line(t, out, "exploits.csv", "2", "2"); row == nil || row[3] == "2" {
				t.Errorf("it did not copy another member: %v", row)
			}
			soundBest(t, out)
			again := filepath.Join(dir, plan+", killed")
			for k := 60; k <= 160; k += 25 {
				execute(t, broken(fmt.Sprintf("kill %d;%s", k, plan), goOn(again, bareRun(data, again, twoSteps...))...))
			}
			if r := execute(t, broken(plan, goOn(again, nil)...)); r.code != 0 {
				t.Fatalf("exit code %d\n%s", r.code, r.stderr)
			}
			sameFiles(t, "killed", promised(t, again), promised(t, out))
		})
	}
}

// line returns the row of a table that begins with the given cells, or nil.
func line(t *testing.T, out, name string, cells ...string) []string {
	t.Helper()
	for _, row := range rawTable(t, out, name) {
		if slices.Equal(row[:len(cells)], cells) {
			return row
		}
	}
	return nil
}

func rawTable(t *testing.T, out, name string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(out, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// soundBest checks that the model chosen is the one with the lowest finite score.
func soundBest(t *testing.T, out string) {
	t.Helper()
	best, lowest := []string(nil), math.Inf(1)
	for _, row := range rawTable(t, out, "scores.csv")[1:] {
		if s, err := strconv.ParseFloat(row[3], 64); err == nil && s < lowest && !math.IsInf(s, 0) {
			best, lowest = row, s
		}
	}
	text, err := os.ReadFile(filepath.Join(out, "best", "best.json"))
	want := fmt.Sprintf("\"epoch\": %s,\n  \"score\": %s,", best[2], best[3])
	if err != nil || !strings.Contains(string(text), want) {
		t.Errorf("best.json (%v) is not of %v:\n%s", err, best, text)
	}
}

// When all members diverge they go back to the last generation that had a
// score.
func TestAllDivergeOnce(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out := bareData(t, dir), filepath.Join(dir, "out")
	if r := execute(t, broken("gradient NaN 1 -1", bareRun(data, out, twoSteps...)...)); r.code != 0 {
		t.Fatalf("exit code %d\n%s", r.code, r.stderr)
	}
	for m := range 3 {
		row := line(t, out, "exploits.csv", "2", fmt.Sprint(m))
		if row == nil || row[2] != "0" {
			t.Fatalf("member %d of generation 2 does not go on from generation 0: %v", m, row)
		}
		from, err := strconv.Atoi(line(t, out, "scores.csv", "0", row[3])[2])
		if row := line(t, out, "scores.csv", "2", fmt.Sprint(m)); err != nil || row[2] != fmt.Sprint(from+1) || row[4] != "" {
			t.Errorf("want an end one epoch after epoch %d, to which its parent came in generation 0 (%v): %v", from, err, row)
		}
	}
	soundBest(t, out)
}

// When all diverge from the start they are drawn anew at half the learning
// rate; after the third time the run ends and says what to look at, also when it
// is resumed.
func TestAllDivergeAlways(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out := bareData(t, dir), filepath.Join(dir, "out")
	args := bareRun(data, out, append(twoSteps, "--set", "pbt.max_generations=9")...)
	for range 2 {
		r := execute(t, broken("loss NaN -1 -1", args...))
		oneSentence(t, r, "every member diverged in 3 generations: lower train.learning_rate, or look at the data")
		args = goOn(out, nil)
	}
	head := rawTable(t, out, "hyperparameters.csv")[0]
	column := slices.Index(head, "train.learning_rate")
	for g, want := range []string{"0.004", "0.002", "0.001"} {
		for m := range 3 {
			if row := line(t, out, "hyperparameters.csv", fmt.Sprint(g), fmt.Sprint(m)); row[column] != want {
				t.Errorf("generation %d, member %d: learning rate %s, want %s", g, m, row[column], want)
			}
		}
	}
	if n := len(rawTable(t, out, "scores.csv")); n != 1+3*3 {
		t.Errorf("%d rows of scores, want three generations", n)
	}
	if state, err := os.ReadFile(filepath.Join(out, "state.json")); err != nil || !strings.Contains(string(state), `"status": "failed"`) {
		t.Errorf("%v: %s", err, state)
	}
}

// Learning rates of up to a million in the population, with nothing injected:
// some members diverge, some just fit badly; the run ends with a sound model.
func TestWildLearningRates(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out := bareData(t, dir), filepath.Join(dir, "out")
	space := "pbt.space.train.learning_rate={low: 0.001, high: 1e6, scale: log, explore: 0.3, limits: true}"
	r := execute(t, command(bareRun(data, out, "--set", "train.batch_size=2", "--members", "8", "--set", "pbt.space.train.learning_rate=null", "--set", space)...))
	if r.code != 0 {
		t.Fatalf("exit code %d\n%s", r.code, r.stderr)
	}
	diverged, sound := map[string]int{}, 0
	for _, row := range rawTable(t, out, "scores.csv")[1:] {
		if row[4] != "" {
			diverged[row[0]]++
		} else {
			sound++
		}
	}
	if diverged["0"] < 3 || sound < 8 {
		t.Errorf("by generation there diverged %v; %d were sound", diverged, sound)
	}
	if said := strings.Count(r.stderr, " diverged: "); said != diverged["0"]+diverged["1"]+diverged["2"] {
		t.Errorf("it names %d divergences, scores.csv has %v:\n%s", said, diverged, r.stderr)
	}
	soundBest(t, out)
}
