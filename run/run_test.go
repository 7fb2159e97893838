package run_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/local"
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
		if g, _ := strconv.Atoi(r[0]); r[2] != strconv.Itoa(4+3*g) {
			t.Errorf("generation %d ends at epoch %s", g, r[2])
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
	if !strings.Contains(read(t, dir, "state.json"), `"status": "finished"`) {
		t.Errorf("state.json: %s", read(t, dir, "state.json"))
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

// A member that diverges is recorded and copies; the run goes on.
func TestDivergedMemberCopies(t *testing.T) {
	h := &hooks{onEpoch: func(u run.Unit, epoch int) error {
		if u.Generation == 1 && u.Member == 2 {
			return fmt.Errorf("training: %w", &run.Diverged{Tensor: "generator.U_n", Step: 18, Epoch: epoch})
		}
		return nil
	}}
	dir := filepath.Join(t.TempDir(), "run")
	if _, err := drive(t.Context(), create(t, dir), population(), h, 2); err != nil {
		t.Fatal(err)
	}
	if want := "1,2,4,NaN,generator.U_n is not finite at step 18 of epoch 4\n"; !strings.Contains(read(t, dir, "scores.csv"), want) {
		t.Errorf("scores.csv lacks %q:\n%s", want, read(t, dir, "scores.csv"))
	}
	if !strings.Contains(read(t, dir, "exploits.csv"), "\n2,2,1,") {
		t.Errorf("member 2 did not copy:\n%s", read(t, dir, "exploits.csv"))
	}
}

// A population that diverges as a whole goes back to the generation before,
// whose checkpoints are still there.
func TestWholePopulationDiverges(t *testing.T) {
	h := &hooks{onEpoch: func(u run.Unit, epoch int) error {
		if u.Generation == 1 || u.Generation == 2 {
			return &run.Diverged{Tensor: "w", Epoch: epoch}
		}
		return nil
	}}
	dir := filepath.Join(t.TempDir(), "run")
	if _, err := drive(t.Context(), create(t, dir), population(), h, 2); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows(t, dir, "scores.csv")[1:] {
		if r[0] == "3" && r[2] != "7" {
			t.Errorf("generation 3 ends at epoch %s, want 7: 3 epochs after generation 0", r[2])
		}
	}
	h = &hooks{onEpoch: func(_ run.Unit, epoch int) error { return &run.Diverged{Tensor: "w", Epoch: epoch} }}
	dir = filepath.Join(t.TempDir(), "run")
	_, err := drive(t.Context(), create(t, dir), population(), h, 2)
	if err == nil || !strings.Contains(err.Error(), "every member diverged in 3 generations") ||
		!strings.Contains(read(t, dir, "state.json"), `"status": "failed"`) {
		t.Errorf("nothing but divergence: %v, state %s", err, read(t, dir, "state.json"))
	}
}

// An error in a unit names the member, its hyper-parameters and the details;
// a panic counts as one. The rest is kept, and resume goes on.
func TestUnitErrors(t *testing.T) {
	want := reference(t, population())
	for _, fault := range []func() error{
		func() error { return errors.New("disk on fire") },
		func() error { panic("disk on fire") },
	} {
		dir := filepath.Join(t.TempDir(), "run")
		h := &hooks{onEpoch: func(u run.Unit, epoch int) error {
			if u.Generation == 1 && u.Member == 3 && epoch == 5 {
				return fault()
			}
			return nil
		}}
		_, err := drive(t.Context(), create(t, dir), population(), h, 2)
		for _, part := range []string{"generation 1, member 3", "disk on fire", "train.learning_rate:", "attempts/001/error.txt"} {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("the error lacks %q: %v", part, err)
			}
		}
		if text := read(t, dir, unitDir(1, 3)+"/attempts/001/error.txt"); !strings.Contains(text, "disk on fire") {
			t.Errorf("error.txt: %s", text)
		}
		if _, err := drive(t.Context(), reopen(t, dir), population(), &hooks{}, 2); err != nil {
			t.Fatal(err)
		}
		checkSame(t, dir, want)
	}
}

// A newest checkpoint that is cut short is passed over for the one before.
func TestDamagedCheckpoint(t *testing.T) {
	want := reference(t, population())
	dir := filepath.Join(t.TempDir(), "run")
	ctx, cancel := context.WithCancel(t.Context())
	h := &hooks{onEpoch: func(u run.Unit, epoch int) error {
		if u.Generation == 0 && u.Member == 1 && epoch == 2 {
			cancel() // at the end of this epoch, the third
		}
		return nil
	}}
	if _, err := drive(ctx, create(t, dir), population(), h, 1); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	newest := filepath.Join(dir, unitDir(0, 1), "attempts/001/epoch-000003.safetensors")
	if err := os.Truncate(newest, 300); err != nil {
		t.Fatal(err)
	}
	h = &hooks{}
	if _, err := drive(t.Context(), reopen(t, dir), population(), h, 1); err != nil {
		t.Fatal(err)
	}
	if n := h.epochs["generation 0, member 1"]; n != 2 {
		t.Errorf("%d epochs trained after the damage, want 2 (from epoch 2 to 4)", n)
	}
	checkSame(t, dir, want)
}

// A second attempt at a unit that has a result changes nothing.
func TestFirstResultStays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	f := create(t, dir)
	twice := executorFunc(func(ctx context.Context, units []run.Unit, observe func(run.Progress)) error {
		h := &hooks{}
		for _, u := range append(units, units...) {
			if err := f.Execute(ctx, u, 1, h.training(0).Work, observe); err != nil {
				return err
			}
		}
		return nil
	})
	_, err := run.Drive(t.Context(), f, population(), twice, func(run.Event) {})
	f.Close()
	if err != nil {
		t.Fatal(err)
	}
	checkSame(t, dir, reference(t, population()))
}

