package nn

import "github.com/autolfads/autolfads/internal/kernel"

// Linear is y = W x + b. Its weight is stored as [In][Out].
type Linear struct {
	In, Out  int
	Weight   Tensor
	Bias     Tensor // Out elements
	bias     []float32
	forward  *kernel.Packed // Out x In
	backward *kernel.Packed // In x Out
}

// NewLinear adds a linear layer's tensors to layout.
func NewLinear(layout *Layout, name string, in, out int) *Linear {
	return &Linear{
		In: in, Out: out,
		Weight:   layout.New(name+".weight", in, out),
		Bias:     layout.New(name+".bias", out),
		forward:  packed(layout.Arena, out, in),
		backward: packed(layout.Arena, in, out),
	}
}

// Initialise implements [Layer]: the bias starts at 0.
func (l *Linear) Initialise(_ []float32, draw func(Tensor, int)) { draw(l.Weight, l.In) }

// Prepare implements [Layer].
func (l *Linear) Prepare(params []float32) {
	w := l.Weight.Of(params)
	l.forward.PackTransposed(w, l.Out)
	l.backward.Pack(w, l.Out)
	l.bias = l.Bias.Of(params)
}

// Forward computes y [Out][w] from x [In][w].
func (l *Linear) Forward(y, x []float32, w int) { kernel.Gemm(y, l.forward, x, w, l.bias) }

// Backward computes dx [In][w] from dy [Out][w].
func (l *Linear) Backward(dx, dy []float32, w int) { kernel.Gemm(dx, l.backward, dy, w, nil) }

// LinearGrad accumulates the gradients of a Linear over one block.
type LinearGrad struct {
	layer  *Linear
	w, ld  int
	weight []float32 // [In][ld]
	bias   []float32 // [Out][w]
}

// NewGrad returns an accumulator for blocks of width w.
func (l *Linear) NewGrad(a *Arena, w int) *LinearGrad {
	ld := roundUp(l.Out)
	return &LinearGrad{l, w, ld, Take[float32](a, l.In*ld), Take[float32](a, l.Out*w)}
}

// Reset implements [Grad].
func (d *LinearGrad) Reset() {
	clear(d.weight)
	clear(d.bias)
}

// Accumulate adds the gradients of steps time bins: x [steps][In][w] was the
// input, dy [steps][Out][w] is the gradient at the output.
func (d *LinearGrad) Accumulate(x, dy []float32, steps int, s *Scratch) {
	in, out, w := d.layer.In, d.layer.Out, d.w
	panels := s.transpose(dy, out, out, steps, w)
	kernel.Outer(d.weight, d.ld, x, in, in*w, panels, out, steps, w)
	kernel.AddSteps(d.bias, dy, steps, out*w)
}

// AddTo implements [Grad].
func (d *LinearGrad) AddTo(grad []float32) {
	l := d.layer
	addRows(l.Weight.Of(grad), l.Out, d.weight, d.ld, l.In, l.Out)
	addLanes(l.Bias.Of(grad), d.bias, d.w)
}
