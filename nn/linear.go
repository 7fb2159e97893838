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
		forward:  kernel.NewPacked(out, in),
		backward: kernel.NewPacked(in, out),
	}
}

// Prepare packs the weights: call it whenever params changed.
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
	ld     int
	weight []float32 // [In][ld]
	bias   []float32 // [Out][w]
}

// NewGrad returns an accumulator for blocks of width w.
func (l *Linear) NewGrad(w int) *LinearGrad {
	ld := roundUp(l.Out)
	return &LinearGrad{l, ld, make([]float32, l.In*ld), make([]float32, l.Out*w)}
}

// Reset zeroes the accumulator.
func (d *LinearGrad) Reset() {
	clear(d.weight)
	clear(d.bias)
}

// Accumulate adds the gradients of steps time bins: x [steps][In][w] was the
// input, dy [steps][Out][w] is the gradient at the output.
func (d *LinearGrad) Accumulate(x, dy []float32, steps, w int, s *Scratch) {
	in, out := d.layer.In, d.layer.Out
	panels := s.transpose(dy, out, out, steps, w)
	kernel.Outer(d.weight, d.ld, x, in, in*w, panels, out, steps, w)
	kernel.AddSteps(d.bias, dy, steps, out*w)
}

// AddTo adds the accumulated gradients to the flat gradient.
func (d *LinearGrad) AddTo(grad []float32, w int) {
	l := d.layer
	addRows(l.Weight.Of(grad), l.Out, d.weight, d.ld, l.In, l.Out)
	AddLanes(l.Bias.Of(grad), d.bias, w)
}
