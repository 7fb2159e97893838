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
}

func (m *Model) newReadout() *readout {
	l, _ := likelihood.New(m.Config.Likelihood) // the configuration has been checked
	return &readout{
		bins: m.Shape.ReconBins, likelihood: l,
		linear: add(m, nn.NewLinear(&m.Layout, "readout", m.Config.Factors, l.Outputs()*m.Shape.Neurons)),
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
// backward pass scale times its gradient takes the place of the output.
func (p *readout) loss(t *tape, scale float32, backward bool) float64 {
	v, n, out := &t.readout, len(t.data)/p.bins, p.linear.Out*t.w
	total := t.dataTerm(p.likelihood)
	clear(v.scale)
	fill(v.scale[:len(t.trials)], scale)
	b := &v.element
	b.Scale, b.Loss, b.Grad, b.Observed, b.Pass = v.scale, v.loss, nil, nil, nil
	for bin := range p.bins {
		b.Out, b.Y = at(v.output, bin, out), at(t.data, bin, n)
		if t.changes.Observed {
			b.Observed = at(t.observed, bin, len(t.observed)/p.bins)
		}
		if backward {
			b.Grad = b.Out
			if t.masked {
				b.Pass = at(t.gradient, bin, len(t.gradient)/p.bins)
			}
		}
		clear(v.loss)
		p.likelihood.Loss(b)
		for lane := range t.trials {
			total += float64(v.loss[lane])
		}
	}
	return total
}
