package likelihood

import (
	"iter"

	"github.com/autolfads/autolfads/maths"
)

// Gaussian data, any finite numbers: the readout is the mean and the log
// variance.
type Gaussian struct{}

// gaussianMinVariance bounds the variance from below.
const (
	gaussianMinVariance    = 1e-6
	gaussianMinLogVariance = -13.815510557964274
)

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
	n := len(b.Y)
	for i, y := range b.Y {
		mean, logv, free := b.Out[i], b.Out[n+i], maths.Exp32(b.Out[n+i])
		v := free
		if v < gaussianMinVariance {
			v, logv = gaussianMinVariance, gaussianMinLogVariance
		}
		d := mean - y
		q := float32(d*d) / v
		if b.IsObserved(i) {
			b.Loss[i%b.Width] += float32(.5 * (logv + q))
		}
		if b.Grad == nil {
			continue
		}
		s := b.ScaleOf(i)
		b.Grad[i] = s * (d / v)
		b.Grad[n+i] = float32(s*.5*(1-q)) * (free / v)
	}
}

// DataTerm implements [Likelihood].
func (Gaussian) DataTerm(float32) float64 { return 0 }

// Mean implements [Likelihood].
func (Gaussian) Mean(dst, out []float32) { copy(dst, out[:len(dst)]) }

// Parameters implements [Parametric]: the mean is the other one.
func (Gaussian) Parameters() []Parameter { return []Parameter{{"variance", "as the data, squared"}} }

// Natural implements [Parametric].
func (Gaussian) Natural(dst, out []float32) {
	for i, logVariance := range out[len(dst) : 2*len(dst)] {
		dst[i] = max(maths.Exp32(logVariance), gaussianMinVariance)
	}
}

// Start implements [Likelihood]: mean and log variance.
func (Gaussian) Start(neuron iter.Seq[float32]) []float64 {
	m := MomentsOf(neuron)
	return []float64{m.Mean, maths.Log(max(m.Variance, gaussianMinVariance))}
}

// finite says of a datum that is no number what to do; "" if it is one.
func finite(y float32) string {
	if y-y != 0 {
		return "a model cannot read that; cut the trials that have such values, or fill them in"
	}
	return ""
}
