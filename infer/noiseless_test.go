package infer_test

import (
	"slices"
	"testing"

	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/lfads"
)

// A model that is not variational has one sample, whatever is wanted and whatever the
// seed: inputs that drive the generator are their posterior means.
func TestNotVariational(t *testing.T) {
	d, inputs := recording(), 2
	for _, variational := range []bool{true, false} {
		config := newModel(t, inputs).Config
		config.Variational = variational
		model, err := lfads.New(config, lfads.Shape{HeldIn: heldIn, Neurons: neurons, Bins: bins, ReconBins: reconBins})
		if err != nil {
			t.Fatal(err)
		}
		model.Initialise(2, 0)
		of := func(seed uint64) *infer.Result {
			r, err := infer.Run(t.Context(), model, d, infer.Options{Samples: samples, Seed: seed, Engine: lfads.Threads(1)})
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		one, other := of(1), of(2)
		if want := map[bool]int{true: samples, false: 1}[variational]; one.Samples != want {
			t.Errorf("variational %v: %d samples, want %d", variational, one.Samples, want)
		}
		if same := slices.Equal(one.Train.Rates.Data, other.Train.Rates.Data); same == variational {
			t.Errorf("variational %v: two seeds give the same rates: %v", variational, same)
		}
		if same := slices.Equal(one.Train.GeneratorInputs.Data, one.Train.InputMeans.Data); same == variational {
			t.Errorf("variational %v: inputs are their means: %v", variational, same)
		}
	}
}
