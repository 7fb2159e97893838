package lfads

import (
	"testing"

	"github.com/autolfads/autolfads/internal/naive"
	"github.com/autolfads/autolfads/rng"
)

// Where a zero-inflated Gamma's logistic functions are below their bound, each of the
// three in some neurons, losses and gradients are the naive reference's.
func TestZeroInflatedGammaBelowBounds(t *testing.T) {
	config := everyFeature()
	config.Likelihood, config.ZIG = naive.ZeroInflatedGamma, naive.ZIG{Location: .1, Prior: 2, Penalty: .3}
	source := rng.NewSource(rng.Derive(1, rng.Synthesis))
	r := reference{config, config.RandomParams(source), config.RandomInputs(source, 16)}
	bias := r.params["readout.0.bias"].Data
	for i := 0; i < len(bias); i += 2 {
		bias[i] = -14 // e^-14 is 8e-7
	}
	r.fixVariances()
	model, batch, objective, pass := r.build(t)
	r.check(t, model, batch, objective, pass)
}
