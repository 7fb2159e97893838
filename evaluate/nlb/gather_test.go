package nlb

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// writeArea2 writes a prepared file whose training trials are divided when it is loaded.
func writeArea2(t *testing.T, attributes map[string]any) (path string, d *dataset.Dataset, targets *Targets) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "area2_20.h5")
	if err := simulatedSet(t, "area2_bump", 20).Write(path, attributes); err != nil {
		t.Fatal(err)
	}
	d, err := dataset.Load(path, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if targets, err = OwnTargets(path, "area2_bump", 20); err != nil {
		t.Fatal(err)
	}
	return path, d, targets
}

var asPrepared = map[string]any{"prepare_options": `{"preset":"area2_bump","bin_ms":20,"eval":"val"}`}

// TestGather: rates by the splits of a file are brought together as it has trials.
func TestGather(t *testing.T) {
	_, d, targets := writeArea2(t, nil)
	whole := invented(targets, 3)
	train, valid := divided(whole.Train, *d.Divided)
	s, err := Gather(d, train, valid, whole.Eval)
	if err != nil || s.HeldIn != whole.HeldIn || !slices.Equal(s.Train.Data, whole.Train.Data) {
		t.Errorf("training trials are not the file's: %v", err)
	}
	if s, err := Gather(d, train, nil, whole.Eval); err != nil || s.Train != nil {
		t.Errorf("without rates of validation trials: %v, %v", s, err)
	}
	_, err = Gather(d, valid, train, whole.Eval)
	wantError(t, err, "a share of 0.2")
	_, err = Gather(d, train, valid, nil)
	wantError(t, err, "the split test")
	d.Order = []int{1, 0}
	_, err = Gather(d, train, valid, whole.Eval)
	wantError(t, err, "none of the benchmark's")
}

// divided divides trials as a dataset's are.
func divided(all *dataset.Array, by dataset.Division) (train, valid *dataset.Array) {
	validates := by.Validation(all.Trials)
	train = &dataset.Array{Trials: all.Trials - len(validates), Bins: all.Bins, Features: all.Features}
	valid = &dataset.Array{Trials: len(validates), Bins: all.Bins, Features: all.Features}
	for trial := range all.Trials {
		to := train
		if slices.Contains(validates, trial) {
			to = valid
		}
		to.Data = append(to.Data, all.Trial(trial)...)
	}
	return train, valid
}
