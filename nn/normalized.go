package nn

import (
	"math"

	"github.com/autolfads/autolfads/internal/kernel"
)

// Normalized is y = V x without bias, where V is W with each row (the weights
// of one output) divided by its L2 norm. Factors are read from the generator
// through it, so that their scale is set by the generator's states alone. Its
// weight is stored as [In][Out].
type Normalized struct {
	In, Out  int
	Weight   Tensor
	unit     []float32 // V, [In][Out]
	norm     []float32 // [Out]
	forward  *kernel.Packed
	backward *kernel.Packed
}

// minNorm keeps a zero row from dividing by zero.
const minNorm = 1e-12

// NewNormalized adds the layer's tensor to layout.
func NewNormalized(layout *Layout, name string, in, out int) *Normalized {
	return &Normalized{
		In: in, Out: out,
		Weight:   layout.New(name+".weight", in, out),
		unit:     Take[float32](layout.Arena, in*out),
		norm:     Take[float32](layout.Arena, out),
		forward:  packed(layout.Arena, out, in),
		backward: packed(layout.Arena, in, out),
	}
}

// Initialise implements [Layer].
func (l *Normalized) Initialise(_ []float32, draw func(Tensor, int)) { draw(l.Weight, l.In) }

// Prepare implements [Layer]: it normalises the weights before it packs them.
func (l *Normalized) Prepare(params []float32) {
	l.normalise(l.Weight.Of(params))
	l.forward.PackTransposed(l.unit, l.Out)
	l.backward.Pack(l.unit, l.Out)
}

// Standardise replaces the weights by those in use: rows get the norm 1, on which
// nothing that the layer computes depends. Call Prepare before the next pass.
func (l *Normalized) Standardise(params []float32) {
	w := l.Weight.Of(params)
	l.normalise(w)
	copy(w, l.unit)
}

// normalise computes V and the norms of W.
func (l *Normalized) normalise(w []float32) {
	for o := range l.Out {
		sum := 0.
		for i := range l.In {
			v := float64(w[i*l.Out+o])
			sum += float64(v * v)
		}
		l.norm[o] = float32(max(math.Sqrt(sum), minNorm))
		for i := range l.In {
			l.unit[i*l.Out+o] = w[i*l.Out+o] / l.norm[o]
		}
	}
}

// Forward computes y [Out][w] from x [In][w].
func (l *Normalized) Forward(y, x []float32, w int) { kernel.Gemm(y, l.forward, x, w, nil) }

// Backward computes dx [In][w] from dy [Out][w].
func (l *Normalized) Backward(dx, dy []float32, w int) { kernel.Gemm(dx, l.backward, dy, w, nil) }

// NormalizedGrad accumulates the gradient of V over one block.
type NormalizedGrad struct {
	layer *Normalized
	w, ld int
	unit  []float32 // [In][ld]
}

// NewGrad returns an accumulator for blocks of width w.
func (l *Normalized) NewGrad(a *Arena, w int) *NormalizedGrad {
	ld := roundUp(l.Out)
	return &NormalizedGrad{l, w, ld, Take[float32](a, l.In*ld)}
}

// Reset implements [Grad].
func (d *NormalizedGrad) Reset() { clear(d.unit) }

// Accumulate adds the gradient of steps time bins: x [steps][In][w] was the
// input, dy [steps][Out][w] is the gradient at the output.
func (d *NormalizedGrad) Accumulate(x, dy []float32, steps int, s *Scratch) {
	w := d.w
	panels := s.transpose(dy, d.layer.Out, d.layer.Out, steps, w)
	kernel.Outer(d.unit, d.ld, x, d.layer.In, d.layer.In*w, panels, d.layer.Out, steps, w)
}

// AddTo implements [Grad]: with v a row of V and dv
// its gradient, dw = (dv - v <dv, v>) / |w|.
func (d *NormalizedGrad) AddTo(grad []float32) {
	l := d.layer
	dw := l.Weight.Of(grad)
	for o := range l.Out {
		dot := 0.
		for i := range l.In {
			dot += float64(float64(l.unit[i*l.Out+o]) * float64(d.unit[i*d.ld+o]))
		}
		for i := range l.In {
			along := float32(l.unit[i*l.Out+o] * float32(dot))
			dw[i*l.Out+o] += (d.unit[i*d.ld+o] - along) / l.norm[o]
		}
	}
}
