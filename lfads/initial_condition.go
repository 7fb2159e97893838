package lfads

import (
	"math"

	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// initialCondition reads a trial and says where the generator starts:
//
//	s = dropout[last states of a bidirectional GRU]
//	mean, log variance = linear(s),  std = sqrt(exp(log variance) + minimum)
//	generator's first state = linear(a sample of N(mean, std^2))
//
// A model that is not variational takes the mean for the sample.
type initialCondition struct {
	bins, encoderDim, dim int // bins that are read
	minVariance           float64

	forward, backward *nn.Sweep
	head              *nn.Linear
	prior             *initialPrior // nil: none
	toGenerator       *nn.Linear
}

func (m *Model) newInitialCondition() *initialCondition {
	c, s, l := &m.Config, &m.Shape, &m.Layout
	p := &initialCondition{
		bins: s.Bins, encoderDim: c.ICEncoderDim, dim: c.InitialConditionDim,
		minVariance: c.ICPosteriorMinVariance,
	}
	if c.ICSegmentBins > 0 {
		p.bins = c.ICSegmentBins
	}
	limit := float32(c.CellClip)
	p.forward = add(m, nn.NewSweep(l, "ic_encoder.forward", s.HeldIn, p.encoderDim, limit, false))
	p.backward = add(m, nn.NewSweep(l, "ic_encoder.backward", s.HeldIn, p.encoderDim, limit, true))
	p.head = add(m, nn.NewLinear(l, "initial_condition", 2*p.encoderDim, 2*p.dim))
	p.prior = m.newInitialPrior()
	p.toGenerator = add(m, nn.NewLinear(l, "generator.from_initial_condition", p.dim, c.GeneratorDim))
	return p
}

// initialTape is what the forward pass leaves of the initial condition, and
// gradients on the way back.
type initialTape struct {
	forward, backward *nn.SweepTape
	summary           []float32 // [2 encoderDim][w], last states after dropout
	keep              []uint8   // its mask
	posterior         []float32 // [2 dim][w]: means, log variances
	std, noise        []float32 // [dim][w]
	sample            []float32

	dPosterior, dSample, dSummary []float32
}

func (p *initialCondition) newTape(a *nn.Arena, w int) initialTape {
	b := func(features int) []float32 { return nn.NewActivations(a, 1, features, w) }
	return initialTape{
		forward: p.forward.NewTape(a, p.bins, w), backward: p.backward.NewTape(a, p.bins, w),
		summary: b(2 * p.encoderDim), keep: nn.NewMask(a, 1, 2*p.encoderDim, w),
		posterior: b(2 * p.dim), std: b(p.dim), noise: b(p.dim), sample: b(p.dim),
		dPosterior: b(2 * p.dim), dSample: b(p.dim), dSummary: b(2 * p.encoderDim),
	}
}

// initialGrad accumulates its gradients.
type initialGrad struct {
	forward, backward *nn.SweepGrad
	head, toGenerator *nn.LinearGrad
	prior             *nn.SumsGrad
}

func (p *initialCondition) newGrad(a *nn.Arena, g *blockGradient) initialGrad {
	return initialGrad{
		forward: own(g, p.forward.NewGrad(a, g.w)), backward: own(g, p.backward.NewGrad(a, g.w)),
		head: own(g, p.head.NewGrad(a, g.w)), toGenerator: own(g, p.toGenerator.NewGrad(a, g.w)),
		prior: p.prior.newGrad(a, g),
	}
}

// encode computes the posterior.
func (p *initialCondition) encode(t *tape) {
	v := &t.initial
	p.forward.Forward(v.forward, t.read, t.scratch)
	p.backward.Forward(v.backward, t.read, t.scratch)
	half := p.encoderDim * t.w
	copy(v.summary, p.forward.Final(v.forward))
	copy(v.summary[half:], p.backward.Final(v.backward))
	if t.pass.DropoutRate > 0 {
		t.dropoutOf(rng.DropoutICHead).Mask(v.keep, 0, 2*p.encoderDim, t.w)
		t.drop(v.summary, v.summary, v.keep)
	}
	p.head.Forward(v.posterior, v.summary, t.w)
	n := p.dim * t.w
	for i, logVar := range v.posterior[n : 2*n] {
		v.std[i] = float32(math.Sqrt(float64(maths.Exp32(logVar) + float32(p.minVariance))))
	}
}

// sample draws one sample of the posterior and computes the generator's first
// state from it.
func (p *initialCondition) sample(t *tape, state []float32) {
	v := &t.initial
	t.fillNoise(v.noise, rng.PosteriorIC, 1, p.dim)
	for i := range v.sample {
		v.sample[i] = v.posterior[i] + float32(v.noise[i]*v.std[i])
	}
	p.toGenerator.Forward(state, v.sample, t.w)
}

// backpropagate accumulates all gradients of the part, given dState, that at the
// generator's first state, and the divergence's in dPosterior.
func (p *initialCondition) backpropagate(t *tape, dState []float32, g *initialGrad) {
	v, n := &t.initial, p.dim*t.w
	g.toGenerator.Accumulate(v.sample, dState, 1, t.scratch)
	p.toGenerator.Backward(v.dSample, dState, t.w)
	for i, d := range v.dSample {
		v.dPosterior[i] += d
		// std = sqrt(exp(logVar) + min): d std / d logVar = exp(logVar) / (2 std)
		free := maths.Exp32(v.posterior[n+i])
		v.dPosterior[n+i] += float32(float32(d*v.noise[i]) * (.5 * free / v.std[i]))
	}
	g.head.Accumulate(v.summary, v.dPosterior, 1, t.scratch)
	p.head.Backward(v.dSummary, v.dPosterior, t.w)
	if t.pass.DropoutRate > 0 {
		t.drop(v.dSummary, v.dSummary, v.keep)
	}
	half := p.encoderDim * t.w
	p.forward.Backward(v.forward, g.forward, t.read, v.dSummary[:half], nil, t.scratch)
	p.backward.Backward(v.backward, g.backward, t.read, v.dSummary[half:], nil, t.scratch)
}
