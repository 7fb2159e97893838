package executortest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/run"
)

// bench is a run that the executor under test carries.
type bench struct {
	make   Factory
	faults string
	folder *run.Folder
	epoch  time.Duration // of late units

	// around, if not nil, comes between the run and the executor.
	around  func(context.Context, run.Executor, []run.Unit, func(run.Progress)) error
	observe func(run.Event)
}

const version = "executortest"

func newBench(t *testing.T, make Factory) *bench {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data.h5")
	if err := os.WriteFile(data, []byte("spikes"), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := run.DataFile(data)
	if err != nil {
		t.Fatal(err)
	}
	f, err := run.Create(filepath.Join(t.TempDir(), "run"), run.Header{Version: version, Seed: 3, Data: d}, struct{}{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return &bench{make: make, faults: t.TempDir(), folder: f, epoch: lateEpoch}
}

// drive goes on with the run.
func (b *bench) drive(ctx context.Context) error {
	e := b.make(b.folder, b.faults)
	if b.around != nil {
		inner := e
		e = executor(func(ctx context.Context, units []run.Unit, observe func(run.Progress)) error {
			return b.around(ctx, inner, units, observe)
		})
	}
	observe := b.observe
	if observe == nil {
		observe = func(run.Event) {}
	}
	_, err := run.Drive(ctx, b.folder, population(), e, nil, observe)
	return err
}

func (b *bench) mustFinish(t *testing.T) {
	t.Helper()
	if err := b.drive(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// mustNotTrain fails if generation 1 has other epochs, after a while, than
// those in text.
func (b *bench) mustNotTrain(t *testing.T, text string) {
	t.Helper()
	time.Sleep(3 * b.epoch)
	if now := b.metrics(t, 1); now != text {
		t.Errorf("units train after Execute returned:\n%s\nthen\n%s", text, now)
	}
}

func (b *bench) set(t *testing.T, f fault, generation, member int) {
	t.Helper()
	if err := os.WriteFile(f.file(b.faults, generation, member), []byte(b.epoch.String()), 0o600); err != nil {
		t.Error(err)
	}
}

func (b *bench) unset(t *testing.T, f fault, generation, member int) {
	t.Helper()
	if err := os.Remove(f.file(b.faults, generation, member)); err != nil {
		t.Error(err)
	}
}

func (b *bench) read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(b.folder.Dir, name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	return string(text)
}

// result returns the published result of a unit, "" if there is none.
func (b *bench) result(t *testing.T, u run.Unit) string {
	t.Helper()
	return b.read(t, filepath.Join(unitDir(u), "result.json"))
}

// results returns the published results of units.
func (b *bench) results(t *testing.T, units []run.Unit) string {
	t.Helper()
	var all []string
	for _, u := range units {
		all = append(all, b.result(t, u))
	}
	return strings.Join(all, "\n")
}

// metrics returns the epochs of all attempts in a generation.
func (b *bench) metrics(t *testing.T, generation int) string {
	t.Helper()
	var all []string
	for m := range members {
		files, err := filepath.Glob(filepath.Join(b.folder.Dir, unitDir(run.Unit{Generation: generation, Member: m}), "attempts", "*", "metrics.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, string(text))
		}
	}
	return strings.Join(all, "")
}

// sameAs compares the files whose bytes a run promises.
func (b *bench) sameAs(t *testing.T, want *bench) {
	t.Helper()
	for _, name := range []string{"scores.csv", "exploits.csv", "hyperparameters.csv", "best/checkpoint.safetensors", "best/best.json"} {
		if got := b.read(t, name); got == "" || got != want.read(t, name) {
			t.Errorf("%s is not that of an undisturbed run:\n%.500s", name, got)
		}
	}
}
