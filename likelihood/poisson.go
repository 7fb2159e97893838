package likelihood

import (
	"iter"
	"math"

	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/metric"
)

// Poisson counts of spikes: the readout is the log rate per bin.
type Poisson struct{}

// mostCount is more spikes than a neuron can fire in any bin: 100 s at 1 kHz
// are a tenth of it.
const mostCount = 1e6

// Outputs implements [Likelihood].
func (Poisson) Outputs() int { return 1 }

// Counts implements [Likelihood].
func (Poisson) Counts() bool { return true }

// Unit implements [Likelihood].
func (Poisson) Unit() string { return "spikes per bin" }

// Check implements [Likelihood]: whole numbers from 0 on, within reason.
func (Poisson) Check(y float32) string {
	switch f := float64(y); {
	case f != f:
		return "it is no number; among spikes NaN marks what was not observed, and no likelihood is asked of that"
	case f < 0 || math.IsInf(f, 1):
		return "counts cannot be that; if it marks what was not observed, make it NaN; the array may hold something else, such as centred or scaled spikes. A Gaussian likelihood takes any number (--set model.likelihood=gaussian)"
	case f > mostCount:
		return "no neuron fires so often in one bin; a fill value or an overflow, perhaps: make those that were not observed NaN, correct others, or cut the trials that have them"
	case f != math.Trunc(f):
		return "a Poisson likelihood needs whole counts; bin spikes without smoothing or scaling; for muscles there is --preset emg, for deconvolved calcium events --preset calcium, for other data --set model.likelihood=gaussian"
	}
	return ""
}

// Loss implements [Likelihood]: exp(o) - y o. What is not observed gets a rate of
// e^-87, no spike and no gradient: it adds 1e-38 to the loss.
func (Poisson) Loss(b *Block) {
	pass := b.Pass
	if b.Observed != nil {
		b.hide(-87, 0)
		if pass == nil {
			pass = b.Observed
		}
	}
	kernel.Poisson(b.Grad, b.Out, b.Y, pass, b.Scale, b.Loss, b.Width)
}

// DataTerm is ln y! by Stirling's formula for y > 1, else 0.
func (Poisson) DataTerm(y float32) float64 {
	if !(y > 1) {
		return 0
	}
	v := float64(y)
	return float64(v*maths.Log(v)) - v + float64(.5*maths.Log(2*math.Pi*v))
}

// NLL implements [OfMean]. A mean of 0 is taken as 1e-9, under which a spike is
// still possible.
func (Poisson) NLL(mean, y float64) float64 { return metric.PoissonElement(mean, y) }

// Mean implements [Likelihood]: the rate per bin.
func (Poisson) Mean(dst, out []float32) { kernel.ExpTo(dst, out[:len(dst)]) }

// Start implements [Likelihood]: the log of the mean rate; a neuron that never
// fired is taken to have fired half a spike in all.
func (Poisson) Start(neuron iter.Seq[float32]) []float64 {
	m := MomentsOf(neuron)
	return []float64{maths.Log(max(m.Mean, .5/float64(m.Elements)))}
}
