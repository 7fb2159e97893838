package lfads

import (
	"fmt"
	"math"

	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/nn"
)

// Likelihood is the distribution of the data given the readout. To add one,
// implement it in a file of its own and name it in newLikelihood.
type Likelihood interface {
	// Outputs is the number of readout outputs for each neuron. Outputs of all
	// neurons for one parameter lie together: [Outputs][neurons][w].
	Outputs() int
	// Loss adds one bin's negative log likelihood to loss [w], except for
	// DataTerm, summed over neurons. If grad is not nil it receives
	// scale[lane] * (gradient with respect to out) where pass, a mask of
	// [neurons][w] (nn.MaskBytes) or nil for everywhere, has a bit, else 0;
	// grad may be out.
	Loss(grad, out, y []float32, pass []uint8, scale, loss []float32, w int)
	// DataTerm is the part of an element's negative log likelihood that depends
	// on the data alone.
	DataTerm(y float32) float64
	// Mean writes the expected data, [neurons][w], from out.
	Mean(dst, out []float32)
	// Start returns the outputs of a neuron, [Outputs], that learning starts
	// from: those that describe its data best as long as they are constant.
	Start(a Average) []float64
}

func newLikelihood(name string) (Likelihood, error) {
	switch name {
	case "poisson":
		return Poisson{}, nil
	case "gaussian":
		return Gaussian{}, nil
	}
	return nil, fmt.Errorf("model.likelihood is %q: known are poisson and gaussian", name)
}

// Counts says whether the likelihood is one of counts: the data must be whole
// numbers, and rates are spikes per bin.
func (c *Config) Counts() bool {
	l, err := newLikelihood(c.Likelihood)
	_, poisson := l.(Poisson)
	return err == nil && poisson
}

// Poisson counts: the readout is the log rate per bin.
type Poisson struct{}

// Outputs implements Likelihood.
func (Poisson) Outputs() int { return 1 }

// Loss implements Likelihood: exp(o) - y o.
func (Poisson) Loss(grad, out, y []float32, pass []uint8, scale, loss []float32, w int) {
	kernel.Poisson(grad, out, y, pass, scale, loss, w)
}

// DataTerm is ln y! by Stirling's formula for y > 1, else 0.
func (Poisson) DataTerm(y float32) float64 {
	if !(y > 1) {
		return 0
	}
	v := float64(y)
	return float64(v*maths.Log(v)) - v + float64(.5*maths.Log(2*math.Pi*v))
}

// Mean implements Likelihood: the rate per bin.
func (Poisson) Mean(dst, out []float32) { kernel.ExpTo(dst, out[:len(dst)]) }

// Start implements Likelihood: the log of the mean rate; a neuron that never
// fired is taken to have fired half a spike in all.
func (Poisson) Start(a Average) []float64 {
	return []float64{maths.Log(max(a.Mean, .5/float64(a.Elements)))}
}

// Gaussian data: the readout is the mean and the log variance.
type Gaussian struct{}

// gaussianMinVariance bounds the variance from below.
const (
	gaussianMinVariance    = 1e-6
	gaussianMinLogVariance = -13.815510557964274
)

// Outputs implements Likelihood.
func (Gaussian) Outputs() int { return 2 }

// Loss implements Likelihood: .5 (ln v + (y - m)^2 / v), v = max(exp(log
// variance), 1e-6), without the constant. The bound holds back the value of v,
// not its gradient, so that a variance that fell below can rise again.
func (Gaussian) Loss(grad, out, y []float32, pass []uint8, scale, loss []float32, w int) {
	n := len(out) / 2
	for i := range n {
		lane := i % w
		logv, free := out[n+i], maths.Exp32(out[n+i])
		v := free
		if v < gaussianMinVariance {
			v, logv = gaussianMinVariance, gaussianMinLogVariance
		}
		d := out[i] - y[i]
		q := float32(d*d) / v
		loss[lane] += float32(.5 * (logv + q))
		if grad == nil {
			continue
		}
		s := scale[lane]
		if pass != nil && !nn.Kept(pass, i, w) {
			s = 0
		}
		grad[i] = s * (d / v)
		grad[n+i] = float32(s*.5*(1-q)) * (free / v)
	}
}

// DataTerm implements Likelihood.
func (Gaussian) DataTerm(float32) float64 { return 0 }

// Mean implements Likelihood.
func (Gaussian) Mean(dst, out []float32) { copy(dst, out[:len(dst)]) }

// Start implements Likelihood: mean and log variance.
func (Gaussian) Start(a Average) []float64 {
	return []float64{a.Mean, maths.Log(max(a.Variance, gaussianMinVariance))}
}
