package lfads

import (
	"testing"

	"github.com/autolfads/autolfads/internal/naive"
)

// Built is a golden case made ready for the engine, for tests outside of this
// package.
type Built struct {
	Model     *Model
	Batch     Batch
	Objective *Objective
	Pass      *Pass
	reference
}

// BuildGolden makes a golden case ready for the engine.
func BuildGolden(t testing.TB, config *naive.Config, params naive.Params, in *naive.Inputs) *Built {
	b := &Built{reference: reference{config, params, in}}
	b.Model, b.Batch, b.Objective, b.Pass = b.build(t)
	return b
}

// EachTensor visits the tensors of a flat vector beside the reference's values.
func (b *Built) EachTensor(flat []float32, theirs naive.Params, visit func(name string, got []float32, want []float64)) {
	b.eachTensor(b.Model, flat, theirs, visit)
}
