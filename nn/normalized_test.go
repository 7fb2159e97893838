package nn_test

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// Weights that differ in the norm of their rows alone are the same once standardised, and
// compute what they computed.
func TestStandardise(t *testing.T) {
	const in, out, w = 5, 3, 8
	var layout nn.Layout
	l := nn.NewNormalized(&layout, "unit", in, out)
	params, x := make([]float32, layout.Size), nn.NewActivations(nil, 1, in, w)
	rng.Derive(1, rng.Synthesis).Normals(params, 0)
	rng.Derive(2, rng.Synthesis).Normals(x, 0)
	scaled := slices.Clone(params)
	for i := range scaled {
		scaled[i] *= float32(int(4) << (i % out)) // a power of two for each output: exact
	}
	run := func(p []float32) []float32 {
		y := nn.NewActivations(nil, 1, out, w)
		l.Prepare(p)
		l.Forward(y, x, w)
		return y
	}
	before := run(params)
	l.Standardise(params)
	l.Standardise(scaled)
	if !slices.Equal(params, scaled) {
		t.Errorf("standardised %v and %v", params, scaled)
	}
	for o := range out {
		norm := 0.
		for i := range in {
			norm += float64(params[i*out+o]) * float64(params[i*out+o])
		}
		if math.Abs(norm-1) > 1e-6 {
			t.Errorf("row %d has the norm %v", o, math.Sqrt(norm))
		}
	}
	for i, v := range run(params) {
		if math.Abs(float64(v-before[i])) > 1e-6 {
			t.Errorf("output %d is %v, was %v", i, v, before[i])
		}
	}
}
