package lfads

import (
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/internal/rng"
	"github.com/autolfads/autolfads/nn"
)

// decode runs controller, generator, factors and readout over all bins:
//
//	c_t = GRU(dropout[ci_t, f_{t-1}]),  u_t ~ N(linear(c_t))
//	g_t = GRU([u_t, dropout(external_t)]),  f_t = V dropout(g_t)
//
// Dropout never touches the states that are carried on.
//
// Before, encode has projected the encoder's part of the controller's input.
func (m *Model) decode(t *tape) {
	m.prepareDecode(t)
	for bin := range m.Shape.ReconBins {
		if m.HasController() {
			m.inferInput(t, bin)
		}
		m.generate(t, bin)
	}
}

func (m *Model) prepareDecode(t *tape) {
	if m.HasController() {
		nn.Broadcast(at(t.controllerState, 0, m.Config.ControllerDim*t.w), m.controllerInitial.Of(m.Params), t.w)
		t.fillNoise(t.inputNoise, rng.PosteriorInput, m.Shape.ReconBins, m.Config.InferredInputs)
	}
	if t.pass.DropoutRate > 0 {
		t.keyDropout(t.dropFactors, rng.DropoutFactors)
	}
	m.loadExternal(t)
	m.readFactors(t, 0)
}

// loadExternal writes the external inputs, after dropout, into the generator's
// input; bins beyond them (forward bins, if the file stops there) have none.
func (m *Model) loadExternal(t *tape) {
	ext := m.Shape.External
	if ext == 0 {
		return
	}
	first := m.Config.InferredInputs * t.w
	for bin := range m.Shape.ReconBins {
		row := at(t.generatorInput, bin, m.generator.In*t.w)[first:]
		clear(row)
		if bin >= t.batch.External.Bins {
			continue
		}
		for lane, trial := range t.trials {
			for e, v := range t.batch.External.Bin(trial, bin) {
				row[e*t.w+lane] = v
			}
		}
		if t.pass.DropoutRate > 0 {
			t.dropout(rng.DropoutExternal).Mask(t.externalMask, bin, ext, t.w)
			mul(row, t.externalMask)
		}
	}
}

// inferInput runs the controller for one bin and samples the inferred inputs.
func (m *Model) inferInput(t *tape, bin int) {
	x, mask := m.controllerFactors(t, t.controllerInput, bin), m.controllerFactors(t, t.controllerMask, bin)
	t.dropInto(x, at(t.factors, bin, len(x)), mask)
	n := m.Config.ControllerDim * t.w
	state := at(t.controllerState, bin+1, n)
	m.controller.Forward(state, at(t.controllerAct, bin, 3*n), t.scratchState, at(t.controllerState, bin, n),
		at(t.controllerEarly, bin, 3*n), x, t.w)

	u := m.Config.InferredInputs * t.w
	posterior, noise, std := at(t.inputPosterior, bin, 2*u), at(t.inputNoise, bin, u), at(t.inputStd, bin, u)
	m.inputHead.Forward(posterior, state, t.w)
	input := at(t.generatorInput, bin, m.generator.In*t.w)
	for i := range std {
		std[i] = kernel.Exp(.5 * posterior[u+i])
		input[i] = posterior[i] + float32(noise[i]*std[i])
	}
}

// generate runs the generator for one bin and reads factors and output.
func (m *Model) generate(t *tape, bin int) {
	n := m.Config.GeneratorDim * t.w
	m.generator.Forward(at(t.generatorState, bin+1, n), at(t.generatorAct, bin, 3*n), t.scratchState,
		at(t.generatorState, bin, n), nil, at(t.generatorInput, bin, m.generator.In*t.w), t.w)
	m.readFactors(t, bin+1)
	m.readout.Forward(at(t.output, bin, m.readout.Out*t.w), at(t.factors, bin+1, m.Config.Factors*t.w), t.w)
}

// readFactors reads factors from the generator's state number i (0: before the
// first bin).
func (m *Model) readFactors(t *tape, i int) {
	n := m.Config.GeneratorDim * t.w
	m.factors.Forward(at(t.factors, i, m.Config.Factors*t.w), m.generatorOut(t, i, n), t.w)
}

// generatorOut returns the generator's state number i after dropout, computing
// it if there is dropout.
func (m *Model) generatorOut(t *tape, i, n int) []float32 {
	if t.pass.DropoutRate == 0 {
		return at(t.generatorState, i, n)
	}
	out, mask := t.generatorOut[:n], at(t.generatorMask, i, n)
	t.dropFactors.Mask(mask, i, m.Config.GeneratorDim, t.w)
	kernel.MulTo(out, at(t.generatorState, i, n), mask)
	return out
}
