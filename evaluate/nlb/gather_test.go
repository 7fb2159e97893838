package nlb

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	prepared "github.com/autolfads/autolfads/prepare/nlb"
)

// TestGather: rates by the splits of a prepared file, whose training trials were divided,
// are scored as those of the whole.
func TestGather(t *testing.T) {
	path := filepath.Join(t.TempDir(), "area2.h5")
	set := prepare(t, "area2_bump", 20)
	options := `{"preset":"area2_bump","bin_ms":20,"eval":"val"}`
	if err := set.Write(path, map[string]any{"prepare_options": options}); err != nil {
		t.Fatal(err)
	}
	d, err := dataset.Load(path, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o, err := Prepared(d)
	if err != nil || o.Preset != "area2_bump" || o.BinMs != 20 || o.Eval != prepared.Val {
		t.Fatalf("prepared as %+v, %v", o, err)
	}
	targets, err := OwnTargets(path, o.Preset, o.BinMs)
	if err != nil {
		t.Fatal(err)
	}
	whole := invented(targets, 3)
	train, valid := divided(whole.Train, *d.Divided)
	s, err := Gather(d, train, valid, whole.Eval)
	if err != nil {
		t.Fatal(err)
	}
	if s.HeldIn != whole.HeldIn || !slices.Equal(s.Train.Data, whole.Train.Data) {
		t.Error("training trials are not the file's")
	}
	scores, err := Score(t.Context(), s, targets, nil)
	if err != nil || len(scores.Notes) > 0 && !strings.Contains(scores.Notes[0], "rates are zero") || scores.Behaviour == nil {
		t.Errorf("%+v, %v", scores, err)
	}
	if scores.Split != prepared.Val || scores.Dataset != "area2_bump" || scores.BinMs != 20 {
		t.Errorf("scores are of %+v", scores)
	}
	if s, err := Gather(d, train, nil, whole.Eval); err != nil || s.Train != nil {
		t.Errorf("without rates of validation trials: %v, %v", s, err)
	}
	if _, err := Gather(d, valid, train, whole.Eval); err == nil || !strings.Contains(err.Error(), "a share of 0.2") {
		t.Errorf("splits interchanged: %v", err)
	}
	if _, err := Gather(d, train, valid, nil); err == nil || !strings.Contains(err.Error(), "the split test") {
		t.Errorf("without evaluated trials: %v", err)
	}
	d.Attributes = nil
	if _, err := Prepared(d); err == nil || !strings.Contains(err.Error(), "--preset nlb/NAME") {
		t.Errorf("of an unknown origin: %v", err)
	}
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
