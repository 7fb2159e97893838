package naive

import "math"

// Every operation below computes its value and then says, in back, how a
// gradient on its value becomes gradients on what it was made of.

// Add returns a + b, element by element.
func Add(a, b *Var) *Var {
	return binary(a, b,
		func(x, y float64) float64 { return x + y },
		func(x, y float64) (dx, dy float64) { return 1, 1 })
}

// Sub returns a - b, element by element.
func Sub(a, b *Var) *Var {
	return binary(a, b,
		func(x, y float64) float64 { return x - y },
		func(x, y float64) (dx, dy float64) { return 1, -1 })
}

// Mul returns a * b, element by element.
func Mul(a, b *Var) *Var {
	return binary(a, b,
		func(x, y float64) float64 { return x * y },
		func(x, y float64) (dx, dy float64) { return y, x })
}

// Div returns a / b, element by element.
func Div(a, b *Var) *Var {
	return binary(a, b,
		func(x, y float64) float64 { return x / y },
		func(x, y float64) (dx, dy float64) { return 1 / y, -x / (y * y) })
}

// Affine returns scale * a + offset, element by element.
func Affine(a *Var, scale, offset float64) *Var {
	return unary(a,
		func(x float64) float64 { return scale*x + offset },
		func(x, y float64) float64 { return scale })
}

// Scale returns scale * a.
func Scale(a *Var, scale float64) *Var { return Affine(a, scale, 0) }

// Sigmoid returns 1 / (1 + exp(-a)), element by element.
func Sigmoid(a *Var) *Var {
	return unary(a,
		func(x float64) float64 { return 1 / (1 + math.Exp(-x)) },
		func(x, y float64) float64 { return y * (1 - y) })
}

// Tanh returns the hyperbolic tangent, element by element.
func Tanh(a *Var) *Var {
	return unary(a, math.Tanh, func(x, y float64) float64 { return 1 - y*y })
}

// Exp returns e to the power of a, element by element.
func Exp(a *Var) *Var {
	return unary(a, math.Exp, func(x, y float64) float64 { return y })
}

// Log returns the natural logarithm, element by element.
func Log(a *Var) *Var {
	return unary(a, math.Log, func(x, y float64) float64 { return 1 / x })
}

// Sqrt returns the square root, element by element.
func Sqrt(a *Var) *Var {
	return unary(a, math.Sqrt, func(x, y float64) float64 { return 1 / (2 * y) })
}

// Square returns a * a, element by element.
func Square(a *Var) *Var {
	return unary(a,
		func(x float64) float64 { return x * x },
		func(x, y float64) float64 { return 2 * x })
}

// Clip limits every element to [-limit, limit]. The gradient passes where
// nothing was cut, |a| = limit included.
func Clip(a *Var, limit float64) *Var {
	return unary(a,
		func(x float64) float64 { return max(-limit, min(x, limit)) },
		func(x, y float64) float64 { return indicator(math.Abs(x) <= limit) })
}

// AtLeast raises every element below floor to floor. The gradient passes as if
// nothing had been raised: an element below the floor can still come back up.
func AtLeast(a *Var, floor float64) *Var {
	return unary(a,
		func(x float64) float64 { return max(x, floor) },
		func(x, y float64) float64 { return 1 })
}

// AtLeastInLog is AtLeast with the gradient that the logarithm of the element has: that
// of the raised one does not vanish, however far below the floor the element is.
func AtLeastInLog(a *Var, floor float64) *Var {
	return unary(a,
		func(x float64) float64 { return max(x, floor) },
		func(x, y float64) float64 { return y / x })
}

// Lgamma returns the logarithm of the Gamma function of positive elements.
func Lgamma(a *Var) *Var {
	return unary(a,
		func(x float64) float64 { y, _ := math.Lgamma(x); return y },
		func(x, y float64) float64 { return digamma(x) })
}

// digamma is the derivative of ln Gamma(x): from x = 10 on by its asymptotic series,
// whose next term is below 1e-15 there, and below through digamma(x+1) = digamma(x) + 1/x.
func digamma(x float64) float64 {
	below := 0.
	for ; x < 10; x++ {
		below += 1 / x
	}
	s := 1 / (x * x)
	series := s * (1./12 - s*(1./120-s*(1./252-s*(1./240-s*(1./132-s*(691./32760-s/12))))))
	return math.Log(x) - .5/x - series - below
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// unary applies f to every element; slope is df/dx, given x and y = f(x).
func unary(a *Var, f func(x float64) float64, slope func(x, y float64) float64) *Var {
	out := result(a.Value.Map(f), a)
	out.back = func() {
		for i, g := range out.Grad.Data {
			a.Grad.Data[i] += g * slope(a.Value.Data[i], out.Value.Data[i])
		}
	}
	return out
}

// binary applies f to every pair of elements of two matrices of one shape;
// slopes are df/dx and df/dy.
func binary(a, b *Var, f func(x, y float64) float64, slopes func(x, y float64) (dx, dy float64)) *Var {
	b.mustBe(a.Rows(), a.Cols())
	out := result(NewMatrix(a.Rows(), a.Cols()), a, b)
	for i, x := range a.Value.Data {
		out.Value.Data[i] = f(x, b.Value.Data[i])
	}
	out.back = func() {
		for i, g := range out.Grad.Data {
			dx, dy := slopes(a.Value.Data[i], b.Value.Data[i])
			a.Grad.Data[i] += g * dx
			b.Grad.Data[i] += g * dy
		}
	}
	return out
}
