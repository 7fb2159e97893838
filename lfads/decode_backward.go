package lfads

import (
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/nn"
)

// decodeBackward goes back through all bins. It begins with the gradient at
// the output (in output) and the KL's gradient at the inferred inputs' means
// and log variances (in dInputPosterior); it leaves the gradient at the
// generator's first state in dGenerator and those at the CI encoder's states
// in dciForward and dciBackward.
func (m *Model) decodeBackward(t *tape, g *blockGradient) {
	clear(t.dGenerator)
	if m.HasController() {
		clear(t.dController)
		m.clearUnreadStates(t)
	}
	last := m.Shape.ReconBins - 1
	for bin := last; bin >= 0; bin-- {
		m.factorsBackward(t, bin, bin < last)
		m.generateBackward(t, bin)
		if m.HasController() {
			m.inferInputBackward(t, bin)
		}
		if bin%nn.ChunkBins(t.w) == 0 {
			m.accumulateDecoder(t, g, bin, min(nn.ChunkBins(t.w), last+1-bin))
		}
	}
	if m.HasController() {
		m.firstFactorsBackward(t, g)
		kernel.Add(g.controllerInitial, t.dController)
	}
}

// factorsBackward computes the gradient at the factors of one bin, from its
// output and from the next bin's controller, and adds what it gives the
// generator's state to dGenerator.
func (m *Model) factorsBackward(t *tape, bin int, hasNext bool) {
	d := t.chunkOf(t.dFactors, bin, m.Config.Factors*t.w)
	m.readout.Backward(d, at(t.output, bin, m.readout.Out*t.w), t.w)
	if hasNext && m.HasController() {
		kernel.Add(d, m.dFactorsOfController(t))
	}
	m.generatorOutBackward(t, bin+1, d, t.chunkOf(t.generatorOut, bin, m.Config.GeneratorDim*t.w))
}

// dFactorsOfController is the gradient that the controller, last gone back
// through, gives the factors it read.
func (m *Model) dFactorsOfController(t *tape) []float32 {
	return m.controllerFactors(t, t.dControllerInput, 0)
}

// generatorOutBackward adds to dGenerator what factors number i give it, d being
// their gradient. With dropout it leaves in out what they were read from: the
// gradient of the weights wants it.
func (m *Model) generatorOutBackward(t *tape, i int, d, out []float32) {
	m.factors.Backward(t.dGeneratorOut, d, t.w)
	if t.pass.DropoutRate > 0 {
		keep := t.maskAt(t.generatorMask, i, m.Config.GeneratorDim)
		t.drop(out, at(t.generatorState, i, len(out)), keep)
		t.drop(t.dGeneratorOut, t.dGeneratorOut, keep)
	}
	kernel.Add(t.dGenerator, t.dGeneratorOut)
}

// generateBackward goes back through the generator of one bin.
func (m *Model) generateBackward(t *tape, bin int) {
	n := m.Config.GeneratorDim * t.w
	var dx []float32
	if m.HasController() {
		dx = t.dGeneratorInput // without a controller the inputs are data
	}
	m.generator.Backward(t.dGenerator, dx, at(t.generatorAct, bin, 3*n), at(t.generatorState, bin, n), t.chunkOf(t.generatorRH, bin, n), t.w)
}

// inferInputBackward goes back through the sampling of the inferred inputs and
// the controller of one bin.
func (m *Model) inferInputBackward(t *tape, bin int) {
	u := m.Config.InferredInputs * t.w
	d := at(t.dInputPosterior, bin, 2*u)
	noise, std := at(t.inputNoise, bin, u), at(t.inputStd, bin, u)
	for i, v := range t.dGeneratorInput[:u] {
		d[i] += v
		d[u+i] += float32(float32(.5*v) * float32(noise[i]*std[i]))
	}
	m.inputHead.Backward(t.dControllerState, d, t.w)
	kernel.Add(t.dController, t.dControllerState)

	n := m.Config.ControllerDim * t.w
	dx, act := m.dFactorsOfController(t), at(t.controllerAct, bin, 3*n)
	m.controller.Backward(t.dController, dx, act, at(t.controllerState, bin, n), t.chunkOf(t.controllerRH, bin, n), t.w)
	if t.pass.DropoutRate > 0 {
		t.drop(dx, dx, m.controllerKeep(t, bin, m.controller.Early))
	}
	m.projectControllerInputBackward(t, bin, act)
}

// firstFactorsBackward goes back through the factors of the generator's first
// state, which only the first bin's controller reads.
func (m *Model) firstFactorsBackward(t *tape, g *blockGradient) {
	d := m.dFactorsOfController(t)
	m.generatorOutBackward(t, 0, d, t.generatorOut[:m.Config.GeneratorDim*t.w])
	g.factors.Accumulate(m.factorsInput(t, 0), d, 1, t.w, t.scratch)
}

// factorsInput returns the states that factors were read from, from number i
// on: a chunk that generatorOutBackward left, or without dropout the generator's
// own.
func (m *Model) factorsInput(t *tape, i int) []float32 {
	if t.pass.DropoutRate == 0 {
		return t.generatorState[i*m.Config.GeneratorDim*t.w:]
	}
	return t.generatorOut
}

// accumulateDecoder adds the weight gradients of steps bins from first on.
func (m *Model) accumulateDecoder(t *tape, g *blockGradient, first, steps int) {
	c, w := &m.Config, t.w
	from := func(x []float32, i, features int) []float32 { return x[i*features*w:] }
	g.readout.Accumulate(from(t.factors, first+1, c.Factors), from(t.output, first, m.readout.Out), steps, w, t.scratch)
	g.factors.Accumulate(m.factorsInput(t, first+1), t.dFactors, steps, w, t.scratch)
	g.generator.Accumulate(nn.Input{Dense: from(t.generatorInput, first, m.generator.In)}, from(t.generatorState, first, c.GeneratorDim),
		t.generatorRH, from(t.generatorAct, first, 3*c.GeneratorDim), steps, w, t.scratch)
	if m.HasController() {
		g.inputHead.Accumulate(from(t.controllerState, first+1, c.ControllerDim), from(t.dInputPosterior, first, 2*c.InferredInputs), steps, w, t.scratch)
		g.controller.Accumulate(nn.Input{Dense: from(t.controllerInput, first, m.controller.In)}, from(t.controllerState, first, c.ControllerDim),
			t.controllerRH, from(t.controllerAct, first, 3*c.ControllerDim), steps, w, t.scratch)
	}
}
