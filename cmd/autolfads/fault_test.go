package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/fault"
)

// faultVariable makes this test binary the program itself, with a fault: what
// it is and at which change of the file system, "kill 17".
const faultVariable = "AUTOLFADS_TEST_FAULT"

// sound is command without figures, and in place of the built program this
// test's own binary, which is it with hooks.
func sound(args ...string) *exec.Cmd { return broken("sound", args...) }

// carryOn runs such a command, which must succeed.
func carryOn(t *testing.T, args ...string) {
	t.Helper()
	if r := execute(t, sound(args...)); r.code != 0 {
		t.Fatalf("autolfads %s: exit code %d\n%s", strings.Join(args, " "), r.code, r.stderr)
	}
}

// broken is sound with a fault.
func broken(plan string, args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), faultVariable+"="+plan)
	return c
}

// breakAsPlanned sets the hooks of package fault: to one fault of the file
// system, or of numbers, or (after a semicolon) to both; "often" among them has
// members saved at each epoch.
func breakAsPlanned(plan string) {
	often := false
	adjust = func(r *autolfads.Resources) {
		r.NoFigures = true // those of a small run take longer than all the rest of it
		if often {
			r.CheckpointEvery = 1 // so that a small run, too, can be killed between two checkpoints of a unit
		}
	}
	for part := range strings.SplitSeq(plan, ";") {
		switch kind, _, _ := strings.Cut(part, " "); kind {
		case "sound":
		case "often":
			often = true
		case "gradient", "loss", "valid":
			poison(part)
		case "hang":
			hang(part)
		case "slow":
			slow(part)
		default:
			breakFiles(part)
		}
	}
}

// poison plans a number that is not finite: "gradient NaN 1 2" is a NaN in the
// gradients of generation 1, member 2; -1 is any.
func poison(plan string) {
	var kind string
	var value float64
	var generation, member int
	if _, err := fmt.Sscan(plan, &kind, &value, &generation, &member); err != nil {
		panic(err)
	}
	meant := func(s, g int) bool { return (g == generation || generation < 0) && (s == member || member < 0) }
	fault.Step = func(s, g, _, batch int, loss float64, grad []float32) float64 {
		switch {
		case !meant(s, g) || batch == 0:
		case kind == "loss":
			return value
		case kind == "gradient":
			grad[len(grad)-1] = float32(value)
		}
		return loss
	}
	fault.Valid = func(s, g, _ int, loss float64) float64 {
		if meant(s, g) && kind == "valid" {
			return value
		}
		return loss
	}
}

// hang plans a step of a minute: "hang 1 2" is the first in generation 1, member
// 2. It says that it has begun.
func hang(plan string) {
	var kind string
	var generation, member int
	if _, err := fmt.Sscan(plan, &kind, &generation, &member); err != nil {
		panic(err)
	}
	fault.Step = func(s, g, _, batch int, loss float64, _ []float32) float64 {
		if s == member && g == generation && batch == 0 {
			fmt.Fprintln(os.Stderr, hanging)
			time.Sleep(time.Minute)
		}
		return loss
	}
}

const hanging = "hanging"

// slow plans epochs that take a while: "slow 300 0" is 300 ms more for each in
// generation 0; -1 is any.
func slow(plan string) {
	var kind string
	var milliseconds, generation int
	if _, err := fmt.Sscan(plan, &kind, &milliseconds, &generation); err != nil {
		panic(err)
	}
	fault.Step = func(_, g, _, batch int, loss float64, _ []float32) float64 {
		if batch == 0 && (g == generation || generation < 0) {
			time.Sleep(time.Duration(milliseconds) * time.Millisecond)
		}
		return loss
	}
}

