package lfads

import (
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/prior"
	"github.com/autolfads/autolfads/rng"
)

// encode runs the encoders over the block's input: a summary of the trial for
// the initial condition, and, with a controller, states for every bin.
func (m *Model) encode(t *tape) {
	m.icForward.Forward(t.icForward, t.read, t.w, t.scratch)
	m.icBackward.Forward(t.icBackward, t.read, t.w, t.scratch)
	m.summarise(t)
	if m.HasController() {
		x := m.ciInput(t)
		m.ciForward.Forward(t.ciForward, x, t.w, t.scratch)
		m.ciBackward.Forward(t.ciBackward, x, t.w, t.scratch)
	}
}

// ciInput is what the controller's encoder reads.
func (m *Model) ciInput(t *tape) nn.Input {
	return t.read.From(m.Config.ICSegmentBins, m.Shape.HeldIn*t.w)
}

// summarise turns the final states of both directions into the posterior of
// the initial condition: dropout, then a linear layer to mean and log
// variance; std = sqrt(exp(log variance) + minimum).
func (m *Model) summarise(t *tape) {
	half := m.Config.ICEncoderDim * t.w
	copy(t.icSummary, m.icForward.Final(t.icForward, t.w))
	copy(t.icSummary[half:], m.icBackward.Final(t.icBackward, t.w))
	if t.pass.DropoutRate > 0 {
		t.dropoutOf(rng.DropoutICHead).Mask(t.icSummaryMask, 0, 2*m.Config.ICEncoderDim, t.w)
		t.drop(t.icSummary, t.icSummary, t.icSummaryMask)
	}
	m.icHead.Forward(t.icPosterior, t.icSummary, t.w)
	n := m.Config.InitialConditionDim * t.w
	least := float32(m.Config.ICPosteriorMinVariance)
	for i, logVar := range t.icPosterior[n : 2*n] {
		t.icStd[i] = sqrt(maths.Exp32(logVar) + least)
	}
}

// sampleInitialCondition draws one sample of the posterior and computes the
// generator's first state from it.
func (m *Model) sampleInitialCondition(t *tape) {
	n := m.Config.InitialConditionDim * t.w
	t.fillNoise(t.icNoise, rng.PosteriorIC, 1, m.Config.InitialConditionDim)
	for i := range n {
		t.icSample[i] = t.icPosterior[i] + float32(t.icNoise[i]*t.icStd[i])
	}
	m.icToGenerator.Forward(at(t.generatorState, 0, m.Config.GeneratorDim*t.w), t.icSample, t.w)
}

// icKL returns the divergence of the initial condition's posterior from its
// prior N(learned mean, fixed variance), summed over dimensions and the
// block's trials. If g is not nil, scale times its gradients are added to
// dICPosterior and to the gradient of the prior's mean.
func (m *Model) icKL(t *tape, scale float64, g *blockGradient) float64 {
	dims := m.Config.InitialConditionDim
	means := m.icPriorMean.Of(m.Params)
	total := 0.
	for d := range dims {
		for lane := range t.trials {
			i := d*t.w + lane
			std := float64(t.icStd[i])
			kl, dMean, dVar := prior.NormalKL(float64(t.icPosterior[i]), std*std, float64(means[d]), m.Config.ICPriorVariance)
			total += kl
			if g == nil {
				continue
			}
			free := float64(maths.Exp32(t.icPosterior[dims*t.w+i]))
			t.dICPosterior[i] += float32(scale * dMean)
			t.dICPosterior[dims*t.w+i] += float32(scale * float64(dVar*free))
			g.icPriorMean[d] -= float64(scale * dMean)
		}
	}
	return total
}

// encodeBackward accumulates the gradients of everything before the
// generator's first state, given dGenerator (the gradient at that state) and
// the gradients at the CI encoder's states.
func (m *Model) encodeBackward(t *tape, g *blockGradient) {
	m.initialConditionBackward(t, g)
	half := m.Config.ICEncoderDim * t.w
	m.icForward.Backward(t.icForward, g.icForward, t.read, t.dICSummary[:half], nil, t.w, t.scratch)
	m.icBackward.Backward(t.icBackward, g.icBackward, t.read, t.dICSummary[half:], nil, t.w, t.scratch)
	if m.HasController() {
		x := m.ciInput(t)
		m.ciForward.Backward(t.ciForward, g.ciForward, x, nil, t.dciForward, t.w, t.scratch)
		m.ciBackward.Backward(t.ciBackward, g.ciBackward, x, nil, t.dciBackward, t.w, t.scratch)
	}
}

// initialConditionBackward goes from the generator's first state back to the
// encoders' final states.
func (m *Model) initialConditionBackward(t *tape, g *blockGradient) {
	n := m.Config.InitialConditionDim * t.w
	g.icToGenerator.Accumulate(t.icSample, t.dGenerator, 1, t.w, t.scratch)
	m.icToGenerator.Backward(t.dICSample, t.dGenerator, t.w)
	for i, d := range t.dICSample[:n] {
		t.dICPosterior[i] += d
		// std = sqrt(exp(logVar) + min): d std / d logVar = exp(logVar) / (2 std)
		free := maths.Exp32(t.icPosterior[n+i])
		t.dICPosterior[n+i] += float32(float32(d*t.icNoise[i]) * (.5 * free / t.icStd[i]))
	}
	g.icHead.Accumulate(t.icSummary, t.dICPosterior, 1, t.w, t.scratch)
	m.icHead.Backward(t.dICSummary, t.dICPosterior, t.w)
	if t.pass.DropoutRate > 0 {
		t.drop(t.dICSummary, t.dICSummary, t.icSummaryMask)
	}
}
