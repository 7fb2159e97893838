package naive

import "math"

// PoissonNLL returns the negative log likelihood of each count given the log
// rate per bin, both [B, M], with Stirling's approximation of ln(y!):
//
//	exp(o) - y o + [y > 1] (y ln y - y + ln(2 pi y) / 2)
func PoissonNLL(logRate *Var, counts *Matrix) *Var {
	y := NewVar(counts)
	return Add(Sub(Exp(logRate), Mul(y, logRate)), NewVar(counts.Map(stirling)))
}

// stirling approximates ln(y!) for counts y > 1; ln(0!) = ln(1!) = 0.
func stirling(y float64) float64 {
	if y <= 1 {
		return 0
	}
	return y*math.Log(y) - y + .5*math.Log(2*math.Pi*y)
}

// GaussianNLL returns the negative log likelihood of each observation, without
// its constant ln(2 pi) / 2, with v = max(exp(logvar), 1e-6):
//
//	(ln v + (y - mean)² / v) / 2
//
// The floor changes values only. The gradient is that of v = exp(logvar) at the
// raised v, so that a variance that has fallen below it can rise again.
func GaussianNLL(mean, logvar *Var, observed *Matrix) *Var {
	variance := AtLeast(Exp(logvar), 1e-6)
	residual := Sub(NewVar(observed), mean)
	return Scale(Add(Log(variance), Div(Square(residual), variance)), .5)
}

// GammaNLL returns the negative log likelihood of each positive observation y
// under the Gamma distribution of shape a and rate b:
//
//	lnG(a) - a ln b - (a - 1) ln y + b y
func GammaNLL(shape, rate *Var, observed *Matrix) *Var {
	y, logY := NewVar(observed), NewVar(observed.Map(math.Log))
	power := Add(Mul(shape, Log(rate)), Mul(Affine(shape, 1, -1), logY))
	return Sub(Add(Lgamma(shape), Mul(rate, y)), power)
}

// SquaredError returns (y - mean)² of each observation.
func SquaredError(mean *Var, observed *Matrix) *Var { return Square(Sub(mean, NewVar(observed))) }

// nll returns the negative log likelihood of every element of a bin and the
// expected observations.
func (m *model) nll(readout *Var, target *Matrix) (loss *Var, mean *Matrix) {
	parameter := func(i int) *Var { return Cols(readout, i*m.ReconNeurons, (i+1)*m.ReconNeurons) }
	switch m.Likelihood {
	case Poisson:
		return PoissonNLL(readout, target), readout.Value.Map(math.Exp)
	case MSE:
		return SquaredError(readout, target), readout.Value
	case Gaussian:
		return GaussianNLL(parameter(0), parameter(1), target), parameter(0).Value
	case Gamma:
		shape, rate := Exp(parameter(0)), Exp(parameter(1))
		return GammaNLL(shape, rate, target), Div(shape, rate).Value
	}
	z := newZIG(readout, m.p(zigScale), m.ZIG)
	return z.NLL(target), z.Mean().Value
}
