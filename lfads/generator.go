package lfads

import (
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// generator makes the latent dynamics and their factors, bin after bin:
//
//	g_t = GRU([u_t, dropout(external_t)], g_{t-1}),  f_t = V dropout(g_t)
//
// with the rows of V normalised. Dropout never touches the state that is carried on.
type generator struct {
	bins, inferred, external, dim int // inputs: inferred, then external
	cell                          *nn.GRU
	factors                       *nn.Normalized
}

func (m *Model) newGenerator() *generator {
	c, s, l := &m.Config, &m.Shape, &m.Layout
	return &generator{
		bins: s.ReconBins, inferred: c.InferredInputs, external: s.External, dim: c.GeneratorDim,
		cell:    add(m, nn.NewGRU(l, "generator", nn.Cell{In: c.InferredInputs + s.External, Hidden: c.GeneratorDim, Limit: float32(c.CellClip)})),
		factors: add(m, nn.NewNormalized(l, "factors", c.GeneratorDim, c.Factors)),
	}
}

// generatorTape is what the forward pass leaves of the generator, and gradients on
// the way back. Index 0 of states and factors is before the first bin.
type generatorTape struct {
	input        []float32 // [bins][inputs][w]
	externalKeep []uint8   // [external], a row of a mask each
	gates        []float32 // [bins][3 dim][w]
	rh           []float32 // [ChunkBins][dim][w], of the bins whose weight gradients come next
	state        []float32 // [bins+1][dim][w]
	keep         []uint8   // [bins+1][dim], a row of a mask each
	out          []float32 // [ChunkBins][dim][w], states after dropout: what factors are read from
	factors      []float32 // [bins+1][factors][w]
	dropout      *nn.Dropout

	dInput   []float32 // [inputs][w]
	dState   []float32 // [dim][w]
	dOut     []float32 // [dim][w]
	dFactors []float32 // [ChunkBins][factors][w]
}

func (p *generator) newTape(a *nn.Arena, w int) generatorTape {
	b := func(bins, features int) []float32 { return nn.NewActivations(a, bins, features, w) }
	return generatorTape{
		input: b(p.bins, p.cell.In), externalKeep: nn.NewMask(a, 1, p.external, w),
		gates: b(p.bins, 3*p.dim), rh: b(nn.ChunkBins(w), p.dim),
		state: b(p.bins+1, p.dim), keep: nn.NewMask(a, p.bins+1, p.dim, w), out: b(nn.ChunkBins(w), p.dim),
		factors: b(p.bins+1, p.factors.Out), dropout: nn.NewDropout(a, w),
		dInput: b(1, p.cell.In), dState: b(1, p.dim), dOut: b(1, p.dim), dFactors: b(nn.ChunkBins(w), p.factors.Out),
	}
}

// generatorGrad accumulates its gradients.
type generatorGrad struct {
	cell    *nn.GRUGrad
	factors *nn.NormalizedGrad
}

func (p *generator) newGrad(a *nn.Arena, g *blockGradient) generatorGrad {
	return generatorGrad{own(g, p.cell.NewGrad(a, g.w)), own(g, p.factors.NewGrad(a, g.w))}
}

// firstState is where the initial condition puts it.
func (p *generator) firstState(t *tape) []float32 { return at(t.generator.state, 0, p.dim*t.w) }

// prepare sets the keys of dropout.
func (p *generator) prepare(t *tape) {
	if t.pass.DropoutRate > 0 {
		t.keyDropout(t.generator.dropout, rng.DropoutFactors)
	}
}

// step runs the generator for one bin.
func (p *generator) step(t *tape, bin int, s *binView) {
	p.loadExternal(t, bin, s.generator.Late[p.inferred*t.w:])
	p.cell.Forward(&s.generator, t.w)
	p.readFactors(t, bin+1, s.factorsAfter, s.generator.After)
}

// loadExternal writes the external inputs of one bin, after dropout, to row;
// bins beyond them (forward bins, if the file stops there) have none.
func (p *generator) loadExternal(t *tape, bin int, row []float32) {
	if p.external == 0 {
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
		keep := t.generator.externalKeep
		t.dropoutOf(rng.DropoutExternal).Mask(keep, bin, p.external, t.w)
		t.drop(row, row, keep)
	}
}

// readFactors reads factors from the state of the given number (0: before the
// first bin) after dropout.
func (p *generator) readFactors(t *tape, number int, factors, state []float32) {
	if t.pass.DropoutRate > 0 {
		out, keep := t.generator.out[:len(state)], t.maskAt(t.generator.keep, number, p.dim)
		t.generator.dropout.Mask(keep, number, p.dim, t.w)
		t.drop(out, state, keep)
		state = out
	}
	p.factors.Forward(factors, state, t.w)
}

// factorsBackward adds to dState what factors of the given number give it, d
// being their gradient. With dropout it leaves in out what they were read from: the
// gradient of the weights wants it.
func (p *generator) factorsBackward(t *tape, number int, d, out []float32) {
	v := &t.generator
	p.factors.Backward(v.dOut, d, t.w)
	if t.pass.DropoutRate > 0 {
		keep := t.maskAt(v.keep, number, p.dim)
		t.drop(out, at(v.state, number, len(out)), keep)
		t.drop(v.dOut, v.dOut, keep)
	}
	kernel.Add(v.dState, v.dOut)
}

// backward goes back through one bin, and returns the gradient at the inputs if
// some are inferred: others are data.
func (p *generator) backward(t *tape, bin int) (dInput []float32) {
	v, n := &t.generator, p.dim*t.w
	if p.inferred > 0 {
		dInput = v.dInput
	}
	step := nn.Step{Before: at(v.state, bin, n), Gates: at(v.gates, bin, 3*n), RH: t.chunkOf(v.rh, bin, n)}
	p.cell.Backward(&step, v.dState, dInput, t.w)
	return dInput
}

// firstFactorsBackward goes back through the factors of the first state, which
// only the first bin's controller reads; d is their gradient.
func (p *generator) firstFactorsBackward(t *tape, g *generatorGrad, d []float32) {
	p.factorsBackward(t, 0, d, t.generator.out[:p.dim*t.w])
	g.factors.Accumulate(p.factorsInput(t, 0), d, 1, t.scratch)
}

// factorsInput returns the states that factors were read from, from a number on: a
// chunk that factorsBackward left, or without dropout the generator's own.
func (p *generator) factorsInput(t *tape, number int) []float32 {
	if t.pass.DropoutRate == 0 {
		return from(t.generator.state, number, p.dim*t.w)
	}
	return t.generator.out
}

// accumulate adds the weight gradients of steps bins from first on.
func (p *generator) accumulate(t *tape, g *generatorGrad, first, steps int) {
	v, n := &t.generator, p.dim*t.w
	g.factors.Accumulate(p.factorsInput(t, first+1), v.dFactors, steps, t.scratch)
	g.cell.Accumulate(nn.Input{Dense: from(v.input, first, p.cell.In*t.w)}, from(v.state, first, n),
		v.rh, from(v.gates, first, 3*n), steps, t.scratch)
}
