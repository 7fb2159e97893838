package lfads_test

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/internal/golden"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/internal/naive"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/train"
)

// Tolerances of parameters after optimiser steps, in learning rates.
//
// Adam's first step is g / (|g| + eps) learning rates long, so nearly a sign.
// The gradient errs by up to 2e-5 of its tensor's largest element
// (golden.Tolerance), the direction of an element at share s of the largest by
// less than 2e-5 / s; and Adam's eps (1e-8) bends the sign where clipped
// gradients come near it, equally on both sides. The step itself is exact to
// rounding, and adding it to a parameter of size 1 rounds by 6e-8, that is
// 1.5e-5 learning rates of 4e-3.
//
// An element below share 1e-4 may be off by a good part of a step, one whose
// true gradient is 0 by a whole one; a bias in all of them would still be seen
// in the others.
const (
	clearShare      = 1e-4
	toleranceFirst  = 1e-3 // clear elements after step 1: rounding, and errors of 2e-5/s of a bent sign
	toleranceThird  = 3e-2 // clear elements after step 3: moments mix three gradients, each 2e-5/s off, at s >= 1e-4
	toleranceUnsure = 2    // a step: from +1 to -1
)

// Parameters after 1 and 3 optimiser steps on the golden cases, and the loss
// and the gradient's norm seen at steps 1 to 3.
func TestGoldenSteps(t *testing.T) {
	for _, level := range kernel.Levels() {
		defer kernel.Use(level)()
		for _, name := range golden.Cases {
			c := golden.Load(t, name)
			t.Run(level.String()+"/"+name, func(t *testing.T) { goldenSteps(t, c) })
		}
	}
}

func goldenSteps(t *testing.T, c *golden.Case) {
	config, params, in := naive.FromGolden(c)
	b := lfads.BuildGolden(t, config, params, in)
	settings := train.DefaultConfig()
	settings.AdamBeta1, settings.AdamBeta2, settings.AdamEpsilon = config.AdamBeta1, config.AdamBeta2, config.AdamEpsilon
	settings.GradientClip = config.GradientClip

	engine, grad := lfads.NewCPU(b.Model, 1), make([]float32, len(b.Model.Params))
	optimiser := train.NewAdam(len(grad))
	first := make([]float32, len(grad))
	totals, norms := c.Noise.Losses.Floats("total_steps_1_2_3"), c.Noise.Grads.Floats("global_norm_steps_1_2_3")
	for step := range 3 {
		loss := engine.Gradient(grad, b.Batch, b.Objective, b.Pass)
		if step == 0 {
			copy(first, grad)
		}
		norm := optimiser.Update(b.Model.Params, grad, &settings, config.LearningRate, config.WeightDecay*config.L2Ramp())
		b.Model.Prepare()
		// Steps 2 and 3 see parameters that differ by the tolerances above: a
		// few thousandths of a step of 4e-3 change the loss by less than 1e-4.
		tolerance := []float64{2e-5, 1e-4, 1e-4}[step]
		relative(t, "total", step, loss.Total, totals[step], tolerance)
		relative(t, "gradient norm", step, norm, norms[step], 5*tolerance)
		switch step {
		case 0:
			compareSteps(t, b, c.Noise.After1, first, config.LearningRate, 1, toleranceFirst)
		case 2:
			compareSteps(t, b, c.Noise.After3, first, config.LearningRate, 3, toleranceThird)
		}
	}
}

func relative(t *testing.T, name string, step int, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Abs(want)) {
		t.Errorf("%s at step %d = %v, want %v", name, step+1, got, want)
	}
}

// compareSteps compares parameters after some steps; first is the gradient of
// the first step, which says what is clear.
func compareSteps(t *testing.T, b *lfads.Built, want *golden.Group, first []float32, rate float64, steps int, tolerance float64) {
	t.Helper()
	gradients := map[string][]float32{}
	for _, tensor := range b.Model.Layout.Tensors {
		gradients[tensor.Name] = tensor.Of(first)
	}
	sure, all := 0, 0
	b.EachTensor(b.Model.Params, naive.GoldenParams(want), func(name string, got []float32, want []float64) {
		largest := 0.
		for _, g := range gradients[name] {
			largest = max(largest, math.Abs(float64(g)))
		}
		for i := range want {
			bound := toleranceUnsure * float64(steps)
			all++
			if math.Abs(float64(gradients[name][i])) > clearShare*largest {
				bound = tolerance
				sure++
			}
			if d := math.Abs(float64(got[i])-want[i]) / rate; !(d <= bound) {
				t.Errorf("after %d steps %s[%d] = %v, want %v: off by %.3g learning rates, allowed %g", steps, name, i, got[i], want[i], d, bound)
			}
		}
	})
	if sure < all*9/10 {
		t.Errorf("only %d of %d elements are held to the strict tolerance", sure, all)
	}
}
