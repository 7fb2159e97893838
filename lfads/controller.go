package lfads

import (
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/prior"
	"github.com/autolfads/autolfads/rng"
)

// controller infers the generator's inputs, bin after bin:
//
//	c_t = GRU(dropout[encoder's states, f_{t-1}]),  u_t ~ N(linear(c_t))
//
// What it reads of the encoder is known before the decoder runs. So in inference
// the product with it, the larger one, is computed once for all samples. In
// training it is computed when its bin comes, while what it is added to is in the
// cache.
//
// The methods of a nil controller do nothing.
type controller struct {
	bins, dim, inputs int
	encoder           controllerEncoder
	cell              *nn.GRU
	initial           *nn.Vector
	head              *nn.Linear
	prior             *inputPrior
}

func (m *Model) newController() *controller {
	c, l := &m.Config, &m.Layout
	p := &controller{bins: m.Shape.ReconBins, dim: c.ControllerDim, inputs: c.InferredInputs, encoder: m.newControllerEncoder()}
	p.cell = add(m, nn.NewGRU(l, "controller", nn.Cell{
		In: 2*c.CIEncoderDim + c.Factors, Early: 2 * c.CIEncoderDim, Hidden: p.dim, Limit: float32(c.CellClip),
	}))
	p.initial = add(m, nn.NewVector(l, "controller.initial_state", p.dim))
	p.head = add(m, nn.NewLinear(l, "inferred_inputs", p.dim, 2*p.inputs))
	p.prior = add(m, newInputPrior(l, c))
	return p
}

// inputPrior is the prior of the inputs, as a layer of the model.
type inputPrior struct {
	prior.Prior
	first, size int // of its learned parameters
}

func newInputPrior(l *nn.Layout, c *Config) *inputPrior {
	p, _ := c.newInputPrior() // c has been checked
	first := l.Size
	p.Bind(l, c.InferredInputs)
	return &inputPrior{p, first, l.Size - first}
}

// Initialise implements nn.Layer.
func (p *inputPrior) Initialise(params []float32, _ func(nn.Tensor, int)) { p.Prior.Initialise(params) }

// controllerTape is what the forward pass leaves of the controller, and gradients
// on the way back. Index 0 of states is before the first bin.
type controllerTape struct {
	encoder    controllerEncoderTape
	input      []float32 // [bins][2 encoder + factors][w], after dropout
	keep       []uint8   // [bins][2 encoder + factors], a row of a mask each
	early      []float32 // [3 dim][w]: product of the encoder's part, in the bin under way
	gates      []float32 // [bins][3 dim][w]
	rh         []float32 // [ChunkBins][dim][w], of the bins whose weight gradients come next
	state      []float32 // [bins+1][dim][w]
	posterior  []float32 // [bins][2 inputs][w]: means, log variances
	std, noise []float32 // [bins][inputs][w]
	priorNoise []float32
	dropout    *nn.Dropout

	dPosterior []float32 // [bins][2 inputs][w]
	dState     []float32 // [dim][w]
	dHead      []float32 // [dim][w]: what the head gives dState
	dInput     []float32 // [2 encoder + factors][w]
	divergence prior.Posterior
}

func (p *controller) newTape(a *nn.Arena, w int) (v controllerTape) {
	if p == nil {
		return v
	}
	b := func(bins, features int) []float32 { return nn.NewActivations(a, bins, features, w) }
	return controllerTape{
		encoder: p.encoder.newTape(a, w),
		input:   b(p.bins, p.cell.In), keep: nn.NewMask(a, p.bins, p.cell.In, w),
		early: b(1, 3*p.dim), gates: b(p.bins, 3*p.dim), rh: b(nn.ChunkBins(w), p.dim), state: b(p.bins+1, p.dim),
		posterior: b(p.bins, 2*p.inputs), std: b(p.bins, p.inputs), noise: b(p.bins, p.inputs), priorNoise: b(p.bins, p.inputs),
		dropout:    nn.NewDropout(a, w),
		dPosterior: b(p.bins, 2*p.inputs), dState: b(1, p.dim), dHead: b(1, p.dim), dInput: b(1, p.cell.In),
	}
}

// controllerGrad accumulates its gradients.
type controllerGrad struct {
	encoder controllerEncoderGrad
	cell    *nn.GRUGrad
	initial *nn.LanesGrad
	head    *nn.LinearGrad
	prior   *nn.SumsGrad
}

func (p *controller) newGrad(a *nn.Arena, g *blockGradient) (d controllerGrad) {
	if p == nil {
		return d
	}
	return controllerGrad{
		encoder: p.encoder.newGrad(a, g),
		cell:    own(g, p.cell.NewGrad(a, g.w)), initial: own(g, p.initial.NewGrad(a, g.w)),
		head: own(g, p.head.NewGrad(a, g.w)), prior: own(g, nn.NewSumsGrad(a, p.prior.first, p.prior.size)),
	}
}

// encode computes what the controller reads of the data.
func (p *controller) encode(t *tape) {
	if p != nil {
		p.encoder.encode(t)
	}
}

// prepare sets what all bins need: the first state, noise, keys of dropout.
func (p *controller) prepare(t *tape) {
	if p == nil {
		return
	}
	v := &t.controller
	p.initial.Forward(at(v.state, 0, p.dim*t.w), t.w)
	t.fillNoise(v.noise, rng.PosteriorInput, p.bins, p.inputs)
	if t.pass.DropoutRate > 0 {
		t.keyDropout(v.dropout, rng.DropoutController)
	}
}

