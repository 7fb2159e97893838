package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// searchedTiny is a finished search over the tiny recording.
func searchedTiny(t *testing.T, dir string) (data, out string) {
	t.Helper()
	data, out = tinyData(t, dir), filepath.Join(dir, "search")
	carryOn(t, tinyRun(t, dir, data, out, "--set", "pbt.stop_ratio=0")...)
	return data, out
}

// winner returns generation and member of a run's model as best.json has them.
func winner(t *testing.T, dir string) (generation, member int) {
	t.Helper()
	text := readFile(t, filepath.Join(dir, "best", "best.json"))
	_, err := fmt.Sscanf(strings.Join(strings.Fields(text), ""), `{"generation":%d,"member":%d,`, &generation, &member)
	if err != nil {
		t.Fatal(err)
	}
	return generation, member
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The schedule is that of the winner's line: as many generations and epochs, and in the
// end its hyper-parameters. The models are others, for the seed is.
func TestReplayHasTheWinnersSchedule(t *testing.T) {
	dir := t.TempDir()
	_, search := searchedTiny(t, dir)
	out := filepath.Join(dir, "again")
	r := execute(t, sound("replay", search, "--out", out, "--seeds", "2"))
	if r.code != 0 {
		t.Fatalf("exit code %d\n%s", r.code, r.stderr)
	}

	generation, member := winner(t, search)
	want := rowOf(t, filepath.Join(search, "hyperparameters.csv"), generation, member)
	last, _ := winner(t, out)
	if last != generation {
		t.Errorf("%d generations after the first, the winner had %d", last, generation)
	}
	for m := range 2 {
		if got := rowOf(t, filepath.Join(out, "hyperparameters.csv"), generation, m); got != want {
			t.Errorf("model %d ends with %s, the winner with %s", m, got, want)
		}
	}
	// scores.csv: epoch, score
	epoch := func(dir string, m int) string {
		e, _, _ := strings.Cut(rowOf(t, filepath.Join(dir, "scores.csv"), generation, m), ",")
		return e
	}
	if got, want := epoch(out, 0), epoch(search, member); got != want {
		t.Errorf("epoch %s at the end, the winner's was %s", got, want)
	}
	if rowOf(t, filepath.Join(out, "scores.csv"), generation, 0) == rowOf(t, filepath.Join(out, "scores.csv"), generation, 1) {
		t.Error("two models are one")
	}
	for m := range 2 {
		from := filepath.Join(out, "models", fmt.Sprintf("member-%03d.safetensors", m))
		carryOn(t, "infer", from, filepath.Join(dir, "tiny.h5"), "--out", filepath.Join(dir, fmt.Sprint(m, ".h5")))
	}
	_, said, _ := strings.Cut(r.stdout, "mean of all models: autolfads ")
	command, _, _ := strings.Cut(said, "\n")
	words := strings.Fields(strings.NewReplacer(" DATA ", " "+filepath.Join(dir, "tiny.h5")+" ", " mean.h5", " "+filepath.Join(dir, "mean.h5")).Replace(command))
	if len(words) != 7 {
		t.Fatalf("the end names no mean of two models:\n%s", r.stdout)
	}
	carryOn(t, words...)
}

// rowOf returns what a table has of a member in a generation, behind these two.
func rowOf(t *testing.T, path string, generation, member int) string {
	t.Helper()
	for line := range strings.Lines(readFile(t, path)) {
		if rest, ok := strings.CutPrefix(line, fmt.Sprintf("%d,%d,", generation, member)); ok {
			return strings.TrimSpace(rest)
		}
	}
	t.Fatalf("%s has no generation %d, member %d", path, generation, member)
	return ""
}

// A replay needs nothing of its search once it has begun, and ends with the same bytes
// however many workers and threads it has, and killed at any change on disk.
func TestReplayGivesTheSameBits(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, search := bareData(t, dir), filepath.Join(dir, "search")
	carryOn(t, bareRun(data, search, longUnits...)...)
	replay := func(out string, more ...string) []string {
		return append([]string{"replay", search, "--out", out, "--seeds", "2", "--workers", "1", "--threads", "1"}, more...)
	}
	first := filepath.Join(dir, "first")
	changes := countChanges(t, ";often", replay(first)...)
	want := promised(t, first)
	if want["models/member-001.safetensors"] == nil {
		t.Fatal("the second model is not kept")
	}
	wide := filepath.Join(dir, "wide")
	carryOn(t, replay(wide, "--workers", "2", "--threads", "2")...)
	sameFiles(t, "2 workers", promised(t, wide), want)
	for k := 1; k <= changes; k += 3 {
		out := filepath.Join(dir, fmt.Sprint(k))
		if r := execute(t, broken(fmt.Sprintf("kill %d;often", k), replay(out)...)); r.code != -1 {
			t.Fatalf("kill at change %d: exit code %d\n%s", k, r.code, r.stderr)
		}
		carryOn(t, goOn(out, replay(out))...)
		sameFiles(t, fmt.Sprintf("killed at change %d", k), promised(t, out), want)
		noneLeft(t, out)
		if err := os.RemoveAll(out); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("without the search", func(t *testing.T) {
		out := filepath.Join(dir, "alone")
		execute(t, broken(fmt.Sprintf("kill %d;often", changes/2), replay(out)...))
		if err := os.RemoveAll(search); err != nil {
			t.Fatal(err)
		}
		carryOn(t, "resume", out, "--workers", "1", "--threads", "1")
		sameFiles(t, "without the search", promised(t, out), want)
	})
}

// On a recording of other neurons, trials and bins the epochs have as many steps.
func TestReplayOfOtherData(t *testing.T) {
	dir := t.TempDir()
	_, search := searchedTiny(t, dir)
	other := filepath.Join(dir, "other.h5")
	carryOn(t, "synth", "lorenz", "--out", other, "--conditions", "8", "--trials", "12", "--neurons", "7", "--bins", "25", "--rate-hz", "20")
	out := filepath.Join(dir, "next")
	carryOn(t, "replay", search, "--out", out, "--data", other)
	generation, member := winner(t, search)
	of := func(dir string, m int) (epoch int) {
		last, _ := winner(t, dir)
		if _, err := fmt.Sscan(strings.Split(rowOf(t, filepath.Join(dir, "scores.csv"), last, m), ",")[0], &epoch); err != nil {
			t.Fatal(err)
		}
		return epoch
	}
	// 40 training trials in batches of 16 are 3 steps, 77 are 5.
	was := of(search, member)
	if got, want := of(out, 0), (2*3*was+5)/10; got != want {
		t.Errorf("%d epochs of 5 steps for %d of 3, want %d (generation %d)", got, was, want, generation)
	}
	if yaml := readFile(t, filepath.Join(out, "run.yaml")); !strings.Contains(yaml, "kl_ramp_epochs: 1\n") {
		t.Error("the ramps of 2 epochs of 3 steps are not 1 of 5")
	}
}

// What cannot be is refused before anything is made.
func TestReplayRefuses(t *testing.T) {
	dir := t.TempDir()
	_, search := searchedTiny(t, dir)
	out := filepath.Join(dir, "no")
	refuseIn(t, dir, []string{"holds no run"}, "replay", dir, "--out", out)
	refuseIn(t, dir, []string{"-1 models"}, "replay", search, "--out", out, "--seeds=-1")
	refuseIn(t, dir, []string{"autolfads resume"}, "replay", search, "--out", search)
	csv := filepath.Join(dir, "spikes.csv")
	if err := os.WriteFile(csv, []byte("unit,time\na,1.5\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	refuseIn(t, dir, []string{"autolfads prepare"}, "replay", search, "--out", out, "--data", csv)
	if err := os.Remove(filepath.Join(search, "best", "best.json")); err != nil {
		t.Fatal(err)
	}
	refuseIn(t, dir, []string{"no trained model yet"}, "replay", search, "--out", out)
}