type executorFunc func(context.Context, []run.Unit, func(run.Progress)) error

func (f executorFunc) Execute(ctx context.Context, u []run.Unit, o func(run.Progress)) error {
	return f(ctx, u, o)
}

// An executor that forgets a unit is found out.
func TestForgetfulExecutor(t *testing.T) {
	f := create(t, filepath.Join(t.TempDir(), "run"))
	defer f.Close()
	idle := executorFunc(func(context.Context, []run.Unit, func(run.Progress)) error { return nil })
	_, err := run.Drive(t.Context(), f, population(), idle, func(run.Event) {})
	if err == nil || !strings.Contains(err.Error(), "generation 0, member 0 has no result") {
		t.Errorf("got %v", err)
	}
}

// A search other than the one that wrote the folder is noticed.
func TestEditedFolder(t *testing.T) {
	dir := reference(t, population())
	other := population()
	other.Seed++
	_, err := drive(t.Context(), reopen(t, dir), other, &hooks{}, 1)
	if err == nil || !strings.Contains(err.Error(), "unit.json is not what follows") {
		t.Errorf("got %v", err)
	}
}

func TestEvents(t *testing.T) {
	f := create(t, filepath.Join(t.TempDir(), "run"))
	defer f.Close()
	h := &hooks{}
	var kinds [3]int
	var last run.Event
	_, err := run.Drive(t.Context(), f, population(), &local.Executor{Folder: f, Work: h.training(0).Work}, func(e run.Event) {
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

// A single model: its best epoch is the result, whenever it is stopped.
func TestFixed(t *testing.T) {
	search := pbt.Fixed{MaxEpochs: 60}
	want := reference(t, search)
	score := rows(t, want, "scores.csv")[1]
	epochs := strings.Count(read(t, want, "metrics.jsonl"), "\n")
	if best, _ := strconv.Atoi(score[2]); best < 1 || best != epochs-5 {
		t.Errorf("best epoch %d of %d trained, want 5 before the end", best, epochs)
	}
	dir := filepath.Join(t.TempDir(), "run")
	f := create(t, dir)
	for {
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		_, err := drive(ctx, f, search, &hooks{onEpoch: func(run.Unit, int) error {
			if n++; n == 3 {
				cancel()
			}
			return nil
		}}, 1)
		cancel()
		if err == nil {
			break
		}
		f = reopen(t, dir)
	}
	checkSame(t, dir, want)
}

// A single model that diverges after good epochs keeps the best of them.
func TestFixedDiverges(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	h := &hooks{onEpoch: func(_ run.Unit, epoch int) error {
		if epoch == 3 {
			return &run.Diverged{Tensor: "w", Step: 12, Epoch: 3}
		}
		return nil
	}}
	ending, err := drive(t.Context(), create(t, dir), pbt.Fixed{MaxEpochs: 60}, h, 1)
	if err != nil || ending.Best.Epoch < 1 || ending.Best.Epoch > 3 {
		t.Errorf("%+v, %v", ending, err)
	}
	if !strings.Contains(read(t, dir, "scores.csv"), "w is not finite at step 12") {
		t.Error("the divergence is not in scores.csv")
	}
}

// Random search: rounds until the budget is spent.
func TestRandom(t *testing.T) {
	search := pbt.Random{Space: population().Config.Space, Seed: 7, MaxEpochs: 30, EpochsBudget: 100}
	dir := reference(t, search)
	var lines []string
	for _, r := range rows(t, dir, "scores.csv")[1:] {
		lines = append(lines, r[1])
	}
	if len(lines) < 3 || lines[len(lines)-1] != strconv.Itoa(len(lines)-1) {
		t.Errorf("members %v, want at least 3, counted on through the rounds", lines)
	}
	if n := strings.Count(read(t, dir, "metrics.jsonl"), "\n"); n > 100 || n <= 70 {
		t.Errorf("%d epochs trained of a budget of 100, models of up to 30", n)
	}
}
