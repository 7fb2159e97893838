package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// Two runs of one recording, one of another, one killed and one damaged stand beside each
// other: their scores are those of their scores.json, and nothing is written into them.
func TestCompareRuns(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data := bareData(t, dir)
	first, second, other, killed, damaged := filepath.Join(dir, "first"), filepath.Join(dir, "second"), filepath.Join(dir, "other"), filepath.Join(dir, "killed"), filepath.Join(dir, "damaged")
	succeed(t, bareRun(data, first)...)
	succeed(t, bareRun(data, second, "--seed", "3", "--set", "train.batch_size=8")...)
	elsewhere := filepath.Join(dir, "elsewhere.h5")
	succeed(t, "synth", "lorenz", "--out", elsewhere, "--conditions", "4", "--trials", "5", "--neurons", "6", "--bins", "20", "--rate-hz", "20")
	succeed(t, bareRun(elsewhere, other)...)
	if r := execute(t, broken("kill 60;often", bareRun(data, killed)...)); r.code != -1 {
		t.Fatalf("exit code %d\n%s", r.code, r.stderr)
	}
	if err := os.CopyFS(damaged, os.DirFS(first)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(damaged, "scores.json"), []byte(`{"scores": [`), 0o644); err != nil {
		t.Fatal(err)
	}

	before := contents(t, dir)
	pair := succeed(t, "compare", second, first)
	for _, part := range []string{"second  finished", "first   finished", "train.batch_size  8", "seed              3       0", "next: autolfads evaluate " + second + " " + first} {
		if !strings.Contains(pair, part) {
			t.Errorf("it does not say %q:\n%s", part, pair)
		}
	}
	if strings.Index(pair, "second") > strings.Index(pair, "first") || strings.Contains(pair, "learning_rate") || strings.Contains(pair, "before you compare") {
		t.Errorf("the order, a setting that is the same, or a note:\n%s", pair)
	}
	all := succeed(t, "compare", first, other, killed, damaged, filepath.Join(dir, "nowhere"))
	for _, part := range []string{"killed   killed", "damaged  damaged", "nowhere  no run", "damaged is damaged: ", "scores.json cannot be read", "The runs are of 2 data files"} {
		if !strings.Contains(all, part) {
			t.Errorf("it does not say %q:\n%s", part, all)
		}
	}
	if fmt.Sprint(contents(t, dir)) != fmt.Sprint(before) {
		t.Error("compare changed a run folder")
	}
	sameScores(t, first, second)

	figure := filepath.Join(dir, "scores.svg")
	succeed(t, "compare", first, second, "--figure", figure)
	if text, err := os.ReadFile(figure); err != nil || !strings.Contains(string(text), ">second<") {
		t.Errorf("the figure does not name its runs: %v", err)
	}
	refuse(t, []string{".png or .svg"}, "compare", first, "--figure", filepath.Join(dir, "scores.gif"))
	refuse(t, []string{"no run has scores"}, "compare", killed, "--figure", figure)
}

// sameScores compares the scores in JSON and CSV with those in the run folders.
func sameScores(t *testing.T, dirs ...string) {
	t.Helper()
	type scores struct {
		Scores []struct {
			Name     string
			Value    float64
			Interval *struct{ Low, High float64 }
		}
	}
	var object struct{ Runs []scores }
	if err := json.Unmarshal([]byte(succeed(t, append([]string{"compare", "--json"}, dirs...)...)), &object); err != nil || len(object.Runs) != len(dirs) {
		t.Fatalf("%+v, %v", object, err)
	}
	rows, err := csv.NewReader(strings.NewReader(succeed(t, append([]string{"compare", "--csv"}, dirs...)...))).ReadAll()
	if err != nil || len(rows) != 1+len(dirs) {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	for i, dir := range dirs {
		var want scores
		if err := json.Unmarshal([]byte(readText(t, filepath.Join(dir, "scores.json"))), &want); err != nil || len(want.Scores) < 2 {
			t.Fatalf("%+v, %v", want, err)
		}
		cells := map[string]string{}
		for at, name := range rows[0] {
			cells[name] = rows[i+1][at]
		}
		for k, s := range want.Scores {
			got := object.Runs[i].Scores[k]
			if got.Name != s.Name || got.Value != s.Value || (got.Interval == nil) != (s.Interval == nil) || s.Interval != nil && *got.Interval != *s.Interval {
				t.Errorf("JSON has %+v, scores.json %+v", got, s)
			}
			if cells[s.Name] != fmt.Sprint(s.Value) {
				t.Errorf("CSV has %s = %s, scores.json %v", s.Name, cells[s.Name], s.Value)
			}
		}
	}
}

// What stands in the files of a run, and its folder's name, is text: it cannot write to the terminal as it likes.
func TestCompareIsClean(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "evil\x1b[2J")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Skip("no such names here:", err)
	}
	for name, text := range map[string]string{
		"run.yaml":   "run:\n  data:\n    path: \"/a\\e[31m.h5\"\n    sha256: aa\nconfig:\n  model:\n    word: \"\\e]0;title\\a\"\n",
		"state.json": `{"status": "finis\u001bhed", "reason": "\u001b[1A"}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	plain := filepath.Join(t.TempDir(), "plain")
	if err := os.MkdirAll(plain, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(plain, "run.yaml"), []byte("run: {}\nconfig:\n  model:\n    word: b\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	text := succeed(t, "compare", dir, plain)
	if strings.ContainsAny(text, "\x1b\a") || !strings.Contains(text, "evil?[2J") || !strings.Contains(text, "?]0;title?") {
		t.Errorf("it prints %q", text)
	}
}
