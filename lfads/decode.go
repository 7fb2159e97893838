package lfads

import (
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// decode runs controller, generator, factors and readout over all bins:
//
//	c_t = GRU(dropout[ci_t, f_{t-1}]),  u_t ~ N(linear(c_t))
//	g_t = GRU([u_t, dropout(external_t)]),  f_t = V dropout(g_t)
//
// Dropout never touches the states that are carried on.
func (m *Model) decode(t *tape) {
	m.prepareDecode(t)
	m.readFactors(t, 0, at(t.factors, 0, m.Config.Factors*t.w), at(t.generatorState, 0, m.Config.GeneratorDim*t.w))
	for bin := range m.Shape.ReconBins {
		s := m.place(t, bin)
		if m.HasController() {
			m.projectControllerInput(t, bin, s.early)
		}
		m.decodeBin(t, bin, &s)
	}
}

// prepareDecode sets what all bins need: the controller's first state, noise of
// the inferred inputs, keys of dropout.
func (m *Model) prepareDecode(t *tape) {
	if m.HasController() {
		nn.Broadcast(at(t.controllerState, 0, m.Config.ControllerDim*t.w), m.controllerInitial.Of(m.Params), t.w)
		t.fillNoise(t.inputNoise, rng.PosteriorInput, m.Shape.ReconBins, m.Config.InferredInputs)
	}
	if t.pass.DropoutRate > 0 {
		t.keyDropout(t.dropFactors, rng.DropoutFactors)
		t.keyDropout(t.dropController, rng.DropoutController)
	}
}

// places says where one bin of the decoder lies, each [features][w]. States
// before and after the bin may be the same memory. Without a controller its
// places are nil.
type places struct {
	early            []float32 // product of the controller's encoder input
	factorsInput     []float32 // factors as the controller reads them, after dropout
	factorsKeep      []uint8   // their mask
	controllerAct    []float32
	controllerBefore []float32
	controllerAfter  []float32
	posterior, std   []float32 // of the inferred inputs: means and log variances; deviations
	noise            []float32
	generatorInput   []float32
	generatorAct     []float32
	generatorBefore  []float32
	generatorAfter   []float32
	factorsBefore    []float32
	factorsAfter     []float32
	output           []float32
}

// place returns a bin's places on the tape.
func (m *Model) place(t *tape, bin int) places {
	g, f := m.Config.GeneratorDim*t.w, m.Config.Factors*t.w
	s := places{
		generatorInput: at(t.generatorInput, bin, m.generator.In*t.w), generatorAct: at(t.generatorAct, bin, 3*g),
		generatorBefore: at(t.generatorState, bin, g), generatorAfter: at(t.generatorState, bin+1, g),
		factorsBefore: at(t.factors, bin, f), factorsAfter: at(t.factors, bin+1, f),
		output: at(t.output, bin, m.readout.Out*t.w),
	}
	if m.HasController() {
		c, u := m.Config.ControllerDim*t.w, m.Config.InferredInputs*t.w
		s.early, s.controllerAct = t.controllerEarly, at(t.controllerAct, bin, 3*c)
		s.controllerBefore, s.controllerAfter = at(t.controllerState, bin, c), at(t.controllerState, bin+1, c)
		s.factorsInput, s.factorsKeep = m.controllerFactors(t, t.controllerInput, bin), m.controllerKeep(t, bin, m.controller.Early)
		s.posterior, s.std, s.noise = at(t.inputPosterior, bin, 2*u), at(t.inputStd, bin, u), at(t.inputNoise, bin, u)
	}
	return s
}

// decodeBin runs the decoder for one bin.
func (m *Model) decodeBin(t *tape, bin int, s *places) {
	if m.HasController() {
		m.inferInput(t, s)
	}
	m.loadExternal(t, bin, s.generatorInput[m.Config.InferredInputs*t.w:])
	m.generator.Forward(s.generatorAfter, s.generatorAct, t.scratchState, s.generatorBefore, nil, s.generatorInput, t.w)
	m.readFactors(t, bin+1, s.factorsAfter, s.generatorAfter)
	m.readout.Forward(s.output, s.factorsAfter, t.w)
}

// inferInput runs the controller for one bin and samples the inferred inputs.
func (m *Model) inferInput(t *tape, s *places) {
	t.drop(s.factorsInput, s.factorsBefore, s.factorsKeep)
	m.controller.Forward(s.controllerAfter, s.controllerAct, t.scratchState, s.controllerBefore, s.early, s.factorsInput, t.w)
	m.inputHead.Forward(s.posterior, s.controllerAfter, t.w)
	means, logVars := s.posterior[:len(s.std)], s.posterior[len(s.std):]
	for i := range s.std {
		s.std[i] = maths.Exp32(.5 * logVars[i])
		s.generatorInput[i] = means[i] + float32(s.noise[i]*s.std[i])
	}
}

// loadExternal writes the external inputs of one bin, after dropout, to row;
// bins beyond them (forward bins, if the file stops there) have none.
func (m *Model) loadExternal(t *tape, bin int, row []float32) {
	ext := m.Shape.External
	if ext == 0 {
		return
	}
	clear(row)
	if bin >= t.batch.External.Bins {
		return
	}
	for lane, trial := range t.trials {
		for e, v := range t.batch.External.Bin(trial, bin) {
			row[e*t.w+lane] = v
		}
	}
	if t.pass.DropoutRate > 0 {
		t.dropoutOf(rng.DropoutExternal).Mask(t.externalMask, bin, ext, t.w)
		t.drop(row, row, t.externalMask)
	}
}

// readFactors reads factors from the generator's state number i (0: before the
// first bin) after dropout.
func (m *Model) readFactors(t *tape, i int, factors, state []float32) {
	if t.pass.DropoutRate > 0 {
		out, keep := t.generatorOut[:len(state)], t.maskAt(t.generatorMask, i, m.Config.GeneratorDim)
		t.dropFactors.Mask(keep, i, m.Config.GeneratorDim, t.w)
		t.drop(out, state, keep)
		state = out
	}
	m.factors.Forward(factors, state, t.w)
}