// keepAt returns the mask of the input in a bin, from a feature on.
func (p *controller) keepAt(t *tape, bin, feature int) []uint8 {
	return t.maskAt(t.controller.keep, bin, p.cell.In)[feature*nn.MaskBytes(t.w):]
}

// factorsOf returns the factors' part of one bin of x, which is laid out as the
// controller's input.
func (p *controller) factorsOf(t *tape, x []float32, bin int) []float32 {
	return at(x, bin, p.cell.In*t.w)[p.cell.Early*t.w:]
}

// project computes early [3 dim][w], the product of the encoder's part of the
// input, dropped out, in a bin.
func (p *controller) project(t *tape, bin int, early []float32) {
	if p == nil {
		return
	}
	v := &t.controller
	keep, x := p.keepAt(t, bin, 0), at(v.input, bin, p.cell.In*t.w)
	if t.pass.DropoutRate > 0 {
		v.dropout.Mask(keep, bin, p.cell.In, t.w)
	}
	p.encoder.read(t, bin, x, keep)
	p.cell.ProjectEarly(early, x[:p.cell.Early*t.w], t.w)
}

// infer runs the controller for one bin and samples the inputs.
func (p *controller) infer(t *tape, s *binView) {
	if p == nil {
		return
	}
	t.drop(s.controller.Late, s.factorsBefore, s.factorsKeep)
	p.cell.Forward(&s.controller, t.w)
	p.head.Forward(s.posterior, s.controller.After, t.w)
	means, logVars := s.posterior[:len(s.std)], s.posterior[len(s.std):]
	for i := range s.std {
		s.std[i] = maths.Exp32(.5 * logVars[i])
		s.generator.Late[i] = means[i] + float32(s.noise[i]*s.std[i])
	}
}

// kl returns the divergence of the inputs' posterior from their prior, summed over
// the block's trials. If g is not nil, scale times its gradients go to dPosterior,
// in place of what is there, and are added to those of the prior's parameters.
func (p *controller) kl(t *tape, scale float64, g *controllerGrad) float64 {
	if p == nil {
		return 0
	}
	v := &t.controller
	t.fillNoise(v.priorNoise, rng.PriorInput, p.bins, p.inputs)
	q := &v.divergence
	*q = prior.Posterior{
		Bins: p.bins, Inputs: p.inputs, Trials: len(t.trials), Width: t.w,
		Head: v.posterior, Std: v.std, Noise: v.priorNoise,
	}
	if g == nil {
		return p.prior.KL(q, scale, nil)
	}
	clear(v.dPosterior)
	q.DHead = v.dPosterior
	return p.prior.KL(q, scale, g.prior.Sums)
}

// beginBackward sets what the way back begins with.
func (p *controller) beginBackward(t *tape) {
	if p != nil {
		clear(t.controller.dState)
		p.encoder.clearUnread(t)
	}
}

// inferBackward goes back through one bin, given the gradient at the generator's
// inputs.
func (p *controller) inferBackward(t *tape, bin int, dGeneratorInput []float32) {
	if p == nil {
		return
	}
	v, u, n := &t.controller, p.inputs*t.w, p.dim*t.w
	d := at(v.dPosterior, bin, 2*u)
	noise, std := at(v.noise, bin, u), at(v.std, bin, u)
	for i, dInput := range dGeneratorInput[:u] {
		d[i] += dInput
		d[u+i] += float32(float32(.5*dInput) * float32(noise[i]*std[i]))
	}
	p.head.Backward(v.dHead, d, t.w)
	kernel.Add(v.dState, v.dHead)

	dFactors := p.dFactors(t)
	step := nn.Step{Before: at(v.state, bin, n), Gates: at(v.gates, bin, 3*n), RH: t.chunkOf(v.rh, bin, n)}
	p.cell.Backward(&step, v.dState, dFactors, t.w)
	if t.pass.DropoutRate > 0 {
		t.drop(dFactors, dFactors, p.keepAt(t, bin, p.cell.Early))
	}
	if p.encoder.reads(bin) {
		dEarly := v.dInput[:p.cell.Early*t.w]
		p.cell.EarlyBackward(dEarly, step.Gates, t.w)
		p.encoder.readBackward(t, bin, dEarly, p.keepAt(t, bin, 0))
	}
}

// dFactors is the gradient at the factors that the controller read, in the bin last
// gone back through.
func (p *controller) dFactors(t *tape) []float32 { return p.factorsOf(t, t.controller.dInput, 0) }

// accumulate adds the weight gradients of steps bins from first on.
func (p *controller) accumulate(t *tape, g *controllerGrad, first, steps int) {
	if p == nil {
		return
	}
	v := &t.controller
	g.head.Accumulate(from(v.state, first+1, p.dim*t.w), from(v.dPosterior, first, 2*p.inputs*t.w), steps, t.scratch)
	g.cell.Accumulate(nn.Input{Dense: from(v.input, first, p.cell.In*t.w)}, from(v.state, first, p.dim*t.w),
		v.rh, from(v.gates, first, 3*p.dim*t.w), steps, t.scratch)
}

// backpropagate accumulates what is left when all bins are gone back through.
func (p *controller) backpropagate(t *tape, g *controllerGrad) {
	if p != nil {
		kernel.Add(g.initial.Lanes, t.controller.dState)
		p.encoder.backpropagate(t, &g.encoder)
	}
}
