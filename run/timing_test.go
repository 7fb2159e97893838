package run_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/autolfads/autolfads/run"
)

// timing.json agrees with the clock: members that sleep 5 ms an epoch, two at
// a time, in a run that is stopped and goes on.
func TestTiming(t *testing.T) {
	p := population()
	p.Config.MaxGenerations = 3
	dir := filepath.Join(t.TempDir(), "run")
	f := create(t, dir)
	inside := time.Duration(0)
	for done := false; !done; f = reopen(t, dir) {
		ctx, cancel := context.WithCancel(t.Context())
		h := &hooks{pause: 5 * time.Millisecond, onEpoch: func(u run.Unit, _ int) error {
			if u.Generation == 1 {
				cancel() // at the next ends of epochs, until generation 1 is done
			}
			return nil
		}}
		began := time.Now()
		_, err := drive(ctx, f, p, h, 2)
		inside += time.Since(began)
		done = err == nil
		cancel()
	}
	f.Close()
	var timing run.Timing
	if err := json.Unmarshal([]byte(read(t, dir, "timing.json")), &timing); err != nil {
		t.Fatal(err)
	}
	wall := 0.
	for i, g := range timing.Generations {
		epochs := []int{20, 15, 15}[i]
		if g.Generation != i || g.Epochs != epochs || g.Training < .005*float64(epochs) {
			t.Errorf("generation %d: %+v, want %d epochs of 5 ms or more", i, g, epochs)
		}
		if g.Executing > g.Wall || g.Training > 2*g.Executing {
			t.Errorf("two workers train no more than two seconds a second, and that within the wall's: %+v", g)
		}
		wall += g.Wall
	}
	if len(timing.Generations) != 3 || wall > inside.Seconds() {
		t.Errorf("%d generations took %v s by timing.json, the calls %v", len(timing.Generations), wall, inside)
	}
}

// The ending says how often a member diverged.
func TestEndingCountsDiverged(t *testing.T) {
	h := &hooks{onEpoch: func(u run.Unit, epoch int) error {
		if u.Generation < 2 && u.Member == 3 || u.Generation == 3 && u.Member == 0 {
			return &run.Diverged{Tensor: "w", Epoch: epoch}
		}
		return nil
	}}
	ending, err := drive(t.Context(), create(t, filepath.Join(t.TempDir(), "run")), population(), h, 2)
	if err != nil || ending.Diverged != 3 {
		t.Errorf("%d divergences, want 3 (%v)", ending.Diverged, err)
	}
}
