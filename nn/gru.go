package nn

import "github.com/autolfads/autolfads/internal/kernel"

// GRU is the cell that the package comment describes. Columns of the weights
// and elements of the bias are in the order z (update), r (reset), n
// (candidate), Hidden each.
//
// Its first Early inputs are known before the recurrence runs: their product
// is computed apart (ProjectEarly), when the caller likes, for one bin or for
// all. The others come with each bin.
type GRU struct {
	Cell
	Input     Tensor // [In][3 Hidden]
	Recurrent Tensor // [Hidden][3 Hidden]
	Bias      Tensor // 3 Hidden

	bias                     []float32
	early, late              *kernel.Packed // 3H x Early, 3H x (In - Early)
	earlyBack                *kernel.Packed // Early x 3H; nil if they are data
	lateBack                 *kernel.Packed // (In - Early) x 3H
	gates, gatesBack         *kernel.Packed // z and r: 2H x H, H x 2H
	candidate, candidateBack *kernel.Packed // n: H x H
}

// Cell says what a GRU is like.
type Cell struct {
	In, Early, Hidden int     // Early of the In inputs are known before the recurrence runs
	Limit             float32 // of its states
	EarlyIsData       bool    // early inputs are data: nobody wants a gradient there
}

// NewGRU adds a cell's tensors to layout.
func NewGRU(layout *Layout, name string, c Cell) *GRU {
	a, h, late := layout.Arena, c.Hidden, c.In-c.Early
	g := &GRU{
		Cell:      c,
		Input:     layout.New(name+".input", c.In, 3*h),
		Recurrent: layout.New(name+".recurrent", h, 3*h),
		Bias:      layout.New(name+".bias", 3*h),
		early:     packed(a, 3*h, c.Early),
		late:      packed(a, 3*h, late), lateBack: packed(a, late, 3*h),
		gates: packed(a, 2*h, h), gatesBack: packed(a, h, 2*h),
		candidate: packed(a, h, h), candidateBack: packed(a, h, h),
	}
	if !c.EarlyIsData {
		g.earlyBack = packed(a, c.Early, 3*h)
	}
	return g
}

// Initialise implements [Layer] for a cell whose inputs and states come from
// different places: each has a fan of its own. Biases of update and reset gates
// start at 1, those of the candidate at 0.
func (g *GRU) Initialise(params []float32, draw func(Tensor, int)) {
	g.initialise(params, draw, g.In, g.Hidden)
}

func (g *GRU) initialise(params []float32, draw func(Tensor, int), inputFan, recurrentFan int) {
	draw(g.Input, inputFan)
	draw(g.Recurrent, recurrentFan)
	gates := g.Bias.Of(params)[:2*g.Hidden]
	for i := range gates {
		gates[i] = 1
	}
}

// Prepare implements [Layer].
func (g *GRU) Prepare(params []float32) {
	ld := 3 * g.Hidden
	in, rec := g.Input.Of(params), g.Recurrent.Of(params)
	g.early.PackTransposed(in, ld)
	g.late.PackTransposed(in[g.Early*ld:], ld)
	if g.earlyBack != nil {
		g.earlyBack.Pack(in, ld)
	}
	g.lateBack.Pack(in[g.Early*ld:], ld)
	g.gates.PackTransposed(rec, ld)
	g.gatesBack.Pack(rec, ld)
	g.candidate.PackTransposed(rec[2*g.Hidden:], ld)
	g.candidateBack.Pack(rec[2*g.Hidden:], ld)
	g.bias = g.Bias.Of(params)
}

// ProjectEarly computes act [3 Hidden][w] = W x + b over the early inputs
// x [Early][w] of one bin.
func (g *GRU) ProjectEarly(act, x []float32, w int) { kernel.Gemm(act, g.early, x, w, g.bias) }

// Step is one time bin of a GRU over a block of trials.
type Step struct {
	Before, After []float32 // states, [Hidden][w]; may be the same memory
	Gates         []float32 // z, r and n, [3 Hidden][w]
	Early         []float32 // what ProjectEarly computed, [3 Hidden][w]; nil for a cell without early inputs; may be Gates
	Late          []float32 // inputs, [In - Early][w]
	RH            []float32 // r * h, [Hidden][w]
}