// breakFiles plans a fault of the file system.
func breakFiles(plan string) {
	var kind string
	var at int64
	if _, err := fmt.Sscan(plan, &kind, &at); err != nil {
		panic(err)
	}
	var seen changes
	fault.File = func(op, path string) error {
		n := seen.add(op, path)
		switch {
		case kind == "count":
			fmt.Fprintln(os.Stderr, "change:", n)
		case kind == "kill" && n == at:
			killSelf()
		case kind == "full" && n >= at && op != "remove":
			return &fs.PathError{Op: op, Path: path, Err: syscall.ENOSPC}
		case kind == "readonly" && n >= at:
			return &fs.PathError{Op: op, Path: path, Err: syscall.EROFS}
		}
		return nil
	}
}

// changes counts the changes of the file system that a kill can fall between.
// A sync or a mode is none of them, and the writes of one HDF5 file, which is
// not seen before it is renamed, are one.
type changes struct {
	mu   sync.Mutex
	n    int64
	last string // the change before this one
}

func (c *changes) add(op, path string) int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	this := op + path
	if op != "sync" && op != "chmod" && (this != c.last || filepath.Ext(path) != ".h5") {
		c.n++
	}
	c.last = this
	return c.n
}

// killSelf is kill -9 of this process.
func killSelf() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {} // not one instruction of the program more
}

// countChanges runs a command, with more of a plan, and returns how many changes
// it makes.
func countChanges(t *testing.T, more string, args ...string) int {
	t.Helper()
	r := execute(t, broken("count 0"+more, args...))
	if r.code != 0 {
		t.Fatalf("exit code %d\n%s", r.code, r.stderr)
	}
	var n int
	last := r.stderr[strings.LastIndex(r.stderr, "change:"):]
	if _, err := fmt.Sscanf(last, "change: %d", &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// bareData makes the smallest recording that trains, without a bin width: so
// there is no smoothing to compare with and nothing to draw.
func bareData(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "tiny.h5")
	succeed(t, "synth", "lorenz", "--out", path, "--conditions", "2", "--trials", "10", "--neurons", "4", "--bins", "8", "--rate-hz", "20")
	d, err := dataset.Load(path, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d.BinWidth = 0
	if err := d.Write(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// bareRun returns the arguments of the smallest run that has all that a run
// has: a first generation, copies, generations old enough to be pruned. Its search ends as the
// paper's: tests of what is scored anew, and of a finish, ask for them.
func bareRun(data, out string, more ...string) []string {
	return slices.Concat([]string{"run", data, "--out", out, "--workers", "1", "--threads", "1"}, bareSettings, more)
}

var bareSettings = set(
	"model.generator_dim=4", "model.factors=3", "model.initial_condition_dim=3", "model.ic_encoder_dim=4",
	"model.ci_encoder_dim=4", "model.controller_dim=4", "model.inferred_inputs=1",
	"train.kl_ramp_epochs=0", "train.l2_ramp_epochs=0", "infer.samples=2",
	"pbt.members=3", "pbt.first_generation_epochs=2", "pbt.epochs_per_generation=1", "pbt.max_generations=3",
	"pbt.stop_ratio=5e-4", "pbt.stop_errors=0", "pbt.final_draws=0", "pbt.finish_epochs=0",
)

// longUnits makes the bare run's units some epochs long, and two members of it, whose
// checkpoints have all that there can be in them, and has its generations reviewed.
var longUnits = append([]string{"--members", "2"}, set(
	"pbt.first_generation_epochs=4", "pbt.epochs_per_generation=2", "pbt.final_draws=2", "pbt.stop_errors=1e-9", "pbt.stop_generations=50",
	"train.average_half_life=3")...)

// goOn returns the arguments that carry on with a run that was stopped.
func goOn(out string, begin []string) []string {
	if _, err := os.Stat(filepath.Join(out, "run.yaml")); err != nil {
		return begin // killed before there was a run
	}
	return []string{"resume", out, "--workers", "1", "--threads", "1"}
}

// noneLeft checks that no file in the making is left in a run folder.
func noneLeft(t *testing.T, out string) {
	t.Helper()
	err := filepath.WalkDir(out, func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".tmp") {
			t.Errorf("left behind: %s", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
