package metric_test

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/metric"
)

// The likelihood of a published Lorenz set under its true rates, to the five
// decimals with which it is known.
func TestOracleOfLorenzSet(t *testing.T) {
	file, err := hdf5.Open(testenv.Data(t, "lorenz/lfads_lorenz.h5"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for split, want := range map[string]float64{"train": .07769, "valid": .07752} {
		spikes, truth := read(t, file, split+"_data"), read(t, file, split+"_truth")
		for i := range truth.Data {
			truth.Data[i] *= .01 // spikes/s to bins of 10 ms
		}
		if got := metric.PoissonNLL(truth, spikes, metric.Stirling).Mean(); math.Abs(got-want) > .5e-5 {
			t.Errorf("%s: %v, want %v", split, got, want)
		}
	}
}

func read(t *testing.T, file *hdf5.File, key string) *dataset.Array {
	t.Helper()
	d, err := file.Root().Dataset(key)
	if err != nil {
		t.Fatal(err)
	}
	data, err := d.Float32s()
	if err != nil {
		t.Fatal(err)
	}
	s := d.Shape()
	return &dataset.Array{Trials: s[0], Bins: s[1], Features: s[2], Data: data}
}