// Forward computes After from Before and the inputs. For the backward pass it
// leaves z, r and n in Gates. RH is scratch.
func (g *GRU) Forward(s *Step, w int) {
	n, act, early := g.Hidden*w, s.Gates, s.Early
	z, r, candidate := act[:n], act[n:2*n], act[2*n:3*n]
	switch {
	case early == nil:
		kernel.Gemm(act, g.late, s.Late, w, g.bias)
		early = act
	case g.In > g.Early:
		kernel.GemmAdd(act, early, g.late, s.Late, w)
		early = act
	}
	kernel.GemmAdd(act[:2*n], early[:2*n], g.gates, s.Before, w)
	kernel.GRUReset(z, r, s.Before[:n], s.RH[:n])
	kernel.GemmAdd(candidate, early[2*n:3*n], g.candidate, s.RH, w)
	kernel.GRUOutput(candidate, z, s.Before[:n], s.After[:n], g.Limit)
}

// Backward turns dh, the gradient at After, into the gradient at Before, in place,
// and Gates into the gradients at the three preactivations. It leaves r * h in RH:
// Accumulate wants it. If dx is not nil it receives the gradient at the late
// inputs. After and the inputs are not looked at.
func (g *GRU) Backward(s *Step, dh, dx []float32, w int) {
	n, act := g.Hidden*w, s.Gates
	z, r, candidate := act[:n], act[n:2*n], act[2*n:3*n]
	dh, h := dh[:n], s.Before[:n]
	drh := s.RH[:n] // until GRUResetBackward
	kernel.GRUOutputBackward(candidate, z, h, dh, g.Limit)
	kernel.Gemm(drh, g.candidateBack, candidate, w, nil)
	kernel.GRUResetBackward(r, h, drh, dh)
	kernel.GemmAdd(dh, dh, g.gatesBack, act, w)
	if dx != nil {
		kernel.Gemm(dx, g.lateBack, act, w, nil)
	}
}

// EarlyBackward computes dx, the gradient at the early inputs of one bin, from
// act as Backward left it.
func (g *GRU) EarlyBackward(dx, act []float32, w int) { kernel.Gemm(dx, g.earlyBack, act, w, nil) }

// GRUGrad accumulates the gradients of a GRU over one block.
type GRUGrad struct {
	layer            *GRU
	w                int
	ld3, ld2, ld1    int
	shift            int       // columns of the panel in which the candidate's begin that are the reset gate's
	input            []float32 // [In][ld3]
	gates, candidate []float32 // [Hidden][ld2], [Hidden][ld1]; candidate's columns begin at shift
	bias             []float32 // [3 Hidden][w]
}

// NewGrad returns an accumulator for blocks of width w.
func (g *GRU) NewGrad(a *Arena, w int) *GRUGrad {
	shift := 2 * g.Hidden % kernel.PanelColumns
	d := &GRUGrad{layer: g, w: w, ld3: roundUp(3 * g.Hidden), ld2: roundUp(2 * g.Hidden), ld1: roundUp(shift + g.Hidden), shift: shift}
	d.input = Take[float32](a, g.In*d.ld3)
	d.gates = Take[float32](a, g.Hidden*d.ld2)
	d.candidate = Take[float32](a, g.Hidden*d.ld1)
	d.bias = Take[float32](a, 3*g.Hidden*w)
	return d
}

// Reset implements [Grad].
func (d *GRUGrad) Reset() {
	clear(d.input)
	clear(d.gates)
	clear(d.candidate)
	clear(d.bias)
}

// Accumulate adds the gradients of steps time bins: x [steps][In][w] are the
// inputs, h [steps][Hidden][w] the states before each bin, rh and act as
// Backward left them.
func (d *GRUGrad) Accumulate(x Input, h, rh, act []float32, steps int, s *Scratch) {
	g, w := d.layer, d.w
	hid := g.Hidden
	panels := s.transpose(act, 3*hid, 3*hid, steps, w)
	if g.In > 0 {
		x.accumulate(d.input, d.ld3, panels, g.In, 3*hid, steps, w)
	}
	kernel.Outer(d.gates, d.ld2, h, hid, hid*w, panels, 2*hid, steps, w)
	panels = panels[(2*hid-d.shift)*steps*w:]
	kernel.Outer(d.candidate, d.ld1, rh, hid, hid*w, panels, d.shift+hid, steps, w)
	kernel.AddSteps(d.bias, act, steps, 3*hid*w)
}

// AddTo implements [Grad].
func (d *GRUGrad) AddTo(grad []float32) {
	g := d.layer
	hid := g.Hidden
	addRows(g.Input.Of(grad), 3*hid, d.input, d.ld3, g.In, 3*hid)
	rec := g.Recurrent.Of(grad)
	addRows(rec, 3*hid, d.gates, d.ld2, hid, 2*hid)
	addRows(rec[2*hid:], 3*hid, d.candidate[d.shift:], d.ld1, hid, hid)
	addLanes(g.Bias.Of(grad), d.bias, d.w)
}
