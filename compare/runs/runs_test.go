package runs_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/compare/runs"
)

// written is a run folder written by hand: what stands in run.yaml, and its scores.
type written struct {
	sha, version, config, status string
	scores                       string // of scores.json; "": it has none
}

const twoScores = `"scores": [{"name": "bits per spike", "value": 0.25, "unit": "bits", "interval": {"low": 0.2, "high": 0.3}, "true_rates": 0.4},
	{"name": "behaviour from rates", "value": 0.5, "unit": "R2"}]`

// write makes a finished run of what is not said otherwise.
func write(t testing.TB, dir string, w written) string {
	t.Helper()
	or := func(text, usual string) string {
		if text == "" {
			return usual
		}
		return text
	}
	files := map[string]string{
		"run.yaml": fmt.Sprintf("run:\n  version: %s\n  bits: fma\n  seed: 7\n  search: pbt\n  data:\n    path: /data/%s.h5\n    sha256: %s\nconfig:\n%s",
			or(w.version, "0.7.0"), or(w.sha, "aa"), or(w.sha, "aa"), or(w.config, "  train:\n    batch_size: 64\n    learning_rate: 0.01\n")),
		"state.json":     fmt.Sprintf(`{"generation": 3, "status": %q, "reason": "as planned"}`, or(w.status, "finished")),
		"best/best.json": `{"generation": 2, "member": 1, "epoch": 90, "score": 0.125, "hyper": {}}`,
		"timing.json":    `{"generations": [{"generation": 0, "epochs": 40, "training_seconds": 60, "wall_seconds": 30}, {"generation": 1, "epochs": 20, "training_seconds": 30, "wall_seconds": 15.5}]}`,
	}
	if w.scores != "" {
		files["scores.json"] = "{" + w.scores + "}"
	}
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Runs stand in the order in which they are given, with what they came to and the settings
// that they have otherwise, those alone.
func TestCompare(t *testing.T) {
	top := t.TempDir()
	c := runs.Compare([]string{
		write(t, filepath.Join(top, "b"), written{scores: twoScores}),
		write(t, filepath.Join(top, "a"), written{
			config: "  train:\n    batch_size: 64\n    learning_rate: 1e-2\n    decay: 3\n  pbt:\n    space:\n      train.kl: {low: 1e-4}\n", scores: `"scores": []`,
		}),
	})
	b := &c.Runs[0]
	if c.Runs[1].Name != "a" || b.Name != "b" || b.State != "finished" || b.Data != "aa.h5" || b.Search != "pbt" || b.Seed != "7" || b.Generations != 3 ||
		b.Epochs != 60 || b.Seconds != 45.5 || b.TrainingSeconds != 90 || b.Chosen == nil || b.Chosen.Member != 1 {
		t.Errorf("%+v", c.Runs)
	}
	if s := b.Score("bits per spike"); s == nil || s.Value != .25 || s.Interval.High != .3 || b.Score("else") != nil {
		t.Errorf("scores are %+v", b.Scores)
	}
	if got, want := fmt.Sprint(c.Settings), "[{train.decay [ 3]} {pbt.space.train.kl.low [ 0.0001]}]"; got != want {
		t.Errorf("settings that differ are %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(c.Scores), "[{bits per spike bits} {behaviour from rates R2}]"; got != want || c.Notes != nil {
		t.Errorf("scores %s, want %s; notes %q", got, want, c.Notes)
	}
}

// What keeps scores from being compared is said; the runs it concerns are named.
func TestNotes(t *testing.T) {
	top := t.TempDir()
	in := func(name string, w written) string { return write(t, filepath.Join(top, name), w) }
	plain := in("plain", written{scores: twoScores})
	for _, c := range []struct {
		other written
		says  string
		same  bool // trials are scored
	}{
		{written{scores: twoScores, sha: "bb"}, "2 data files (aa.h5: plain; bb.h5: other)", false},
		{written{scores: twoScores, config: "  data:\n    split_seed: 3\n  train:\n    batch_size: 64\n    learning_rate: 0.01\n"}, "plain, other read aa.h5 with other data.split_seed", false},
		{written{scores: `"all_trials": true, ` + twoScores}, "other: trained on all trials", false},
		{written{scores: `"all_trials": true, "scores": []`}, "", false}, // of no trials there are scores
		{written{scores: twoScores, version: "0.6.0"}, "different versions", true},
		{written{scores: `"identity_overfitting": "It copies.", ` + twoScores}, "other: It copies.", true},
		{written{scores: twoScores, config: "  train:\n    batch_size: 8\n"}, "", true},
	} {
		dir := in("other", c.other)
		found := runs.Compare([]string{plain, dir})
		notes := found.Notes
		if found.SameTrials() != c.same {
			t.Errorf("of %+v it says that the same trials are scored: %v", c.other, !c.same)
		}
		if c.says == "" && notes != nil || c.says != "" && (len(notes) != 1 || !strings.Contains(notes[0], c.says)) {
			t.Errorf("of %+v it says %q, want %q", c.other, notes, c.says)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
}

// Scores under another likelihood are no others' on the same trials: those of reconstruction do not compare.
func TestLikelihoods(t *testing.T) {
	top := t.TempDir()
	of := func(name, likelihood string) string {
		scores := `"scores": [{"name": "negative log likelihood", "value": -0.2, "unit": "nats per element"}, {"name": "behaviour from rates", "value": 0.5, "unit": "R2"}]`
		return write(t, filepath.Join(top, name), written{config: "  model:\n    likelihood: " + likelihood + "\n", scores: scores})
	}
	a, b, other := of("a", "poisson"), of("b", "poisson"), of("other", "gaussian")
	if c := runs.Compare([]string{a, b}); c.Notes != nil || !c.SameTrials() {
		t.Errorf("of one likelihood: %q", c.Notes)
	}
	c := runs.Compare([]string{a, b, other})
	if len(c.Notes) != 1 || !strings.Contains(c.Notes[0], "2 likelihoods (poisson: a, b; gaussian: other)") || !c.SameTrials() {
		t.Errorf("notes are %q", c.Notes)
	}
	f, err := c.Figure()
	if err != nil {
		t.Fatal(err)
	}
	if nll, behaviour := f.Rows[0].Dots, f.Rows[1].Dots; nll[1] == nil || nll[2] != nil || behaviour[2] == nil {
		t.Errorf("it shows %+v and %+v", nll, behaviour)
	}
}

// A training loss stands in no column of scores.
func TestTrainingLossIsNoScore(t *testing.T) {
	dir := write(t, filepath.Join(t.TempDir(), "results"), written{})
	if err := os.WriteFile(filepath.Join(dir, "best", "best.json"), []byte(`{"generation": 2, "member": 1, "epoch": 90, "score": 0.125, "score_of": "training trials", "hyper": {}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	rows := runs.Compare([]string{dir}).Table()
	if at := slices.Index(rows[0], "score"); rows[1][at] != "" || rows[1][at-1] != "90" {
		t.Errorf("the table has %q", rows)
	}
}

// Runs that are not finished, damaged or not there are rows with a word; scores of an end before the
// run went on are not those of what it has now.
func TestOtherStates(t *testing.T) {
	top := t.TempDir()
	whole := write(t, filepath.Join(top, "whole"), written{scores: twoScores})
	underWay := write(t, filepath.Join(top, "under-way"), written{status: "stopped", scores: twoScores})
	c := runs.Compare([]string{filepath.Join(top, "nowhere"), underWay, whole})
	if r := c.Runs[0]; r.State != runs.NoRun || !strings.Contains(r.Why, "nowhere holds no run") || r.Readable() {
		t.Errorf("%+v", r)
	}
	if r := c.Runs[1]; r.State != "stopped" || r.Why != "as planned" || r.Scores != nil || !r.Readable() {
		t.Errorf("%+v", r)
	}
	if len(c.Settings) != 0 || len(c.Runs[2].Scores) != 2 {
		t.Errorf("what is not there counts: %+v", c)
	}
	for _, name := range []string{"run.yaml", "state.json", "best/best.json", "timing.json", "scores.json"} {
		for _, text := range []string{"{", "\x00\x01", `[1, 2]`, `{"generations": 7, "status": 3, "score": "x", "scores": "none"}`} {
			dir := write(t, filepath.Join(top, "damaged"), written{scores: twoScores})
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			r := runs.Compare([]string{dir, whole}).Runs[0]
			if r.State != runs.Damaged || !strings.Contains(filepath.ToSlash(r.Why), name) {
				t.Errorf("%s of %q: %s, %s", name, text, r.State, r.Why)
			}
		}
	}
}

// A folder of runs stands for those in it; each is called by as much of its path as tells
// it from the others.
func TestFolderOfRuns(t *testing.T) {
	top := t.TempDir()
	for _, name := range []string{"monday/one", "monday/two", "tuesday/one"} {
		write(t, filepath.Join(top, name), written{})
	}
	if err := os.Mkdir(filepath.Join(top, "monday", "notes"), 0o755); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range runs.Compare([]string{filepath.Join(top, "monday"), filepath.Join(top, "tuesday", "one")}).Runs {
		names = append(names, r.Name)
	}
	if want := []string{"monday/one", "two", "tuesday/one"}; !slices.Equal(names, want) {
		t.Errorf("runs are called %q, want %q", names, want)
	}
}

// The table has a row a run and as many cells in each; numbers are read back as they were.
func TestTable(t *testing.T) {
	top := t.TempDir()
	c := runs.Compare([]string{
		write(t, filepath.Join(top, "a,b"), written{scores: twoScores}),
		write(t, filepath.Join(top, "c"), written{config: "  train:\n    batch_size: 8\n"}),
		filepath.Join(top, "nowhere"),
	})
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(c.Table()); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll() // refuses rows of other lengths
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for column, want := range map[string][]string{
		"run": {"a,b", "c", "nowhere"}, "state": {"finished", "finished", "no run"}, "wall_seconds": {"45.5", "45.5", ""}, "score": {"0.125", "0.125", ""},
		"bits per spike": {"0.25", "", ""}, "bits per spike high": {"0.3", "", ""}, "behaviour from rates low": {"", "", ""},
		"train.batch_size": {"64", "8", ""}, "train.learning_rate": {"0.01", "", ""},
	} {
		at := slices.Index(rows[0], column)
		if at < 0 {
			t.Errorf("there is no column %s: %q", column, rows[0])
			continue
		}
		if got := []string{rows[1][at], rows[2][at], rows[3][at]}; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", column, got, want)
		}
	}
	if _, err := json.Marshal(c); err != nil {
		t.Error(err)
	}
}

// A figure shows the runs of one data file that have scores, and says what it leaves out.
func TestFigure(t *testing.T) {
	top := t.TempDir()
	var dirs []string
	for i := range 8 {
		dirs = append(dirs, write(t, filepath.Join(top, fmt.Sprint("run-", i)), written{scores: twoScores}))
	}
	dirs = append(dirs, write(t, filepath.Join(top, "other"), written{sha: "bb", scores: twoScores}), write(t, filepath.Join(top, "none"), written{}))
	f, err := runs.Compare(dirs).Figure()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(f.Methods, " "); got != "run-0 run-1 run-2 run-3 run-4 run-5" {
		t.Errorf("it shows %s", got)
	}
	for _, part := range []string{"1 run without scores", "1 run of other data", "2 runs beyond the 6 that are told apart"} {
		if !strings.Contains(f.Subtitle, part) {
			t.Errorf("%q does not say %q", f.Subtitle, part)
		}
	}
	if len(f.Rows) != 2 || *f.Rows[0].Best != .4 || f.Rows[0].Dots[5].Interval.Low != .2 || f.Rows[1].Dots[0].Interval != nil {
		t.Errorf("rows are %+v", f.Rows)
	}
	for _, name := range []string{"scores.svg", "scores.png"} {
		if err := f.Write(filepath.Join(top, name)); err != nil {
			t.Error(err)
		}
	}
	if _, err := runs.Compare([]string{filepath.Join(top, "none")}).Figure(); err == nil {
		t.Error("a figure is made of nothing")
	}
}

// Whatever the files of a run hold, there is a row.
func FuzzRun(f *testing.F) {
	f.Add("config:\n  a: 1\n", `{"scores": [{"name": "x", "value": 1e308}]}`, `{"generations": [{"wall_seconds": -1e308}, {"wall_seconds": -1e308}]}`)
	f.Add("run: {seed: [1, {a: *x}]}\nconfig: {}", `{"scores": [{"interval": {"low": 2, "high": 1}}]}`, "{}")
	f.Fuzz(func(t *testing.T, yaml, scores, timing string) {
		dir := write(t, filepath.Join(t.TempDir(), "run"), written{})
		for name, text := range map[string]string{"run.yaml": yaml, "scores.json": scores, "timing.json": timing} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		c := runs.Compare([]string{dir, dir})
		if _, err := json.Marshal(c); err != nil || len(c.Runs) != 2 || c.Runs[0].State == "" {
			t.Errorf("%+v, %v", c.Runs, err)
		}
		for _, row := range c.Table() {
			if len(row) != len(c.Table()[0]) {
				t.Errorf("a row of %d cells, of %d", len(row), len(c.Table()[0]))
			}
		}
	})
}
