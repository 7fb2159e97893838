package run_test

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
)

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
