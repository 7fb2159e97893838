package likelihood

import (
	"iter"

	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/maths"
)

// Gaussian data, any finite numbers: the readout is the mean and the log
// variance.
type Gaussian struct{}

// Outputs implements [Likelihood].
func (Gaussian) Outputs() int { return 2 }

// Counts implements [Likelihood].
func (Gaussian) Counts() bool { return false }

// Unit implements [Likelihood].
func (Gaussian) Unit() string { return "as the data" }

// Check implements [Likelihood].
func (Gaussian) Check(y float32) string { return finite(y) }

// Loss implements [Likelihood]: .5 (ln v + (y - m)^2 / v), v = max(exp(log
// variance), 1e-6), without the constant. The bound holds back the value of v,
// not its gradient, so that a variance that fell below can rise again.
func (Gaussian) Loss(b *Block) {
	kernel.Gaussian(b.Grad, b.Out, b.Y, b.Observed, b.passing(), b.Scale, b.Loss, b.Width)
}

// DataTerm implements [Likelihood].
func (Gaussian) DataTerm(float32) float64 { return 0 }

// Mean implements [Likelihood].
func (Gaussian) Mean(dst, out []float32) { copy(dst, out[:len(dst)]) }

// Parameters implements [Parametric]: the mean is the other one.
func (Gaussian) Parameters() []Parameter { return []Parameter{{"variance", "as the data, squared", 2}} }

// Mixtures implements [Mixing].
func (Gaussian) Mixtures() []Mixture { return []Mixture{VarianceOfParts} }

// Natural implements [Parametric].
func (Gaussian) Natural(dst, out []float32) {
	for i, logVariance := range out[len(dst) : 2*len(dst)] {
		dst[i] = max(maths.Exp32(logVariance), kernel.MinVariance)
	}
}

// Start implements [Likelihood]: mean and log variance.
func (Gaussian) Start(neuron iter.Seq[float32]) []float64 {
	m := MomentsOf(neuron)
	return []float64{m.Mean, maths.Log(max(m.Variance, kernel.MinVariance))}
}

// finite says of a datum that is no number what to do; "" if it is one.
func finite(y float32) string {
	if y-y != 0 {
		return "a model cannot read that; cut the trials that have such values, or fill them in"
	}
	return ""
}
