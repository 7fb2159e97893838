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

// nll returns the negative log likelihood of every element of a bin and the
// expected observations.
func (m *model) nll(readout *Var, target *Matrix) (loss *Var, mean *Matrix) {
	if m.Likelihood == Poisson {
		return PoissonNLL(readout, target), readout.Value.Map(math.Exp)
	}
	n := m.ReconNeurons
	means, logvars := Cols(readout, 0, n), Cols(readout, n, 2*n)
	return GaussianNLL(means, logvars, target), means.Value
}

// gradientMask says which elements of bin t pass the gradient of the
// reconstruction loss under coordinated dropout: those that were not read,
// those let pass, all held-out neurons and all forward bins.
func (m *model) gradientMask(t int) *Matrix {
	mask := NewMatrix(m.trials, m.ReconNeurons)
	for b := range m.trials {
		for n := range m.ReconNeurons {
			read := t < m.Bins && n < m.Neurons && m.in.Kept[t].At(b, n) == 1
			if !read || m.in.Pass[t].At(b, n) == 1 {
				mask.Set(b, n, 1)
			}
		}
	}
	return mask
}
