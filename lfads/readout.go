package lfads

import (
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/nn"
)

// readout turns factors into the parameters of each neuron's likelihood:
//
//	output_t = linear(f_t)
type readout struct {
	bins       int
	linear     *nn.Linear
	likelihood likelihood.Likelihood
	learned    *learnedLikelihood // likelihood, if it has parameters of its own; else nil
}

func (m *Model) newReadout() *readout {
	l, _ := m.Config.NewLikelihood() // the configuration has been checked
	p := &readout{
		bins: m.Shape.ReconBins, likelihood: l,
		linear: add(m, nn.NewLinear(&m.Layout, "readout", m.Config.Factors, l.Outputs()*m.Shape.Neurons)),
	}
	if own, ok := l.(likelihood.Learned); ok {
		p.learned = add(m, newLearnedLikelihood(&m.Layout, own, m.Shape.Neurons))
	}
	return p
}

// learnedLikelihood is a likelihood with parameters of its own, as a layer of the
// model.
type learnedLikelihood struct {
	likelihood.Learned
	first, size int // of its parameters
}

func newLearnedLikelihood(l *nn.Layout, own likelihood.Learned, neurons int) *learnedLikelihood {
	first := l.Size
	own.Bind(l, neurons)
	return &learnedLikelihood{own, first, l.Size - first}
}

// Initialise implements nn.Layer.
func (l *learnedLikelihood) Initialise(params []float32, _ func(nn.Tensor, int)) {
	l.Learned.Initialise(params)
}

// readoutGrad accumulates its gradients.
type readoutGrad struct {
	linear  *nn.LinearGrad
	learned *nn.SumsGrad // nil: no parameters of its own
}

func (p *readout) newGrad(a *nn.Arena, g *blockGradient) readoutGrad {
	d := readoutGrad{linear: own(g, p.linear.NewGrad(a, g.w))}
	if l := p.learned; l != nil {
		d.learned = own(g, nn.NewSumsGrad(a, l.first, l.size))
	}
	return d
}

// penalty is what the likelihood's own parameters add to the L2 term; weight times
// its gradient is added to grad.
func (p *readout) penalty(weight float64, grad []float32) float64 {
	if p.learned == nil {
		return 0
	}
	return p.learned.Penalty(weight, grad)
}

// parameters are those that a posterior averages.
func (p *readout) parameters() []likelihood.Parameter { return likelihood.ParametersOf(p.likelihood) }

// expected writes what a bin's output stands for: the mean, [neurons][w], and the
// parameters, [parameters][neurons][w].
func (p *readout) expected(mean, natural, output []float32) {
	p.likelihood.Mean(mean, output)
	if len(natural) > 0 {
		p.likelihood.(likelihood.Parametric).Natural(natural, output)
	}
}

// readoutTape is the output, and what its loss needs.
type readoutTape struct {
	output      []float32 // [bins][Outputs*Neurons][w]; its gradient after scoring
	loss, scale []float32 // [w]
	element     likelihood.Block
}

func (p *readout) newTape(a *nn.Arena, w int) readoutTape {
	return readoutTape{
		output: nn.NewActivations(a, p.bins, p.linear.Out, w),
		loss:   nn.Take[float32](a, w), scale: nn.Take[float32](a, w), element: likelihood.Block{Width: w},
	}
}

// forward computes a bin's output from its factors.
func (p *readout) forward(t *tape, s *binView) { p.linear.Forward(s.output, s.factorsAfter, t.w) }

// backward computes d, the gradient at a bin's factors, from that at its output.
func (p *readout) backward(t *tape, bin int, d []float32) {
	p.linear.Backward(d, at(t.readout.output, bin, p.linear.Out*t.w), t.w)
}

// loss returns the reconstruction loss summed over the block's trials. In a
// backward pass, where g is not nil, scale times its gradient takes the place of the
// output, and that at the likelihood's own parameters is added to g.
func (p *readout) loss(t *tape, scale float32, g *readoutGrad) float64 {
	v, n, out := &t.readout, len(t.data)/p.bins, p.linear.Out*t.w
	total := t.dataTerm(p.likelihood)
	clear(v.scale)
	fill(v.scale[:len(t.trials)], scale)
	b := &v.element
	b.Scale, b.Loss, b.Grad, b.Learned, b.Observed, b.Pass = v.scale, v.loss, nil, nil, nil, nil
	for bin := range p.bins {
		b.Out, b.Y = at(v.output, bin, out), at(t.data, bin, n)
		if t.hides {
			b.Observed = at(t.observed, bin, len(t.observed)/p.bins)
		}
		if g != nil {
			b.Grad = b.Out
			if g.learned != nil {
				b.Learned = g.learned.Sums
			}
			if t.masked {
				b.Pass = at(t.gradient, bin, len(t.gradient)/p.bins)
			}
		}
		clear(v.loss)
		p.likelihood.Loss(b)
		for lane := range t.trials {
			t.addByTrial(lane, float64(v.loss[lane]))
			total += float64(v.loss[lane])
		}
	}
	return total
}
