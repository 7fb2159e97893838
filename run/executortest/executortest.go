package executortest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
)

// Factory makes the executor under test for a run. Its units train with
// Worker(faults).
type Factory func(f *run.Folder, faults string) run.Executor

// Run tests the executors that a factory makes.
func Run(t *testing.T, make Factory) { RunLate(t, lateEpoch, make) }

// RunLate is Run for executors that see and stop units later than in a few
// milliseconds: units that are late take so long for an epoch.
func RunLate(t *testing.T, epoch time.Duration, make Factory) {
	want := newBench(t, serial)
	want.mustFinish(t)
	for name, test := range map[string]func(*testing.T, *bench){
		"in order":               func(t *testing.T, b *bench) { b.mustFinish(t) },
		"out of order":           outOfOrder,
		"one at a time":          oneAtATime,
		"late":                   lateUnits,
		"twice":                  twice,
		"lost":                   lost,
		"failing":                failingUnit,
		"cancelled":              cancelled,
		"cancelled from outside": cancelledBefore,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, make)
			b.epoch = epoch
			test(t, b)
			b.sameAs(t, want)
		})
	}
	t.Run("diverged", func(t *testing.T) {
		t.Parallel()
		diverged(t, make)
	})
}

// outOfOrder hands over the units in another order.
func outOfOrder(t *testing.T, b *bench) {
	b.around = func(ctx context.Context, e run.Executor, units []run.Unit, observe func(run.Progress)) error {
		units = slices.Clone(units)
		slices.Reverse(units)
		return e.Execute(ctx, units, observe)
	}
	b.mustFinish(t)
}

// oneAtATime hands over the units in many calls.
func oneAtATime(t *testing.T, b *bench) {
	b.around = func(ctx context.Context, e run.Executor, units []run.Unit, observe func(run.Progress)) error {
		for _, u := range units {
			if err := e.Execute(ctx, []run.Unit{u}, observe); err != nil {
				return err
			}
		}
		return nil
	}
	b.mustFinish(t)
}

// lateUnits has one member far behind the others: Execute waits for it.
func lateUnits(t *testing.T, b *bench) {
	b.set(t, late, 0, 0)
	b.set(t, late, 1, 3)
	b.mustFinish(t)
}

// twice hands over every unit twice in a call, and all of them again when they
// have results: those stay as they are.
func twice(t *testing.T, b *bench) {
	b.around = func(ctx context.Context, e run.Executor, units []run.Unit, observe func(run.Progress)) error {
		if err := e.Execute(ctx, append(slices.Clone(units), units...), observe); err != nil {
			return err
		}
		before := b.results(t, units)
		if err := e.Execute(ctx, units, observe); err != nil {
			return err
		}
		if after := b.results(t, units); after != before {
			t.Errorf("results changed:\n%s\nto\n%s", before, after)
		}
		return nil
	}
	b.mustFinish(t)
}

// lost leaves what workers leave that died: one at once, one after an epoch.
func lost(t *testing.T, b *bench) {
	b.around = func(ctx context.Context, e run.Executor, units []run.Unit, observe func(run.Progress)) error {
		attempt := filepath.Join(b.folder.Dir, unitDir(units[1]), "attempts", "001")
		if err := os.MkdirAll(attempt, 0o755); err != nil {
			return err
		}
		half, die := context.WithCancel(ctx)
		defer die()
		b.set(t, late, units[0].Generation, units[0].Member)
		err := e.Execute(half, units[:1], func(p run.Progress) {
			if p.Done > 0 {
				die()
			}
		})
		if err == nil && b.result(t, units[0]) == "" {
			return errors.New("Execute returned nil for a unit without a result")
		}
		return e.Execute(ctx, units, observe)
	}
	b.mustFinish(t)
}

// failingUnit has a unit that cannot be done: the error names it, and when the
// cause is gone the run goes on.
func failingUnit(t *testing.T, b *bench) {
	b.set(t, failing, 1, 2)
	err := b.drive(t.Context())
	for _, part := range []string{"generation 1, member 2", errInjected.Error()} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("the error does not say %q: %v", part, err)
		}
	}
	b.unset(t, failing, 1, 2)
	b.mustFinish(t)
}

// cancelled ends the context after the first epoch of a generation.
// Execute must return before the units would be done, and what it returns must
// say why; no unit trains on.
func cancelled(t *testing.T, b *bench) {
	for m := range members {
		b.set(t, late, 1, m)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var epochs atomic.Int64
	b.observe = func(e run.Event) {
		if e.Kind == run.EpochDone {
			epochs.Add(1)
			if e.Generation == 1 && e.Done > 0 {
				cancel()
			}
		}
	}
	if err := b.drive(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled run ends with %v", err)
	}
	for m := range members {
		if text := b.result(t, run.Unit{Generation: 1, Member: m}); text != "" {
			t.Errorf("a unit was trained to its end:\n%s", text)
		}
	}
	n := epochs.Load()
	text := b.metrics(t, 1)
	b.mustNotTrain(t, text)
	if epochs.Load() != n {
		t.Error("epochs were reported after Execute returned")
	}
	b.observe = nil
	b.mustFinish(t)
}

// cancelledBefore hands over units when the context has ended: none starts.
func cancelledBefore(t *testing.T, b *bench) {
	b.around = func(ctx context.Context, e run.Executor, units []run.Unit, observe func(run.Progress)) error {
		ended, end := context.WithCancel(ctx)
		end()
		if err := e.Execute(ended, units, observe); !errors.Is(err, context.Canceled) {
			t.Errorf("Execute with an ended context returned %v", err)
		}
		if text := b.results(t, units); strings.TrimSpace(text) != "" {
			t.Errorf("units were executed:\n%s", text)
		}
		return e.Execute(ctx, units, observe)
	}
	b.mustFinish(t)
}

// diverged has a member that diverges: that is a result and no error.
func diverged(t *testing.T, make Factory) {
	want, got := newBench(t, serial), newBench(t, make)
	for _, b := range []*bench{want, got} {
		b.set(t, diverge, 0, 1)
		b.mustFinish(t)
	}
	got.sameAs(t, want)
	if text := got.read(t, "scores.csv"); !strings.Contains(text, "\n0,1,1,NaN,x is not finite") {
		t.Errorf("the divergence is not recorded:\n%s", text)
	}
}

// serial is the simplest executor.
func serial(f *run.Folder, faults string) run.Executor {
	return executor(func(ctx context.Context, units []run.Unit, observe func(run.Progress)) error {
		for _, u := range units {
			if err := f.Execute(ctx, u, 1, Worker(faults), observe); err != nil {
				return err
			}
		}
		return nil
	})
}

type executor func(context.Context, []run.Unit, func(run.Progress)) error

func (e executor) Execute(ctx context.Context, units []run.Unit, observe func(run.Progress)) error {
	return e(ctx, units, observe)
}

func unitDir(u run.Unit) string {
	return fmt.Sprintf("generations/%03d/member-%03d", u.Generation, u.Member)
}

const members = 4

// population is the search of all tests.
func population() pbt.Population {
	c := pbt.DefaultConfig()
	c.Members, c.EpochsPerGeneration, c.FirstGenerationEpochs, c.MaxGenerations, c.StopRatio = members, 10, 10, 3, 0
	c.Space = pbt.Space{pbt.LearningRate: {Low: 1e-3, High: .5, Scale: pbt.Log, Explore: .3}}
	return pbt.Population{Config: c, Seed: 3}
}
