package infer_test

import (
	"context"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/lfads"
)

// The same trials in every split have random numbers of their own in each, and
// none that another seed gives to another split.
func TestSplitsHaveTheirOwnRandomNumbers(t *testing.T) {
	d := recording()
	d.Valid, d.Test = d.Train, d.Train
	model := newModel(t, 2)
	type rates struct {
		of     string
		values []float32
	}
	var all []rates
	for _, seed := range []uint64{0, 1, 1 << 32} {
		r, err := infer.Run(context.Background(), model, d, infer.Options{Samples: 2, Seed: seed, Engine: lfads.Threads(1)})
		if err != nil {
			t.Fatal(err)
		}
		for name, p := range map[string]*lfads.Posterior{"train": r.Train, "valid": r.Valid, "test": r.Test} {
			all = append(all, rates{name, p.Rates.Data})
		}
	}
	for i, a := range all {
		for _, b := range all[:i] {
			if slices.Equal(a.values, b.values) {
				t.Errorf("%s and %s of one seed or another have the same rates", a.of, b.of)
			}
		}
	}
}

// A split has the same rates whatever other splits there are.
func TestSplitAlone(t *testing.T) {
	d, model := recording(), newModel(t, 2)
	want := run(t, model, d, 1)
	alone := run(t, model, &dataset.Dataset{BinWidth: d.BinWidth, Train: d.Train, Valid: d.Valid}, 1)
	if !slices.Equal(alone.Valid.Rates.Data, want.Valid.Rates.Data) {
		t.Error("without a test split, valid has other rates")
	}
}
