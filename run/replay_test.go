package run_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
)

// A line is whole from its founder to the place it is asked for, also where checkpoints
// on the way are gone.
func TestLineage(t *testing.T) {
	dir := reference(t, population())
	for _, m := range models(t, dir) {
		units, results, err := (run.Files{Dir: dir}).Lineage(m.Place)
		if err != nil {
			t.Fatal(err)
		}
		last := len(units) - 1
		if units[0].Parent != nil || units[0].Member != m.Founder.Member || results[last].Score != m.Score || last != m.Generation {
			t.Errorf("line of %v: %d units from %v to a score of %v", m.Place, len(units), units[0], results[last].Score)
		}
		for i := 1; i < len(units); i++ {
			if units[i].FirstEpoch != results[i-1].Epoch {
				t.Errorf("line of %v: %v begins after %d epochs, %v ends after %d", m.Place, units[i], units[i].FirstEpoch, units[i-1], results[i-1].Epoch)
			}
		}
	}
	if _, _, err := (run.Files{Dir: dir}).Lineage(pbt.Place{Generation: 99}); err == nil {
		t.Error("a line of nobody")
	}
}

// lastOf is a replay whose last segment makes every score worse, so that the lowest is
// of an earlier generation.
func lastOf(allTrials bool) pbt.Replay {
	steady, wild := pbt.Hyper{pbt.LearningRate: .01}, pbt.Hyper{pbt.LearningRate: 1}
	return pbt.Replay{Members: 3, AllTrials: allTrials, Segments: []pbt.Segment{{Epochs: 6, Hyper: steady}, {Epochs: 2, Hyper: steady}, {Epochs: 3, Hyper: wild}}}
}

// The model of a replay is one at the end of the schedule, and all others stay beside it,
// whenever it is stopped.
func TestReplay(t *testing.T) {
	for _, allTrials := range []bool{false, true} {
		search := lastOf(allTrials)
		want := reference(t, search)
		best, err := (run.Files{Dir: want}).Best()
		if err != nil || best.Generation != 2 || best.Epoch != 11 || allTrials && best.Member != 0 {
			t.Errorf("all trials %v: the model is %+v, %v", allTrials, best, err)
		}
		for _, m := range models(t, want) {
			if _, err := (run.Files{Dir: want}).ReadModel(&m); err != nil {
				t.Error(err)
			}
			if !allTrials && float64(m.Score) < best.Score {
				t.Errorf("%v is better than the model", m)
			}
		}
		checkSame(t, stopOften(t, search), want)
	}
}

// stopOften carries a run to its end, stopping it after every few epochs.
func stopOften(t *testing.T, search pbt.Search) (dir string) {
	dir = filepath.Join(t.TempDir(), "run")
	p, ok := search.(pbt.Population)
	if !ok {
		p = population()
	}
	for f := createOf(t, dir, p); ; f = reopen(t, dir) {
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
			return dir
		}
	}
}
