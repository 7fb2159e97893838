package lfads

import (
	"math"
	"slices"
	"testing"
)

// Copies of trials have the losses of the trials, where no random number is drawn, also
// of those that lack elements; a single copy is the data themselves.
func TestCopies(t *testing.T) {
	model, batch, objective, _ := random(t, everyFeature(), 5)
	batch.Recon.Data[3] = float32(math.NaN())
	batch.Data = model.NewData(batch.Split)
	if one := batch.Copies(1); one != batch.Data {
		t.Error("a single copy is another")
	}
	pass := &Pass{Noise: NoNoise{}, ByTrial: make([]float64, 5)}
	NewCPU(model, 1).Evaluate(batch, objective, pass)
	want := slices.Repeat(pass.ByTrial, 3)

	many := Batch{Data: batch.Copies(3)}
	for i := range 15 {
		many.Trials = append(many.Trials, i)
	}
	pass.ByTrial = make([]float64, 15)
	loss := NewCPU(model, 1).Evaluate(many, objective, pass)
	if !slices.Equal(pass.ByTrial, want) || want[0] == want[1] {
		t.Errorf("losses of three copies are %v, want %v", pass.ByTrial, want)
	}
	if n := 3 * batch.Data.Observed(); loss.Elements != n || many.Observed() != n {
		t.Errorf("three copies have %d elements, want %d", loss.Elements, n)
	}
}
