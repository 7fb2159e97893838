package run

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/autolfads/autolfads/checkpoint"
)

// CheckpointEvery is the longest time between two checkpoints, as far as the
// length of an epoch allows: no more than this is lost when a node dies.
const CheckpointEvery = 60 * time.Second

// Member is a model in training.
type Member interface {
	// RunEpoch trains one epoch and validates. Its error is a *Diverged when a
	// number stopped being finite. A run stops between epochs, at a whole state:
	// when ctx ends, RunEpoch completes the epoch all the same.
	RunEpoch(ctx context.Context) (Epoch, error)
	// State returns the member as it is now; later epochs do not change it.
	State() *checkpoint.State
}

// Epoch is what RunEpoch reports.
type Epoch struct {
	Epoch    int                 // completed epochs over the member's life
	Score    float64             // smoothed validation reconstruction loss
	Schedule checkpoint.Schedule // Stopped ends the unit of a single model, Epoch == BestEpoch marks the best so far
	Metrics  map[string]float64  // for metrics.jsonl
}

// From is where a unit goes on.
type From struct {
	State *checkpoint.State // nil: at fresh parameters
	// Own says that an earlier attempt at the unit itself saved the state: all of
	// it holds, also a learning rate that a schedule has changed. Else it is a
	// parent's, and the unit's own hyper-parameters hold from the very next step.
	Own bool
}

// Training makes a [Worker] of models that train epoch by epoch: it restores
// them, writes checkpoints and metrics, and notices divergence.
type Training struct {
	// New makes the unit's member, with u.Hyper in force, where it goes on.
	New func(u Unit, threads int, from From) (Member, error)
	// Every is the longest time between checkpoints; 0 is each epoch.
	Every time.Duration
}

// Work implements [Worker].
func (t Training) Work(ctx context.Context, a *Attempt, observe func(Progress)) (Result, error) {
	s, err := begin(a)
	if err != nil {
		return Result{}, err
	}
	defer s.log.close()
	member, err := t.New(a.Unit, a.Threads, s.from)
	if err != nil {
		return Result{}, err
	}
	observe(s.progress())
	for !s.finished() {
		if ctx.Err() != nil {
			return Result{}, cmp.Or(s.save(member), ctx.Err())
		}
		err := s.epoch(ctx, member)
		var diverged *Diverged
		if errors.As(err, &diverged) {
			return s.result(diverged)
		}
		if err != nil {
			return Result{}, err
		}
		observe(s.progress())
		if s.finished() || s.due(t.Every) {
			if err := s.save(member); err != nil {
				return Result{}, err
			}
		}
	}
	return s.result(nil)
}
