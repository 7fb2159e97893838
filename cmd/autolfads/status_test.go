package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// statusJSON is what `status --json` prints, as far as tests look.
type statusJSON struct {
	Status, Search                 string
	Generation, Exploits, Diverged int
	EpochsDone                     int      `json:"epochs_done"`
	MostEpochs                     int      `json:"most_epochs"`
	Left                           *float64 `json:"seconds_left"`
	Best                           struct {
		Generation, Member int
		Score              float64
	}
	Members []struct {
		Member, Epoch, Done, Epochs int
		State                       string
		Score                       *float64
		Copied                      *struct{ Generation, Member int }
		CopiedBy                    []int `json:"copied_by"`
		Hyper                       map[string]float64
	}
}

func status(t *testing.T, dir string) (s statusJSON) {
	t.Helper()
	if err := json.Unmarshal([]byte(succeed(t, "status", dir, "--json")), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// The status of a finished run agrees with its tables, member by member.
func TestStatusOfFinishedRun(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	succeed(t, tinyRun(t, dir, tinyData(t, dir), out, "--members", "5")...)
	s := status(t, out)
	copies := table(t, out, "exploits.csv")
	if s.Status != "finished" || s.Search != "pbt" || s.Generation != 3 || s.Diverged != 0 || s.Left != nil ||
		s.EpochsDone != 5*9 || s.MostEpochs != 5*9 || s.Exploits != len(copies) || len(s.Members) != 5 {
		t.Fatalf("%+v, and %d copies", s, len(copies))
	}
	scores, hyper := table(t, out, "scores.csv")[15:], table(t, out, "hyperparameters.csv")[15:]
	parents := map[string]string{}
	for _, c := range copies {
		if c["generation"] == "3" {
			parents[c["member"]] = c["parent"]
		}
	}
	by := 0
	for i, m := range s.Members {
		got := fmt.Sprintln(m.Member, m.State, m.Epoch, m.Done, m.Epochs, *m.Score)
		if want := fmt.Sprintln(i, "done", 9, 2, 2, scores[i]["score"]); got != want {
			t.Errorf("member %s, want %s", got, want)
		}
		for key, v := range m.Hyper {
			if hyper[i][key] != strconv.FormatFloat(v, 'g', -1, 64) {
				t.Errorf("member %d: %s = %v, want %s", i, key, v, hyper[i][key])
			}
		}
		if parent, copied := parents[strconv.Itoa(i)]; copied != (m.Copied != nil) || copied && parent != strconv.Itoa(m.Copied.Member) {
			t.Errorf("member %d copied %v, want %q", i, m.Copied, parent)
		}
		by += len(m.CopiedBy)
	}
	if by != len(parents) || by == 0 {
		t.Errorf("%d members were copied, by %d", by, len(parents))
	}
	if _, err := os.Stat(filepath.Join(out, "figures", "search.png")); err != nil {
		t.Error(err)
	}
	text := succeed(t, "status", out)
	for _, part := range []string{"finished: reached pbt.max_generations", "45 of at most 45 epochs", "member  state  epochs", "learning", "*  "} {
		if !strings.Contains(text, part) {
			t.Errorf("status does not say %q:\n%s", part, text)
		}
	}
}

// A finish is called so, and not one generation more than there can be.
func TestStatusOfFinish(t *testing.T) {
	dir := testenv.MemoryDir(t)
	out := filepath.Join(dir, "out")
	r := execute(t, command(bareRun(bareData(t, dir), out, set("pbt.max_generations=2", "pbt.finish_epochs=1")...)...))
	if r.code != 0 || !strings.Contains(r.stderr, "\nfinish done: best score ") || strings.Contains(r.stderr, "generation 2 done") {
		t.Errorf("the run does not say that it is a finish:\n%s", r.stderr)
	}
	if text := succeed(t, "status", out); !strings.Contains(text, "\nfinish, after generation 1, ") || strings.Contains(text, "\ngeneration ") {
		t.Errorf("status does not say that it is a finish:\n%s", text)
	}
}

// docs/formats.md names every file and folder at the top of a run folder, and
// every field of the JSON files.
func TestRunFolderIsDocumented(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "formats.md"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	succeed(t, tinyRun(t, dir, tinyData(t, dir), out, "--members", "2", "--set", "pbt.max_generations=2")...)
	for path := range contents(t, out) {
		name, _ := filepath.Rel(out, path)
		if strings.HasPrefix(name, "events.out.tfevents.") {
			name = "events.out.tfevents."
		}
		if filepath.Dir(name) == "." && name != "." && !strings.Contains(string(doc), "`"+name) {
			t.Errorf("docs/formats.md does not name %s", name)
		}
	}
	unit := filepath.Join("generations", "001", "member-000")
	for _, name := range []string{"state.json", "timing.json", "scores.json", "best/best.json", filepath.Join(unit, "unit.json"), filepath.Join(unit, "result.json")} {
		text, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		fields := map[string]any{}
		if err := json.Unmarshal(text, &fields); err != nil {
			t.Fatal(err)
		}
		for field := range fields {
			if !strings.Contains(string(doc), field) {
				t.Errorf("docs/formats.md does not name the field %s of %s", field, name)
			}
		}
	}
}

// Status tells a run under way from a killed one, and disturbs neither.
func TestStatusWhileRunning(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no signals")
	}
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	args := tinyRun(t, dir, tinyData(t, dir), out, "--set", "pbt.max_generations=500", "--set", "pbt.stop_ratio=0", "--workers", "1")
	c, _ := startAndWait(t, 20, args...)
	s := status(t, out)
	for tries := 0; len(s.Members) < 3 && tries < 20; tries++ {
		s = status(t, out) // a generation's members are laid out one after the other: for a moment there are fewer
	}
	if s.Status != "running" || s.EpochsDone < 3 || s.EpochsDone >= s.MostEpochs || len(s.Members) != 3 || len(s.Members[1].Hyper) != 7 {
		t.Errorf("while it runs: %+v", s)
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	// Killed is an error, and meant.
	_ = c.Wait()
	before := contents(t, out)
	text := succeed(t, "status", out)
	if !strings.Contains(text, "killed (host") || !strings.Contains(text, "autolfads resume "+out) {
		t.Errorf("after kill -9:\n%s", text)
	}
	if after := contents(t, out); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Error("status changed the folder")
	}
	if err := os.Remove(filepath.Join(out, "state.json")); err != nil {
		t.Fatal(err)
	}
	if s := status(t, out); s.Status != "starting" {
		t.Errorf("without state.json: %+v", s)
	}
}
