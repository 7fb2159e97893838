package naive

// zig is the zero-inflated Gamma distribution of a bin's observations, all [B, M]:
// 0 with probability 1 - q, or else location + Gamma(shape, rate). Source: Wei et al.
// 2020, of deconvolved calcium events.
type zig struct {
	shape, rate, nonzero, zero *Var // zero is 1 - nonzero
	location                   float64
}

// newZIG reads the readout [B, 3M] with the learned scales [2, M] of shapes and rates:
//
//	shape = scale_0 s(o_0),  rate = scale_1 s(o_1),  q = s(o_2),  s = max(sigmoid, 1e-5)
//
// The floor changes values only: gradients are those of ln s and ln (1 - s), so that what
// has fallen below it can rise again from anywhere.
func newZIG(readout, scale *Var, c ZIG) zig {
	n, rows := scale.Cols(), readout.Rows()
	const floor = 1e-5
	unit := func(i int) *Var { return Sigmoid(Cols(readout, i*n, (i+1)*n)) }
	scaled := func(i int) *Var { return Mul(AtLeastInLog(unit(i), floor), Repeat(Rows(scale, i, i+1), rows)) }
	return zig{scaled(0), scaled(1), AtLeastInLog(unit(2), floor), Affine(AtLeast(unit(2), floor), -1, 1), c.Location}
}

// NLL returns the negative log likelihood of each observation y: -ln(1 - q) of 0,
// otherwise that of y - location under the Gamma distribution, less ln q.
func (z zig) NLL(observed *Matrix) *Var {
	zero := NewVar(observed.Map(func(y float64) float64 { return indicator(y == 0) }))
	beyond := observed.Map(func(y float64) float64 {
		if y == 0 {
			return 1 // any: it counts nothing
		}
		return y - z.location
	})
	event := Sub(GammaNLL(z.shape, z.rate, beyond), Log(z.nonzero))
	none := Scale(Log(z.zero), -1)
	return Add(Mul(zero, none), Mul(Affine(zero, -1, 1), event))
}

// Mean returns q (shape / rate + location).
func (z zig) Mean() *Var { return Mul(z.nonzero, Affine(Div(z.shape, z.rate), 1, z.location)) }

// zigPenalty draws the learned scales to their prior:
//
//	penalty * sum (scale - prior)² / 2
func (m *model) zigPenalty() *Var {
	if m.Likelihood != ZeroInflatedGamma {
		return m.nothing()
	}
	return Scale(Sum(Square(Affine(m.p(zigScale), 1, -m.ZIG.Prior))), .5*m.ZIG.Penalty)
}
