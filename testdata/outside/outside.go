// Package outside is what a lab's own Go module may look like: a likelihood, an
// augmentation, a kind of recording (recording.go), a baseline (baseline.go) and a place
// where members train that AutoLFADS does not have. It uses nothing but what the packages of the module export.
package outside

import (
	"errors"
	"iter"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/rng"
)

func init() {
	likelihood.Register("exponential", func(likelihood.Settings) likelihood.Likelihood { return exponential{} })
	augment.Register("speckle", newSpeckle)
}

// exponential data, positive numbers: the readout is the log mean.
//
//	-ln p(y) = o + y e^-o
type exponential struct{}

func (exponential) Outputs() int { return 1 }
func (exponential) Counts() bool { return false }
func (exponential) Unit() string { return "ms" }

func (exponential) Check(y float32) string {
	if y > 0 && y-y == 0 {
		return ""
	}
	return "waiting times are positive; cut the trials that have others"
}

func (exponential) Loss(b *likelihood.Block) {
	for i, y := range b.Y {
		waits := y * maths.Exp32(-b.Out[i])
		if b.IsObserved(i) {
			b.Loss[i%b.Width] += b.Out[i] + waits
		}
		if b.Grad != nil {
			b.Grad[i] = b.ScaleOf(i) * (1 - waits)
		}
	}
}

func (exponential) DataTerm(float32) float64 { return 0 }

func (exponential) Mean(dst, out []float32) {
	for i := range dst {
		dst[i] = maths.Exp32(out[i])
	}
}

func (exponential) Start(neuron iter.Seq[float32]) []float64 {
	return []float64{maths.Log(likelihood.MomentsOf(neuron).Mean)}
}

// NLL makes exponential a likelihood that its mean determines: true means have one.
func (exponential) NLL(mean, y float64) float64 { return maths.Log(mean) + y/mean }

// speckle hides a share of all elements from the loss, whether they are read or
// not: a model that must do without them is not held to each.
type speckle struct{ rate float64 }

func newSpeckle(rate float64) (augment.Augmentation, error) {
	if !(rate > 0 && rate < 1) {
		return nil, errors.New("give a share, between 0 and 1")
	}
	return speckle{rate}, nil
}

func (speckle) Changes() augment.Changes { return augment.Changes{Observed: true} }

func (s speckle) Apply(b *augment.Block) {
	masks := b.Draw(0, rng.Named("speckle"), s.rate)
	row := len(b.Observed) / b.ReconBins
	for bin := range b.ReconBins {
		for i, kept := range masks.Kept(bin, b.Neurons) {
			b.Observed[bin*row+i] &= kept
		}
	}
}
