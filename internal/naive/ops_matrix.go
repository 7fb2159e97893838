package naive

import (
	"fmt"
	"math"
)

// MatMulT returns x wᵀ: x is [B, in], w is [out, in], the result [B, out].
//
//	dx = dout w,  dw = doutᵀ x
func MatMulT(x, w *Var) *Var {
	if x.Cols() != w.Cols() {
		panic(fmt.Sprintf("naive: MatMulT of %v and %v: columns differ", x.Value, w.Value))
	}
	out := result(NewMatrix(x.Rows(), w.Rows()), x, w)
	for b := range x.Rows() {
		for o := range w.Rows() {
			var sum float64
			for i := range x.Cols() {
				sum += x.Value.At(b, i) * w.Value.At(o, i)
			}
			out.Value.Set(b, o, sum)
		}
	}
	out.back = func() {
		for b := range x.Rows() {
			for o := range w.Rows() {
				g := out.Grad.At(b, o)
				for i := range x.Cols() {
					x.Grad.Data[b*x.Cols()+i] += g * w.Value.At(o, i)
					w.Grad.Data[o*w.Cols()+i] += g * x.Value.At(b, i)
				}
			}
		}
	}
	return out
}

// Linear returns x wᵀ + bias, with bias a row of w's outputs.
func Linear(x, w, bias *Var) *Var {
	return Add(MatMulT(x, w), Repeat(bias, x.Rows()))
}

// Repeat returns rows copies of the single row a. Its gradient is their sum.
func Repeat(a *Var, rows int) *Var {
	a.mustBe(1, a.Cols())
	out := result(NewMatrix(rows, a.Cols()), a)
	for i := range out.Value.Data {
		out.Value.Data[i] = a.Value.Data[i%a.Cols()]
	}
	out.back = func() {
		for i, g := range out.Grad.Data {
			a.Grad.Data[i%a.Cols()] += g
		}
	}
	return out
}

// Rows returns rows [from, to) of a.
func Rows(a *Var, from, to int) *Var {
	cols := a.Cols()
	out := result(NewMatrix(to-from, cols), a)
	copy(out.Value.Data, a.Value.Data[from*cols:to*cols])
	out.back = func() {
		for i, g := range out.Grad.Data {
			a.Grad.Data[from*cols+i] += g
		}
	}
	return out
}

// Cols returns columns [from, to) of a.
func Cols(a *Var, from, to int) *Var {
	out := result(NewMatrix(a.Rows(), to-from), a)
	for i := range a.Rows() {
		copy(out.Value.Data[i*(to-from):], a.Value.Data[i*a.Cols()+from:i*a.Cols()+to])
	}
	out.back = func() {
		for i := range a.Rows() {
			for j := range to - from {
				a.Grad.Data[i*a.Cols()+from+j] += out.Grad.At(i, j)
			}
		}
	}
	return out
}

// Concat puts matrices with the same rows side by side.
func Concat(parts ...*Var) *Var {
	cols := 0
	for _, p := range parts {
		p.mustBe(parts[0].Rows(), p.Cols())
		cols += p.Cols()
	}
	out := result(NewMatrix(parts[0].Rows(), cols), parts...)
	eachElement(parts, func(p *Var, row, col, from int) {
		out.Value.Set(row, from, p.Value.At(row, col))
	})
	out.back = func() {
		eachElement(parts, func(p *Var, row, col, from int) {
			p.Grad.Data[row*p.Cols()+col] += out.Grad.At(row, from)
		})
	}
	return out
}

// eachElement visits the elements of matrices lying side by side; joint is
// the column in all of them together.
func eachElement(parts []*Var, visit func(p *Var, row, col, joint int)) {
	start := 0
	for _, p := range parts {
		for row := range p.Rows() {
			for col := range p.Cols() {
				visit(p, row, col, start+col)
			}
		}
		start += p.Cols()
	}
}

// Sum returns the sum of all elements of all parts, as 1x1.
func Sum(parts ...*Var) *Var {
	out := result(NewMatrix(1, 1), parts...)
	for _, p := range parts {
		out.Value.Data[0] += p.Value.Sum()
	}
	out.back = func() {
		for _, p := range parts {
			for i := range p.Grad.Data {
				p.Grad.Data[i] += out.Grad.Data[0]
			}
		}
	}
	return out
}

// NormaliseRows divides every row by its Euclidean length.
//
//	y = w / |w|,  dw = (dy - y (y·dy)) / |w|
func NormaliseRows(w *Var) *Var {
	const minLength = 1e-12 // a row shorter than this is divided by it
	out := result(NewMatrix(w.Rows(), w.Cols()), w)
	lengths := make([]float64, w.Rows())
	for i := range w.Rows() {
		var squares float64
		for j := range w.Cols() {
			squares += w.Value.At(i, j) * w.Value.At(i, j)
		}
		lengths[i] = max(math.Sqrt(squares), minLength)
		for j := range w.Cols() {
			out.Value.Set(i, j, w.Value.At(i, j)/lengths[i])
		}
	}
	out.back = func() {
		for i := range w.Rows() {
			var along float64
			for j := range w.Cols() {
				along += out.Value.At(i, j) * out.Grad.At(i, j)
			}
			for j := range w.Cols() {
				w.Grad.Data[i*w.Cols()+j] += (out.Grad.At(i, j) - out.Value.At(i, j)*along) / lengths[i]
			}
		}
	}
	return out
}

// PassGradient returns a unchanged, but lets the gradient through only as far
// as mask says (coordinated dropout): value a, derivative mask.
func PassGradient(a *Var, mask *Matrix) *Var {
	out := result(a.Value.Clone(), a)
	out.back = func() {
		for i, g := range out.Grad.Data {
			a.Grad.Data[i] += g * mask.Data[i]
		}
	}
	return out
}

// Drop multiplies a by a dropout mask, whose elements are 0 or 1/(1-rate).
// A nil mask is no dropout.
func Drop(a *Var, mask *Matrix) *Var {
	if mask == nil {
		return a
	}
	return Mul(a, NewVar(mask))
}
