package likelihood

import (
	"fmt"
	"iter"

	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/nn"
)

// ZeroInflatedGamma data are 0 with probability 1 - q, and else a location plus a
// number of a Gamma distribution: deconvolved calcium events (Wei et al. 2020, "A
// zero-inflated gamma model for deconvolved calcium imaging traces"). With the logistic
// function s, at least 1e-5, the readout o and a scale of each neuron's shape and rate
// that are learned:
//
//	alpha = scale_0 s(o_0),  beta = scale_1 s(o_1),  q = s(o_2)
//
// The bound holds back values, not gradients: those are of ln s and ln (1 - s), so that
// what fell below can rise again from anywhere.
type ZeroInflatedGamma struct {
	location float32
	scale    float64 // where scales start, at least
	penalty  float64
	neurons  int
	scales   nn.Tensor // [2][neurons], of shapes and of rates

	start []float64 // of scales: what the penalty draws them to
	inUse []float32 // scales as they count
	logs  []float32 // their logarithms
}

const (
	// zigLeast bounds the logistic function from below.
	zigLeast = 1e-5
	// zigStartLeast is the least that it starts with: clear of the bound, where all is flat.
	zigStartLeast = 1e-4
	// zigLeastScale bounds scales from below: a step of training is as large as this,
	// and a scale that fell to 0 would leave no distribution.
	zigLeastScale = 1e-3
)

// newZeroInflatedGamma makes one of a configuration.
func newZeroInflatedGamma(s Settings) Likelihood {
	return &ZeroInflatedGamma{location: float32(s.ZIGLocation), scale: max(s.ZIGScale, zigLeastScale), penalty: s.ZIGScalePenalty}
}

// Outputs implements [Likelihood].
func (*ZeroInflatedGamma) Outputs() int { return 3 }

// Counts implements [Likelihood].
func (*ZeroInflatedGamma) Counts() bool { return false }

// Unit implements [Likelihood].
func (*ZeroInflatedGamma) Unit() string { return "as the data" }

// Check implements [Likelihood]: 0, or numbers above the location.
func (z *ZeroInflatedGamma) Check(y float32) string {
	switch {
	case y-y != 0:
		return finite(y)
	case y < 0:
		return "a zero-inflated Gamma likelihood needs 0 or positive numbers; the array may hold something else, such as fluorescence that is not deconvolved. A Gaussian likelihood takes any number (--set model.likelihood=gaussian)"
	case y != 0 && y <= z.location:
		return fmt.Sprintf("a zero-inflated Gamma likelihood needs 0 or numbers above its location, %v; choose a lower one (--set model.zig_location=0), or set what is below the threshold of the deconvolution to 0", z.location)
	case y != 0:
		return gammaRange(y - z.location)
	}
	return ""
}

// DataTerm is ln (y - location) of what is not 0.
func (z *ZeroInflatedGamma) DataTerm(y float32) float64 {
	if y == 0 {
		return 0
	}
	return maths.Log(float64(y - z.location))
}

// Parameters implements [Parametric].
func (*ZeroInflatedGamma) Parameters() []Parameter {
	return []Parameter{{"alpha", "1", 0}, {"beta", "one over that of the data", -1}, {"nonzero", "1", 0}}
}

// Mixtures implements [Mixing]: the probability that a datum is not 0 is a mean. Parts
// of different shape are no Gamma distribution together.
func (*ZeroInflatedGamma) Mixtures() []Mixture { return []Mixture{NoMixture, NoMixture, MeanOfParts} }

// zigFit is a neuron's likeliest distribution, near enough, and where its scales
// start: a distribution that they and the logistic function can give.
type zigFit struct {
	gammaFit
	nonzero               float64
	shapeScale, rateScale float64
}

// fit returns that of a neuron. Scales start at twice what they are needed for, so that
// the logistic function starts at a half or below, whatever the unit of the data is.
func (z *ZeroInflatedGamma) fit(neuron iter.Seq[float32]) zigFit {
	n, events := 0, 0
	for y := range neuron {
		n++
		if y != 0 {
			events++
		}
	}
	f := zigFit{gammaFit: fitGamma(z.beyond(neuron)).atLeast(zigStartLeast*z.scale, zigStartLeast*z.scale)}
	half := max(.5/float64(n), zigStartLeast) // of an event, or of none, in all
	f.nonzero = min(max(float64(events)/float64(n), half), 1-half)
	f.shapeScale, f.rateScale = max(z.scale, 2*f.shape), max(z.scale, 2*f.rate)
	return f
}

// beyond goes through what is not 0, less the location.
func (z *ZeroInflatedGamma) beyond(neuron iter.Seq[float32]) iter.Seq[float32] {
	return func(yield func(float32) bool) {
		for y := range neuron {
			if y != 0 && !yield(y-z.location) {
				return
			}
		}
	}
}

// Start implements [Likelihood].
func (z *ZeroInflatedGamma) Start(neuron iter.Seq[float32]) []float64 {
	f := z.fit(neuron)
	return []float64{logit(f.shape / f.shapeScale), logit(f.rate / f.rateScale), logit(f.nonzero)}
}

// logit is the inverse of the logistic function.
func logit(p float64) float64 { return maths.Log(p / (1 - p)) }
