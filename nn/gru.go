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
	In, Early, Hidden int
	Limit             float32 // states are clipped to [-Limit, Limit]
	Input             Tensor  // [In][3 Hidden]
	Recurrent         Tensor  // [Hidden][3 Hidden]
	Bias              Tensor  // 3 Hidden

	bias               []float32
	early, late        *kernel.Packed // 3H x Early, 3H x (In - Early)
	earlyBack          *kernel.Packed // Early x 3H; nil: no gradient at these inputs is wanted
	lateBack           *kernel.Packed // (In - Early) x 3H
	gates, gatesBack   *kernel.Packed // z and r: 2H x H, H x 2H
	candid, candidBack *kernel.Packed // n: H x H
}

// NewGRU adds a cell's tensors to layout.
func NewGRU(layout *Layout, name string, in, early, hidden int, limit float32) *GRU {
	late := in - early
	return &GRU{
		In: in, Early: early, Hidden: hidden, Limit: limit,
		Input:     layout.New(name+".input", in, 3*hidden),
		Recurrent: layout.New(name+".recurrent", hidden, 3*hidden),
		Bias:      layout.New(name+".bias", 3*hidden),
		early:     kernel.NewPacked(3*hidden, early), earlyBack: kernel.NewPacked(early, 3*hidden),
		late: kernel.NewPacked(3*hidden, late), lateBack: kernel.NewPacked(late, 3*hidden),
		gates: kernel.NewPacked(2*hidden, hidden), gatesBack: kernel.NewPacked(hidden, 2*hidden),
		candid: kernel.NewPacked(hidden, hidden), candidBack: kernel.NewPacked(hidden, hidden),
	}
}

// Prepare packs the weights: call it whenever params changed.
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
	g.candid.PackTransposed(rec[2*g.Hidden:], ld)
	g.candidBack.Pack(rec[2*g.Hidden:], ld)
	g.bias = g.Bias.Of(params)
}

// ProjectEarly computes act [3 Hidden][w] = W x + b over the early inputs
// x [Early][w] of one bin.
func (g *GRU) ProjectEarly(act, x []float32, w int) { kernel.Gemm(act, g.early, x, w, g.bias) }

// Forward computes one time bin: out [Hidden][w] from early [3 Hidden][w], what
// ProjectEarly computed (nil for a cell without early inputs), the late inputs
// x [In - Early][w] and the state h [Hidden][w]. For the backward pass it leaves z, r and n in act
// [3 Hidden][w], which may be early itself. rh [Hidden][w] is scratch.
func (g *GRU) Forward(out, act, rh, h, early, x []float32, w int) {
	n := g.Hidden * w
	z, r, cand := act[:n], act[n:2*n], act[2*n:3*n]
	switch {
	case early == nil:
		kernel.Gemm(act, g.late, x, w, g.bias)
		early = act
	case g.In > g.Early:
		kernel.GemmAdd(act, early, g.late, x, w)
		early = act
	}
	kernel.GemmAdd(act[:2*n], early[:2*n], g.gates, h, w)
	kernel.GRUReset(z, r, h[:n], rh[:n])
	kernel.GemmAdd(cand, early[2*n:3*n], g.candid, rh, w)
	kernel.GRUOutput(cand, z, h[:n], out[:n], g.Limit)
}

// Backward turns dh, the gradient at Forward's out, into the gradient at h, in
// place, and act into the gradients at the three preactivations. It leaves
// r * h in rh [Hidden][w]: Accumulate wants it. If dx is not nil it receives the
// gradient at the late inputs.
func (g *GRU) Backward(dh, dx, act, h, rh []float32, w int) {
	n := g.Hidden * w
	z, r, cand := act[:n], act[n:2*n], act[2*n:3*n]
	dh, h = dh[:n], h[:n]
	drh := rh[:n] // until GRUResetBackward
	kernel.GRUOutputBackward(cand, z, h, dh, g.Limit)
	kernel.Gemm(drh, g.candidBack, cand, w, nil)
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
	ld3, ld2, ld1    int
	shift            int       // columns of the panel in which the candidate's begin that are the reset gate's
	input            []float32 // [In][ld3]
	gates, candidate []float32 // [Hidden][ld2], [Hidden][ld1]; candidate's columns begin at shift
	bias             []float32 // [3 Hidden][w]
}

// NewGrad returns an accumulator for blocks of width w.
func (g *GRU) NewGrad(w int) *GRUGrad {
	shift := 2 * g.Hidden % kernel.PanelColumns
	d := &GRUGrad{layer: g, ld3: roundUp(3 * g.Hidden), ld2: roundUp(2 * g.Hidden), ld1: roundUp(shift + g.Hidden), shift: shift}
	d.input = make([]float32, g.In*d.ld3)
	d.gates = make([]float32, g.Hidden*d.ld2)
	d.candidate = make([]float32, g.Hidden*d.ld1)
	d.bias = make([]float32, 3*g.Hidden*w)
	return d
}

// Reset zeroes the accumulator.
func (d *GRUGrad) Reset() {
	clear(d.input)
	clear(d.gates)
	clear(d.candidate)
	clear(d.bias)
}

// Accumulate adds the gradients of steps time bins: x [steps][In][w] are the
// inputs, h [steps][Hidden][w] the states before each bin, rh and act as
// Backward left them.
func (d *GRUGrad) Accumulate(x Input, h, rh, act []float32, steps, w int, s *Scratch) {
	g := d.layer
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

// AddTo adds the accumulated gradients to the flat gradient.
func (d *GRUGrad) AddTo(grad []float32, w int) {
	g := d.layer
	hid := g.Hidden
	addRows(g.Input.Of(grad), 3*hid, d.input, d.ld3, g.In, 3*hid)
	rec := g.Recurrent.Of(grad)
	addRows(rec, 3*hid, d.gates, d.ld2, hid, 2*hid)
	addRows(rec[2*hid:], 3*hid, d.candidate[d.shift:], d.ld1, hid, hid)
	AddLanes(g.Bias.Of(grad), d.bias, w)
}
