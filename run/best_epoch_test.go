package run_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
)

// What a member's generation comes to is its best epoch, from which the next one goes on,
// or its last; stopped or not.
func TestBestEpoch(t *testing.T) {
	for _, keep := range []bool{true, false} {
		search := population()
		search.Config.BestEpoch = keep
		dir := reference(t, search)
		f, earlier := run.Files{Dir: dir}, 0
		for g := range search.Config.MaxGenerations {
			for m := range search.Config.Members {
				u, r := unitOf(t, f, pbt.Place{Generation: g, Member: m})
				want := expectedEpoch(t, dir, u, r)
				if float64(r.Score) != float64(want.Score) || r.Epoch != want.Epoch {
					t.Errorf("keep %v: %s came to epoch %d, score %v; want %d, %v", keep, u, r.Epoch, r.Score, want.Epoch, want.Score)
				}
				if r.Epochs != u.Epochs {
					t.Errorf("%s trained %d epochs, want %d", u, r.Epochs, u.Epochs)
				}
				if r.Epoch < u.FirstEpoch+u.Epochs {
					earlier++
				}
				if u.Parent != nil {
					if _, from := unitOf(t, f, u.Parent.Place); u.FirstEpoch != from.Epoch || u.Parent.SHA256 != from.SHA256 {
						t.Errorf("%s goes on from epoch %d, and its parent came to %d", u, u.FirstEpoch, from.Epoch)
					}
				}
				if state, err := checkpoint.Read(dir + "/" + r.Checkpoint); err == nil && state.Epoch != r.Epoch { // old ones are gone
					t.Errorf("the checkpoint of %s is of epoch %d, want %d", u, state.Epoch, r.Epoch)
				}
			}
		}
		if (earlier > 0) != keep {
			t.Errorf("keep %v: %d units came to another epoch than their last", keep, earlier)
		}
		checkSame(t, stopOften(t, search), dir)
	}
}

// A schedule that is trained again has of each generation the epochs that count.
func TestSegmentsToTheBestEpoch(t *testing.T) {
	search := population()
	search.Config.BestEpoch = true
	dir := reference(t, search)
	f := run.Files{Dir: dir}
	best, err := f.Best()
	if err != nil {
		t.Fatal(err)
	}
	segments, err := f.Segments(best.Place)
	if err != nil {
		t.Fatal(err)
	}
	epochs := 0
	for _, s := range segments {
		epochs += s.Epochs
	}
	if epochs != best.Epoch {
		t.Errorf("a schedule of %d epochs, and the model is of epoch %d", epochs, best.Epoch)
	}
}

func unitOf(t *testing.T, f run.Files, at pbt.Place) (run.Unit, *run.Result) {
	t.Helper()
	u, err := f.Unit(at.Generation, at.Member)
	if err != nil {
		t.Fatal(err)
	}
	r, err := f.Result(u)
	if err != nil || r == nil {
		t.Fatalf("%s has no result: %v", u, err)
	}
	return u, r
}

// expectedEpoch is the epoch that a unit must come to, by its metrics.
func expectedEpoch(t *testing.T, dir string, u run.Unit, r *run.Result) (want run.EpochRecord) {
	t.Helper()
	for line := range bytes.Lines([]byte(read(t, dir, r.Metrics))) {
		var e run.EpochRecord
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		if want.Epoch == 0 || !u.KeepBest || e.Score < want.Score {
			want = e
		}
	}
	return want
}
