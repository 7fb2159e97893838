package baseline

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// Means of conditions, with the mean of all as one trial more, by hand.
func TestConditionMean(t *testing.T) {
	row := func(values ...float32) *dataset.Array {
		return &dataset.Array{Trials: len(values), Bins: 1, Features: 1, Data: values}
	}
	counts := row(4, 1, 0, 3, nan)
	d := &dataset.Dataset{
		BinWidth: 20 * ms,
		Train:    &dataset.Split{Encod: counts, Recon: counts, Condition: []int64{7, 9, 9, 7, 9}},
		Valid:    &dataset.Split{Encod: row(0, 0, 0), Condition: []int64{9, 7, 8}},
	}
	f, e := fitted(t, ConditionMean{SDs: []time.Duration{30 * ms}}, d)
	const all = 2 // of 4, 1, 0, 3
	want := []float32{(1 + 0 + all) / 3., (4 + 3 + all) / 3., all}
	if !slices.Equal(e.Rates.Data, want) {
		t.Errorf("rates %v, want %v", e.Rates.Data, want)
	}
	for i, r := range smallRates(t) {
		if r == 0 {
			t.Errorf("rate %d is 0, and the neuron fired", i)
		}
	}
	if !strings.HasPrefix(e.Note, "1 of 3 trials") || !strings.Contains(f.Settings(), "each of 2 conditions") {
		t.Errorf("note %q, settings %q", e.Note, f.Settings())
	}
}

// smallRates are those of a neuron that fired once, far from the other bins.
func smallRates(t *testing.T) []float32 {
	counts := dataset.NewArray(3, 60, 1)
	counts.Bin(1, 0)[0] = 1
	d := &dataset.Dataset{BinWidth: 20 * ms, Train: &dataset.Split{Encod: counts, Recon: counts, Condition: []int64{0, 0, 1}}}
	d.Valid = d.Train
	_, e := fitted(t, ConditionMean{SDs: []time.Duration{30 * ms}}, d)
	return e.Rates.Data
}
