package lfads

import (
	"testing"

	"github.com/autolfads/autolfads/internal/golden"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/internal/naive"
)

// TestGolden compares every output, loss term and gradient of the golden cases
// on every instruction set that this CPU has.
func TestGolden(t *testing.T) {
	for _, level := range kernel.Levels() {
		defer kernel.Use(level)()
		for _, name := range golden.Cases {
			c := golden.Load(t, name)
			config, params, in := naive.FromGolden(c)
			t.Run(level.String()+"/"+name, func(t *testing.T) {
				reference{config, params, in}.golden(t, c.Noise)
			})
			if c.Mean != nil {
				in.NoiseIC, in.NoiseInput, in.NoisePrior = nil, nil, nil
				t.Run(level.String()+"/"+name+"/mean", func(t *testing.T) {
					reference{config, params, in}.golden(t, c.Mean)
				})
			}
		}
	}
}

func (r reference) golden(t *testing.T, want *golden.Run) {
	model, batch, objective, pass := r.build(t)
	engine := NewCPU(model, 1)
	loss := engine.Evaluate(batch, objective, pass)
	for name, got := range map[string]float64{
		"total": loss.Total, "recon": loss.Recon, "l2": loss.L2, "kl_ic_unscaled": loss.KLIC, "kl_co_unscaled": loss.KLInput,
	} {
		golden.NearScalar(t, name, got, want.Losses.Float(name))
	}
	tape := engine.threads[0][engine.parts[0].w]
	model.forward(tape) // once more: the readout is scratch where nothing was observed
	model.compareOutputs(t, tape, want.Outputs)

	grad := make([]float32, len(model.Params))
	engine.Gradient(grad, batch, objective, pass)
	r.eachTensor(model, grad, naive.GoldenParams(want.Grads), func(name string, got []float32, want []float64) {
		golden.Near(t, "gradient of "+name, got, want, golden.Tolerance)
	})
}

// compareOutputs compares a tape after the forward pass with golden outputs.
func (m *Model) compareOutputs(t *testing.T, tape *tape, want *golden.Group) {
	t.Helper()
	c, w := &m.Config, tape.w
	after := func(x []float32, features int) []float32 { return x[features*w:] }
	check := func(name string, x []float32, bins, features, wanted int) {
		var got []float32
		for lane := range tape.trials {
			for bin := range bins {
				for f := range wanted {
					got = append(got, x[(bin*features+f)*w+lane])
				}
			}
		}
		golden.Near(t, name, got, want.Array(name).Data, golden.Tolerance)
	}
	bins, g, f := m.Shape.ReconBins, c.GeneratorDim, c.Factors
	check("enc_input", tape.input, m.Shape.Bins, m.Shape.HeldIn, m.Shape.HeldIn)
	check("ic_mean", tape.initial.posterior, 1, 0, c.InitialConditionDim)
	check("ic_std", tape.initial.std, 1, 0, c.InitialConditionDim)
	check("ic_samp", tape.initial.sample, 1, 0, c.InitialConditionDim)
	check("gen_init", tape.generator.state, 1, g, g)
	check("gen_states", after(tape.generator.state, g), bins, g, g)
	check("gen_inputs", tape.generator.input, bins, m.generator.cell.In, m.generator.cell.In)
	check("factors", after(tape.generator.factors, f), bins, f, f)
	if m.controller != nil {
		k, u := c.ControllerDim, c.InferredInputs
		check("con_states", after(tape.controller.state, k), bins, k, k)
		check("co_means", tape.controller.posterior, bins, 2*u, u)
		check("co_stds", tape.controller.std, bins, u, u)
		check("ci", tape.controller.input, bins, m.controller.cell.In, 2*c.CIEncoderDim)
	}
	m.compareEncoders(t, tape, want)
	m.compareReadout(t, tape, want)
}

// compareEncoders compares the final states of the initial condition's
// encoders, [directions][trials][units], and all states of the controller's.
func (m *Model) compareEncoders(t *testing.T, tape *tape, want *golden.Group) {
	t.Helper()
	units, w := m.Config.ICEncoderDim, tape.w
	var final, states []float32
	for direction := range 2 {
		for lane := range tape.trials {
			for u := range units {
				final = append(final, tape.initial.summary[(direction*units+u)*w+lane])
			}
		}
	}
	golden.Near(t, "ic_enc_hn", final, want.Array("ic_enc_hn").Data, golden.Tolerance)
	if m.controller == nil {
		return
	}
	for lane := range tape.trials {
		for bin := range m.controller.encoder.bins {
			for u := range 2 * m.Config.CIEncoderDim {
				sweep, ci := m.controller.encoder.forward, tape.controller.encoder.forward
				if u >= m.Config.CIEncoderDim {
					sweep, ci = m.controller.encoder.backward, tape.controller.encoder.backward
				}
				states = append(states, sweep.After(ci, bin)[u%m.Config.CIEncoderDim*w+lane])
			}
		}
	}
	golden.Near(t, "ci_enc_out", states, want.Array("ci_enc_out").Data, golden.Tolerance)
}

// compareReadout compares the readout, whose golden array has the parameters
// of a neuron last, and the means.
func (m *Model) compareReadout(t *testing.T, tape *tape, want *golden.Group) {
	t.Helper()
	neurons, params, w := m.Shape.Neurons, m.readout.likelihood.Outputs(), tape.w
	var readout, means []float32
	mean := make([]float32, neurons*w)
	for lane := range tape.trials {
		for bin := range m.Shape.ReconBins {
			out := at(tape.readout.output, bin, m.readout.linear.Out*w)
			m.readout.likelihood.Mean(mean, out)
			for n := range neurons {
				for p := range params {
					readout = append(readout, out[(p*neurons+n)*w+lane])
				}
				means = append(means, mean[n*w+lane])
			}
		}
	}
	golden.Near(t, "output_params", readout, want.Array("output_params").Data, golden.Tolerance)
	golden.Near(t, "output_means", means, want.Array("output_means").Data, golden.Tolerance)
}
