package likelihood

import (
	"iter"

	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/maths"
)

// Gamma data, positive numbers such as intervals, power or envelopes of muscle activity:
// the readout is the log of the shape alpha and the log of the rate beta. The shape
// counts as e^16 at most, and as e^-16 at least: beyond, products of single precision
// overflow, or have no digits left.
type Gamma struct{}

// Outputs implements [Likelihood].
func (Gamma) Outputs() int { return 2 }

// Counts implements [Likelihood].
func (Gamma) Counts() bool { return false }

// Unit implements [Likelihood].
func (Gamma) Unit() string { return "as the data" }

// Check implements [Likelihood]: positive numbers, none of an odd unit.
func (Gamma) Check(y float32) string {
	switch {
	case y == 0:
		return "a Gamma likelihood needs numbers above 0; if zeros mark what was not observed, make them NaN; if rounding made a few, raise these to half the least number above 0; if they are many, the zero-inflated one takes them (--set model.likelihood=zero_inflated_gamma)"
	case y < 0 && y-y == 0:
		return "a Gamma likelihood needs numbers above 0; the array may hold something else, such as centred data. A Gaussian likelihood takes any number (--set model.likelihood=gaussian), the zero-inflated Gamma zeros (--set model.likelihood=zero_inflated_gamma)"
	case y-y != 0:
		return finite(y)
	}
	return gammaRange(y)
}

// gammaRange says of a positive number that single precision has no room for the rate of
// its like, or for the shape; "" if it has.
func gammaRange(y float32) string {
	if y < 1e-30 || y > 1e30 {
		return "a Gamma likelihood needs numbers from 1e-30 to 1e30; choose a unit in which they are about 1"
	}
	return ""
}

// Loss implements [Likelihood]: ln Gamma(alpha) - alpha (ln beta + ln y) + beta y.
func (Gamma) Loss(b *Block) {
	kernel.Gamma(b.Grad, b.Out, b.Y, b.Observed, b.passing(), b.Scale, b.Loss, b.Width)
}

// DataTerm is ln y.
func (Gamma) DataTerm(y float32) float64 { return maths.Log(float64(y)) }

// Mean implements [Likelihood]: alpha / beta.
func (Gamma) Mean(dst, out []float32) {
	for i := range dst {
		dst[i] = logShape(out[i]) - out[len(dst)+i]
	}
	kernel.ExpTo(dst, dst)
}

// Parameters implements [Parametric].
func (Gamma) Parameters() []Parameter {
	return []Parameter{{"alpha", "1", 0}, {"beta", "one over that of the data", -1}}
}

// Natural implements [Parametric].
func (Gamma) Natural(dst, out []float32) {
	n := len(dst) / 2
	for i, o := range out[:n] {
		dst[i] = logShape(o)
	}
	copy(dst[n:], out[n:2*n])
	kernel.ExpTo(dst, dst)
}

// Start implements [Likelihood]: those of the likeliest distribution.
func (Gamma) Start(neuron iter.Seq[float32]) []float64 {
	f := fitGamma(neuron)
	return []float64{maths.Log(f.shape), maths.Log(f.rate)}
}

// logShape returns what the log of a shape counts as.
func logShape(o float32) float32 { return max(min(o, kernel.LogShapeLimit), -kernel.LogShapeLimit) }
