package infer_test

import (
	"math"
	"reflect"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// Rates are inferred for what was not observed, too: it is read as 0, whatever is
// missing of a trial, and what a model only reconstructs is not looked at.
func TestMissingSpikesAreInferred(t *testing.T) {
	missing, zeros := recording(), recording()
	for _, s := range map[string][2]*dataset.Split{"train": {missing.Train, zeros.Train}, "valid": {missing.Valid, zeros.Valid}, "test": {missing.Test, zeros.Test}} {
		for i := range s[0].Encod.Data {
			if trial := i / bins / heldIn; trial == 0 || i%3 == 1 {
				s[0].Encod.Data[i], s[1].Encod.Data[i] = float32(math.NaN()), 0
			}
		}
		if s[0].Recon != nil {
			for i := range s[0].Recon.Data {
				s[0].Recon.Data[i] = float32(math.NaN())
			}
		}
	}
	model := newModel(t, 2)
	got, want := run(t, model, missing, 1), run(t, model, zeros, 1)
	if !reflect.DeepEqual(got.Train, want.Train) || !reflect.DeepEqual(got.Valid, want.Valid) || !reflect.DeepEqual(got.Test, want.Test) {
		t.Error("what is missing is not read as 0")
	}
	g := open(t, write(t, missing, got))
	for _, name := range []string{"train_output_params", "valid_output_params", "test_output_params", "rates_hz"} {
		for i, v := range floats(t, g, name) {
			if !(v > 0) {
				t.Fatalf("%s: rate %d is %v", name, i, v)
			}
		}
	}
}
