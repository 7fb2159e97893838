package lfads

import (
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/nn"
)

// The decoder is controller, generator and readout, bin after bin: what the
// controller infers depends on the factors of the bin before.

// binView says where one bin of the decoder lies, each [features][w]. States
// before and after the bin may be the same memory. Without a controller its fields
// are nil.
type binView struct {
	controller     nn.Step   // its late inputs are factors, after dropout
	factorsKeep    []uint8   // their mask
	posterior, std []float32 // of the inferred inputs: means and log variances; deviations
	noise          []float32
	generator      nn.Step
	factorsBefore  []float32
	factorsAfter   []float32
	output         []float32
}

// view returns a bin's places on the tape.
func (m *Model) view(t *tape, bin int) binView {
	g, gt, n, f := m.generator, &t.generator, m.generator.dim*t.w, m.generator.factors.Out*t.w
	s := binView{
		generator: nn.Step{
			Before: at(gt.state, bin, n), After: at(gt.state, bin+1, n), Gates: at(gt.gates, bin, 3*n),
			Late: at(gt.input, bin, g.cell.In*t.w), RH: t.scratchState,
		},
		factorsBefore: at(gt.factors, bin, f), factorsAfter: at(gt.factors, bin+1, f),
		output: at(t.readout.output, bin, m.readout.linear.Out*t.w),
	}
	m.controller.view(t, bin, &s)
	return s
}

func (p *controller) view(t *tape, bin int, s *binView) {
	if p == nil {
		return
	}
	v, n, u := &t.controller, p.dim*t.w, p.inputs*t.w
	s.controller = nn.Step{
		Before: at(v.state, bin, n), After: at(v.state, bin+1, n), Gates: at(v.gates, bin, 3*n),
		Early: v.early, Late: p.factorsOf(t, v.input, bin), RH: t.scratchState,
	}
	s.factorsKeep = p.keepAt(t, bin, p.cell.Early)
	s.posterior, s.std, s.noise = at(v.posterior, bin, 2*u), at(v.std, bin, u), at(v.noise, bin, u)
}

// decode runs the decoder over all bins.
func (m *Model) decode(t *tape) {
	m.prepareDecode(t)
	first := m.view(t, 0)
	m.generator.readFactors(t, 0, first.factorsBefore, first.generator.Before)
	for bin := range m.Shape.ReconBins {
		s := m.view(t, bin)
		m.controller.project(t, bin, s.controller.Early)
		m.decodeBin(t, bin, &s)
	}
}

// prepareDecode sets what all bins need.
func (m *Model) prepareDecode(t *tape) {
	m.controller.prepare(t)
	m.generator.prepare(t)
}

// decodeBin runs the decoder for one bin.
func (m *Model) decodeBin(t *tape, bin int, s *binView) {
	m.controller.infer(t, s)
	m.generator.step(t, bin, s)
	m.readout.forward(t, s)
}

// decodeBackward goes back through all bins. It begins with the gradient at the
// output, in its place, and the divergence's at the inferred inputs' posterior; it
// leaves the gradients at the first state of the generator and at the states of the
// controller's encoder.
func (m *Model) decodeBackward(t *tape, g *blockGradient) {
	clear(t.generator.dState)
	m.controller.beginBackward(t)
	last := m.Shape.ReconBins - 1
	for bin := last; bin >= 0; bin-- {
		m.factorsBackward(t, bin, bin < last)
		dInput := m.generator.backward(t, bin)
		m.controller.inferBackward(t, bin, dInput)
		if bin%nn.ChunkBins(t.w) == 0 {
			m.accumulateDecoder(t, g, bin, min(nn.ChunkBins(t.w), last+1-bin))
		}
	}
	if m.controller != nil {
		m.generator.firstFactorsBackward(t, &g.generator, m.controller.dFactors(t))
	}
}

// factorsBackward computes the gradient at the factors of one bin, from its
// output and from the next bin's controller, and takes it to the generator's state.
func (m *Model) factorsBackward(t *tape, bin int, hasNext bool) {
	d := t.chunkOf(t.generator.dFactors, bin, m.generator.factors.Out*t.w)
	m.readout.backward(t, bin, d)
	if hasNext && m.controller != nil {
		kernel.Add(d, m.controller.dFactors(t))
	}
	m.generator.factorsBackward(t, bin+1, d, t.chunkOf(t.generator.out, bin, m.generator.dim*t.w))
}

// accumulateDecoder adds the weight gradients of steps bins from first on.
func (m *Model) accumulateDecoder(t *tape, g *blockGradient, first, steps int) {
	factors := from(t.generator.factors, first+1, m.generator.factors.Out*t.w)
	g.readout.linear.Accumulate(factors, from(t.readout.output, first, m.readout.linear.Out*t.w), steps, t.scratch)
	m.generator.accumulate(t, &g.generator, first, steps)
	m.controller.accumulate(t, &g.controller, first, steps)
}
