package executortest

import (
	"context"
	"testing"
	"time"

	"github.com/autolfads/autolfads/run"
)

// Trial is a run of the suite's population that a test disturbs in ways that only its
// executor knows.
type Trial struct{ bench *bench }

// NewTrial begins a run. It has three generations of four members, ten epochs each.
func NewTrial(t *testing.T, make Factory) *Trial { return &Trial{newBench(t, make)} }

// Dir is the run folder.
func (r *Trial) Dir() string { return r.bench.folder.Dir }

// Through has the run driven through other executors from now on.
func (r *Trial) Through(make Factory) { r.bench.make = make }

// Drive goes on with the run. observe may be nil.
func (r *Trial) Drive(ctx context.Context, observe func(run.Event)) error {
	r.bench.observe = observe
	return r.bench.drive(ctx)
}

// MustEndTheSame goes on with the run to its end, which must be that of an undisturbed one.
func (r *Trial) MustEndTheSame(t *testing.T) {
	t.Helper()
	want := newBench(t, serial)
	want.mustFinish(t)
	r.bench.observe = nil
	r.bench.mustFinish(t)
	r.bench.sameAs(t, want)
}

// Late has all members of a generation take so long for an epoch.
func (r *Trial) Late(t *testing.T, generation int, epoch time.Duration) {
	t.Helper()
	r.bench.epoch = epoch
	for m := range members {
		r.bench.set(t, late, generation, m)
	}
}
