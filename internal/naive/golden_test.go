package naive

import (
	"fmt"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/internal/golden"
)

// tolerance is relative to the largest element of a tensor. Both sides compute
// in float64, with sums of at most a few hundred terms in different orders:
// errors of 3e-15 are seen, and a compiler that fuses multiply-adds elsewhere
// may change them a little.
//
// It holds for parameters after optimiser steps too. Adam's first step,
// g / (|g| + eps), is steep only where |g| is near eps, and the smallest
// clipped gradient in these cases, 2e-6, is far above eps = 1e-8 (D: 9e-6 and
// 1e-7); two gradients in H are exactly 0 on both sides.
const tolerance = 1e-12

// TestGolden compares every output, loss term, gradient and optimiser step of
// every case.
func TestGolden(t *testing.T) {
	for _, name := range golden.Cases {
		t.Run(name, func(t *testing.T) {
			c := golden.Load(t, name)
			testRun(t, c, c.Noise, false)
			if c.Mean != nil {
				t.Run("mean", func(t *testing.T) { testRun(t, c, c.Mean, true) })
			}
		})
	}
}

func testRun(t *testing.T, c *golden.Case, want *golden.Run, mean bool) {
	config, params, in := FromGolden(c)
	if mean {
		in.NoiseIC, in.NoiseInput, in.NoisePrior = nil, nil, nil
	}
	if _, augmented := c.Inputs.Arrays["encoder_input_after_aug"]; augmented {
		r := newModel(config, params, in)
		near(t, "encoder_input_after_aug", trialsFirst(r.out.Outputs.EncoderInput), c.Inputs.Array("encoder_input_after_aug").Data)
	}
	optimiser := NewAdamW(config)
	totals, norms := want.Losses.Floats("total_steps_1_2_3"), want.Grads.Floats("global_norm_steps_1_2_3")
	for step := range 3 {
		r := Evaluate(config, params, in)
		if step == 0 {
			compareOutputs(t, config, want.Outputs, &r.Outputs)
			compareLosses(t, config, want.Losses, &r.Losses, observedShare(in.Target) < 1)
			compareGrads(t, c.Trainable, want.Grads, r.Grads)
		}
		near(t, fmt.Sprintf("total in step %d", step+1), []float64{r.Losses.Total}, totals[step:step+1])
		norm := optimiser.Step(params, r.Grads)
		near(t, fmt.Sprintf("gradient norm in step %d", step+1), []float64{norm}, norms[step:step+1])
		switch step + 1 {
		case 1:
			compareParams(t, want.After1, params)
		case 3:
			compareParams(t, want.After3, params)
		}
	}
	if want.After1.Has("weight_decay_used") {
		near(t, "weight decay", []float64{config.WeightDecay * config.L2Ramp()}, want.After1.Floats("weight_decay_used"))
	}
}

func compareOutputs(t *testing.T, config *Config, want *golden.Group, got *Outputs) {
	t.Helper()
	outputs := map[string][]float64{
		"enc_input":     trialsFirst(got.EncoderInput),
		"ic_enc_hn":     append(slices.Clone(got.ICForward.Data), got.ICBackward.Data...),
		"ci_enc_out":    trialsFirst(got.CIStates),
		"ci":            trialsFirst(got.CI),
		"ic_mean":       got.ICMean.Data,
		"ic_std":        got.ICStd.Data,
		"ic_samp":       got.ICSample.Data,
		"gen_init":      got.GeneratorInit.Data,
		"gen_states":    trialsFirst(got.GeneratorStates),
		"con_states":    trialsFirst(got.ControllerStates),
		"co_means":      trialsFirst(got.InputMeans),
		"co_stds":       trialsFirst(got.InputStds),
		"gen_inputs":    trialsFirst(got.GeneratorInputs),
		"factors":       trialsFirst(got.Factors),
		"output_params": parametersLast(trialsFirst(got.Readout), config.ReconNeurons, config.Likelihood.readoutParams()),
		"output_means":  trialsFirst(got.Means),
	}
	for _, name := range want.Names() {
		near(t, name, outputs[name], want.Array(name).Data)
	}
}

func compareLosses(t *testing.T, config *Config, want *golden.Group, got *Losses, missing bool) {
	t.Helper()
	for name, value := range map[string]float64{
		"total":          got.Total,
		"recon":          got.Recon,
		"l2":             got.L2,
		"l2_ramp":        got.L2Ramp,
		"kl_ramp":        got.KLRamp,
		"kl_ic_unscaled": got.KLIC,
		"kl_co_unscaled": got.KLInput,
		"kl_ic_scaled":   got.KLIC * config.KLICScale,
		"kl_co_scaled":   got.KLInput * config.KLInputScale,
	} {
		near(t, name, []float64{value}, want.Floats(name))
	}
	elements := trialsFirst(got.Elementwise)
	if !missing { // what the reference had in place of missing data is not ours
		near(t, "recon_elementwise", elements, want.Array("recon_elementwise").Data)
	}
	near(t, "recon_elementwise_after_aug", elements, want.Array("recon_elementwise_after_aug").Data)
	near(t, "recon_sess0", []float64{got.Recon}, want.Array("recon_sess0").Data)
}

// compareGrads also checks that the same parameters are trained; the reference
// lists some without elements, which are not parameters here.
func compareGrads(t *testing.T, trainable []string, want *golden.Group, got Params) {
	t.Helper()
	for _, name := range trainable {
		if data := want.Array(name).Data; len(data) > 0 {
			if got[name] == nil {
				t.Errorf("no gradient for %s", name)
				continue
			}
			near(t, "gradient of "+name, got[name].Data, data)
		}
	}
	for name := range got {
		if !slices.Contains(trainable, name) {
			t.Errorf("%s is trained here, not by the reference", name)
		}
	}
}

// compareParams compares every parameter after some steps.
func compareParams(t *testing.T, want *golden.Group, got Params) {
	t.Helper()
	for name, p := range got {
		near(t, name+" after steps", p.Data, want.Array(name).Data)
	}
}

func near(t *testing.T, name string, got, want []float64) {
	t.Helper()
	if e := golden.MaxError(got, want); !(e <= tolerance) {
		t.Errorf("%s: relative error %.3g, want at most %g (%d elements, want %d)", name, e, tolerance, len(got), len(want))
	}
}

// trialsFirst returns the elements in the order [trials, bins, features].
func trialsFirst(s Sequence) []float64 {
	var out []float64
	for b := 0; len(s) > 0 && b < s[0].Rows; b++ {
		for _, m := range s {
			out = append(out, m.Data[b*m.Cols:(b+1)*m.Cols]...)
		}
	}
	return out
}

// parametersLast turns rows of [parameters, neurons] into [neurons, parameters].
func parametersLast(rows []float64, neurons, parameters int) []float64 {
	out := make([]float64, len(rows))
	for i, x := range rows {
		row, parameter, neuron := i/(neurons*parameters), i/neurons%parameters, i%neurons
		out[(row*neurons+neuron)*parameters+parameter] = x
	}
	return out
}
