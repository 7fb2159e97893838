package prior

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/nn"
)

// studentT returns the prior of one input, around 0.
func studentT(degrees, squaredScale float64) *StudentT {
	var layout nn.Layout
	p := &StudentT{DegreesOfFreedom: degrees, SquaredScale: squaredScale}
	p.Bind(&layout, 1)
	p.Prepare(make([]float32, layout.Size))
	return p
}

// The density is one of a random variable, of variance v f / (f - 2), whatever the
// degrees of freedom; with 1 it is Cauchy's, with very many the normal one.
func TestStudentTDensity(t *testing.T) {
	const v = .3
	for _, f := range []float64{1, 2.5, 5, 30, 1e6} {
		p := studentT(f, v)
		mass, variance := 0., 0.
		const step = 1e-3 // of x, where u = sinh(x): tails are integrated far out
		for x := -30.; x <= 30; x += step {
			u := math.Sinh(x)
			logP, _ := p.log(u)
			weight := step * math.Cosh(x) * math.Exp(logP)
			mass += weight
			variance += weight * u * u
		}
		if !(math.Abs(mass-1) <= 1e-9) {
			t.Errorf("%v degrees of freedom: the density sums to %v", f, mass)
		}
		if want := v * f / (f - 2); f > 2.5 && !(math.Abs(variance/want-1) <= 1e-6) {
			t.Errorf("%v degrees of freedom: variance %v, want %v", f, variance, want)
		}
	}
	for f, density := range map[float64]func(u float64) float64{
		1:   func(u float64) float64 { return -math.Log(math.Pi * math.Sqrt(v) * (1 + u*u/v)) },
		1e6: func(u float64) float64 { return -.5 * (math.Log(2*math.Pi*v) + u*u/v) },
	} {
		p := studentT(f, v)
		for _, u := range []float64{-2, -.1, 0, .5, 3} {
			got, _ := p.log(u)
			if want := density(u); !(math.Abs(got-want) <= 3e-4*math.Abs(want)) { // u^4 / (4 f v^2) of 1e6
				t.Errorf("%v degrees of freedom: log density at %v is %v, want %v", f, u, got, want)
			}
		}
	}
}

// A rare strong input costs less than under a normal prior of the same variance.
func TestStudentTAllowsStrongInputs(t *testing.T) {
	heavy := studentT(5, .1)
	cost := func(u float64) float64 { peak, _ := heavy.log(0); at, _ := heavy.log(u); return peak - at }
	variance := .1 * 5 / 3
	if strong, normal := cost(3), 3*3/(2*variance); !(strong < normal/2) {
		t.Errorf("an input of 3 costs %v nats, %v under a normal prior", strong, normal)
	}
	if _, far := heavy.log(10); far > 1 {
		t.Errorf("an input of 10 is pulled back by %v, which tails this heavy do not", far)
	}
}

// Nothing is learned, and nothing is lost.
func TestNone(t *testing.T) {
	var layout nn.Layout
	p := None{}
	p.Bind(&layout, 3)
	q := &Posterior{Bins: 2, Inputs: 3, Trials: 1, Width: 1, DHead: make([]float32, 12)}
	if kl := p.KL(q, 1, nil); kl != 0 || layout.Size != 0 {
		t.Errorf("divergence %v, %d parameters", kl, layout.Size)
	}
}
