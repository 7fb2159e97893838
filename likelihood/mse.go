package likelihood

import "iter"

// MSE is the squared error of any finite numbers: the readout is the mean. It is the
// negative log likelihood of a Gaussian whose variance is 1/2 in every bin of every
// neuron, without its constant.
type MSE struct{}

// Outputs implements [Likelihood].
func (MSE) Outputs() int { return 1 }

// Counts implements [Likelihood].
func (MSE) Counts() bool { return false }

// Unit implements [Likelihood].
func (MSE) Unit() string { return "as the data" }

// LossName implements [Named].
func (MSE) LossName() (name, unit string) { return "squared error", "squared units" }

// Check implements [Likelihood].
func (MSE) Check(y float32) string { return finite(y) }

// Loss implements [Likelihood]: (mean - y)^2.
func (MSE) Loss(b *Block) {
	for i, y := range b.Y {
		d := b.Out[i] - y
		if !b.IsObserved(i) {
			d = 0 // whatever y is
		}
		b.Loss[i%b.Width] += float32(d * d)
		if b.Grad != nil {
			b.Grad[i] = 2 * d * b.ScaleOf(i)
		}
	}
}

// DataTerm implements [Likelihood].
func (MSE) DataTerm(float32) float64 { return 0 }

// NLL implements [OfMean].
func (MSE) NLL(mean, y float64) float64 {
	d := mean - y
	return float64(d * d)
}

// Mean implements [Likelihood].
func (MSE) Mean(dst, out []float32) { copy(dst, out[:len(dst)]) }

// Start implements [Likelihood]: the mean.
func (MSE) Start(neuron iter.Seq[float32]) []float64 {
	return []float64{MomentsOf(neuron).Mean}
}
