package lfads

import "github.com/autolfads/autolfads/nn"

// controllerEncoder gives the controller what it reads of the data: states of a
// bidirectional GRU over the bins after those of the initial condition.
//
// The forward states come lag bins late and the backward ones as much early, so
// that the controller never sees the bin that it explains; beyond the ends they
// are 0.
type controllerEncoder struct {
	heldIn, dim       int
	first, bins       int // bins that are read: the first of them, and how many
	lag               int // bins
	forward, backward *nn.Sweep
}

func (m *Model) newControllerEncoder() controllerEncoder {
	c, s, l, limit := &m.Config, &m.Shape, &m.Layout, float32(m.Config.CellClip)
	return controllerEncoder{
		heldIn: s.HeldIn, dim: c.CIEncoderDim, first: c.ICSegmentBins, bins: s.Bins - c.ICSegmentBins, lag: c.CILag,
		forward:  add(m, nn.NewSweep(l, "ci_encoder.forward", s.HeldIn, c.CIEncoderDim, limit, false)),
		backward: add(m, nn.NewSweep(l, "ci_encoder.backward", s.HeldIn, c.CIEncoderDim, limit, true)),
	}
}

// controllerEncoderTape is what the forward pass leaves, and gradients at the
// states, [bins][dim][w].
type controllerEncoderTape struct {
	forward, backward   *nn.SweepTape
	dForward, dBackward []float32
}

func (p *controllerEncoder) newTape(a *nn.Arena, w int) controllerEncoderTape {
	return controllerEncoderTape{
		p.forward.NewTape(a, p.bins, w), p.backward.NewTape(a, p.bins, w),
		nn.NewActivations(a, p.bins, p.dim, w), nn.NewActivations(a, p.bins, p.dim, w),
	}
}

// controllerEncoderGrad accumulates its gradients.
type controllerEncoderGrad struct{ forward, backward *nn.SweepGrad }

func (p *controllerEncoder) newGrad(a *nn.Arena, g *blockGradient) controllerEncoderGrad {
	return controllerEncoderGrad{own(g, p.forward.NewGrad(a, g.w)), own(g, p.backward.NewGrad(a, g.w))}
}

// input is what the encoder reads.
func (p *controllerEncoder) input(t *tape) nn.Input { return t.read.From(p.first, p.heldIn*t.w) }

// encode computes the states of all bins.
func (p *controllerEncoder) encode(t *tape) {
	v, x := &t.controller.encoder, p.input(t)
	p.forward.Forward(v.forward, x, t.scratch)
	p.backward.Forward(v.backward, x, t.scratch)
}

// read writes to x [2 dim][w] what the controller reads in a bin, after dropout;
// keep is the mask of the controller's whole input.
func (p *controllerEncoder) read(t *tape, bin int, x []float32, keep []uint8) {
	v, n := &t.controller.encoder, p.dim*t.w
	var forward, backward []float32
	f, b := p.statesAt(bin)
	if f >= 0 {
		forward = p.forward.After(v.forward, f)
	}
	if b >= 0 {
		backward = p.backward.After(v.backward, b)
	}
	t.drop(x[:n], forward, keep)
	t.drop(x[n:2*n], backward, keep[p.dim*nn.MaskBytes(t.w):])
}

// readBackward takes d [2 dim][w], the gradient at what the controller read in a
// bin.
func (p *controllerEncoder) readBackward(t *tape, bin int, d []float32, keep []uint8) {
	v, n := &t.controller.encoder, p.dim*t.w
	forward, backward := p.statesAt(bin)
	if forward >= 0 {
		t.drop(at(v.dForward, forward, n), d[:n], keep)
	}
	if backward >= 0 {
		t.drop(at(v.dBackward, backward, n), d[n:2*n], keep[p.dim*nn.MaskBytes(t.w):])
	}
}

// reads says whether the controller reads any state in a bin.
func (p *controllerEncoder) reads(bin int) bool {
	forward, backward := p.statesAt(bin)
	return forward >= 0 || backward >= 0
}

// statesAt returns the encoder's bins whose states the controller reads in a bin of
// the trial; -1: none.
func (p *controllerEncoder) statesAt(bin int) (forward, backward int) {
	i := bin - p.first
	if i < 0 || i >= p.bins {
		return -1, -1
	}
	forward, backward = i-p.lag, i+p.lag
	if forward < 0 {
		forward = -1
	}
	if backward >= p.bins {
		backward = -1
	}
	return forward, backward
}

// clearUnread zeroes the gradients at the states that no bin of the controller
// reads.
func (p *controllerEncoder) clearUnread(t *tape) {
	v, n := &t.controller.encoder, p.dim*t.w
	clearOutside(v.dForward, n, 0, p.bins-p.lag)
	clearOutside(v.dBackward, n, p.lag, p.bins)
}

// clearOutside zeroes the stretches of n numbers of x before number from and
// from number to on.
func clearOutside(x []float32, n, from, to int) {
	clear(x[:min(from*n, len(x))])
	clear(x[max(to*n, 0):])
}

// backpropagate accumulates the gradients of the encoder, given those at its states.
func (p *controllerEncoder) backpropagate(t *tape, g *controllerEncoderGrad) {
	v, x := &t.controller.encoder, p.input(t)
	p.forward.Backward(v.forward, g.forward, x, nil, v.dForward, t.scratch)
	p.backward.Backward(v.backward, g.backward, x, nil, v.dBackward, t.scratch)
}
