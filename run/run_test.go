package run_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/local"
	"github.com/autolfads/autolfads/run/watch"
)

var timeFields = regexp.MustCompile(`,"seconds":.*?,"time":".*?"`)

// timeless returns metrics.jsonl without its time fields.
func timeless(t testing.TB, dir string) string {
	return timeFields.ReplaceAllString(read(t, dir, "metrics.jsonl"), "")
}

func rows(t testing.TB, dir, name string) [][]string {
	t.Helper()
	r, err := csv.NewReader(strings.NewReader(read(t, dir, name))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A whole run, its files against each other.
func TestRun(t *testing.T) {
	dir := reference(t, population())
	scores := rows(t, dir, "scores.csv")
	if len(scores) != 1+5*5 || len(rows(t, dir, "hyperparameters.csv")) != 1+5*5 {
		t.Fatalf("%d rows of scores, want 5 generations of 5 members", len(scores))
	}
	lowest := scores[1]
	for _, r := range scores[1:] {
		a, _ := strconv.ParseFloat(r[3], 64)
		b, _ := strconv.ParseFloat(lowest[3], 64)
		if a < b {
			lowest = r
		}
	}
	var best run.Best
	if err := json.Unmarshal([]byte(read(t, dir, "best/best.json")), &best); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(best.Generation, best.Member, best.Epoch, best.Score) != strings.Join(lowest[:4], " ") {
		t.Errorf("best %+v, lowest score %v", best, lowest)
	}
	state, err := checkpoint.Read(filepath.Join(dir, "best/checkpoint.safetensors"))
	if err != nil || state.Score != best.Score || state.Epoch != best.Epoch {
		t.Errorf("best/checkpoint.safetensors: %v, %+v", err, state)
	}
	if got := strings.Count(read(t, dir, "metrics.jsonl"), "\n"); got != 5*(4+4*3) {
		t.Errorf("%d lines of metrics, want one for each epoch of each member", got)
	}
	if !strings.Contains(read(t, dir, "state.json"), `"status": "scoring"`) {
		t.Errorf("state.json: %s", read(t, dir, "state.json"))
	}
}

// What comes after the search has a status of its own, and a fault in it stops
// the run without losing the reason.
func TestFinish(t *testing.T) {
	dir := reference(t, population())
	now := func() string {
		s, err := watch.New(dir).Status(0)
		if err != nil {
			t.Fatal(err)
		}
		return s.Status
	}
	f := reopen(t, dir)
	defer f.Close()
	fault := errors.New("the disk is full")
	if err := f.Finish(func() error { return fault }); !errors.Is(err, fault) || now() != "stopped" {
		t.Errorf("after a fault: %v, status %s", err, now())
	}
	if text := read(t, dir, "state.json"); !strings.Contains(text, fault.Error()) || !strings.Contains(text, `"best": {`) {
		t.Errorf("after a fault: %s", text)
	}
	if err := f.Finish(func() error { return nil }); err != nil || now() != "finished" {
		t.Errorf("%v, status %s", err, now())
	}
}

// Checkpoints of the last two generations and the best stay, one each.
func TestPrune(t *testing.T) {
	dir := reference(t, population())
	files, err := filepath.Glob(filepath.Join(dir, "generations/*/*/attempts/*/*.safetensors"))
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, f := range files {
		rel, _ := filepath.Rel(dir, f)
		count[strings.Split(rel, "/")[1]]++
	}
	var best run.Best
	json.Unmarshal([]byte(read(t, dir, "best/best.json")), &best)
	want := map[string]int{"003": 5, "004": 5}
	if best.Generation < 3 {
		want[fmt.Sprintf("%03d", best.Generation)] = 1
	}
	if fmt.Sprint(count) != fmt.Sprint(want) {
		t.Errorf("checkpoints by generation %v, want %v", count, want)
	}
}

func TestWorkersDoNotMatter(t *testing.T) {
	want := reference(t, population())
	for workers := 2; workers <= 3; workers++ {
		dir := filepath.Join(t.TempDir(), "run")
		if _, err := drive(t.Context(), create(t, dir), population(), &hooks{}, workers); err != nil {
			t.Fatal(err)
		}
		checkSame(t, dir, want)
	}
}

// With fewer units than cores the cores are shared out.
func TestThreads(t *testing.T) {
	old := runtime.GOMAXPROCS(8)
	defer runtime.GOMAXPROCS(old)
	p := population()
	p.Config.Members, p.Config.MaxGenerations = 3, 1
	h := &hooks{}
	if _, err := drive(t.Context(), create(t, filepath.Join(t.TempDir(), "run")), p, h, 0); err != nil {
		t.Fatal(err)
	}
	if len(h.threads) != 1 || !h.threads[2] {
		t.Errorf("units had %v threads, want 8 cores / 3 members = 2", h.threads)
	}
}

// A member that copied trains with its new learning rate from the very first
// step, and starts from its parent's parameters, moments and score.
func TestCopyTrainsWithItsOwnLearningRate(t *testing.T) {
	dir := reference(t, population())
	head := rows(t, dir, "exploits.csv")[0]
	column := slices.Index(head, "train.learning_rate new")
	copies := rows(t, dir, "exploits.csv")[1:]
	if len(copies) == 0 || column < 0 {
		t.Fatalf("no copies in %v", head)
	}
	rates := map[string]bool{}
	for _, line := range strings.Split(read(t, dir, "metrics.jsonl"), "\n") {
		var e struct {
			Generation, Member, Epoch int
			Metrics                   map[string]float64
		}
		if json.Unmarshal([]byte(line), &e) == nil && e.Generation > 0 && e.Epoch == 4+3*(e.Generation-1)+1 {
			rates[fmt.Sprint(e.Generation, e.Member, e.Metrics["rate"])] = true
		}
	}
	for _, c := range copies {
		rate, _ := strconv.ParseFloat(c[column], 64)
		if c[column] == c[column-1] || !rates[fmt.Sprint(c[0], " ", c[1], " ", rate)] {
			t.Errorf("generation %s, member %s: the first step did not use %v (was %s)", c[0], c[1], rate, c[column-1])
		}
	}
}

// Stopped at any epoch, by Ctrl-C, a run goes on to the same end, and no epoch
// is trained twice.
func TestStopAndResume(t *testing.T) {
	want := reference(t, population())
	dir := filepath.Join(t.TempDir(), "run")
	f := create(t, dir)
	total := 0
	for stop := 1; ; stop++ {
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		h := &hooks{onEpoch: func(run.Unit, int) error {
			if n++; n == 7 {
				cancel()
			}
			return nil
		}}
		_, err := drive(ctx, f, population(), h, 2)
		total += n
		cancel()
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "go on with `autolfads resume "+dir) {
			t.Fatalf("stop %d: %v", stop, err)
		}
		if !strings.Contains(read(t, dir, "state.json"), `"status": "stopped"`) {
			t.Errorf("state.json: %s", read(t, dir, "state.json"))
		}
		f = reopen(t, dir)
	}
	checkSame(t, dir, want)
	if total != 5*(4+4*3) {
		t.Errorf("%d epochs trained, want %d", total, 5*(4+4*3))
	}
	ending, err := drive(t.Context(), reopen(t, dir), population(), &hooks{onEpoch: func(run.Unit, int) error {
		return errors.New("a finished run trains nothing")
	}}, 2)
	if err != nil || !strings.Contains(ending.Reason, "max_generations") {
		t.Errorf("resuming a finished run: %v, %v", ending, err)
	}
}

func TestEvents(t *testing.T) {
	f := create(t, filepath.Join(t.TempDir(), "run"))
	defer f.Close()
	h := &hooks{}
	var kinds [3]int
	var last run.Event
	_, err := run.Drive(t.Context(), f, population(), local.Cores{}.Executor(f, h.training(0).Work), nil, func(e run.Event) {
		kinds[e.Kind]++
		if e.EpochsDone < last.EpochsDone {
			t.Errorf("epochs done fell from %d to %d", last.EpochsDone, e.EpochsDone)
		}
		last = e
	})
	const epochs = 5 * (4 + 4*3)
	if err != nil || last.Kind != run.Finished || last.EpochsDone != epochs || last.EpochsTotal != epochs || last.Left != 0 {
		t.Errorf("%v; last event %+v", err, last)
	}
	if want := [3]int{epochs + 25, 5, 1}; kinds != want { // a unit reports where it begins, too
		t.Errorf("events %v, want %v", kinds, want)
	}
}
