package likelihood_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/maths"
)

// positive are a few data whose likeliest Gamma distribution has a shape of nearly 2.
var positive = []float32{.3, .7, 1.1, 1.6, 2.2, .9, 3.1, 1.4, .5, 4.2}

// times returns data in another unit.
func times(x []float32, factor float32) []float32 {
	y := slices.Clone(x)
	for i := range y {
		y[i] *= factor
	}
	return y
}

// What starts learning has the data's mean, in whatever unit they are.
func TestGammaStart(t *testing.T) {
	for _, unit := range []float32{1e-6, 1, 1e6} {
		data := times(positive, unit)
		out := likelihood.Gamma{}.Start(slices.Values(data))
		shape, mean := math.Exp(out[0]), math.Exp(out[0]-out[1])
		if !(math.Abs(shape-1.934193) < 1e-5) { // the maximum of the log density, by another program
			t.Errorf("unit %v: shape %v", unit, shape)
		}
		if want := likelihood.MomentsOf(slices.Values(data)).Mean; !(math.Abs(mean/want-1) < 1e-6) {
			t.Errorf("unit %v: mean %v, want %v", unit, mean, want)
		}
	}
}

// The shape solves the equation of the likeliest one, for data that are all but alike as
// for data of which one is nearly 0; beyond its bounds it is at them.
func TestGammaShape(t *testing.T) {
	for _, low := range []float64{.99, .5, 1e-3, 1e-20, 1e-29} {
		high := 2 - low // the mean is 1
		shape := math.Exp(likelihood.Gamma{}.Start(slices.Values([]float32{float32(low), float32(high)}))[0])
		spread := -.5 * (math.Log(float64(float32(low))) + math.Log(float64(float32(high))))
		if got := math.Log(shape) - maths.Digamma(shape); !(math.Abs(got/spread-1) < 1e-3) {
			t.Errorf("of %v and %v the shape is %v: the equation says %v, want %v", low, high, shape, got, spread)
		}
	}
	for want, data := range map[float64][]float32{1e4: {2, 2, 2}, 1e-2: append(slices.Repeat([]float32{1e-30}, 9), 1e30)} {
		if got := math.Exp(likelihood.Gamma{}.Start(slices.Values(data))[0]); !(math.Abs(got/want-1) < 1e-6) {
			t.Errorf("of %v the shape is %v, want %v", data, got, want)
		}
	}
}

// Files hold shapes and rates, and variances, under their own names; a shape as it
// counts.
func TestNatural(t *testing.T) {
	for _, c := range []struct {
		l         likelihood.Parametric
		out, want []float32
	}{
		{likelihood.Gamma{}, []float32{0, math.Ln2, 40, 2 * math.Ln2, -math.Ln2, 0}, []float32{1, 2, 8886110.5, 4, .5, 1}},
		{likelihood.Gaussian{}, []float32{7, 8, 2 * math.Ln2, -40}, []float32{4, 1e-6}},
	} {
		got := make([]float32, len(c.want))
		c.l.Natural(got, c.out)
		for i, want := range c.want {
			if !(math.Abs(float64(got[i]-want)) <= 1e-6*float64(want)) {
				t.Errorf("%T of %v has the parameters %v, want %v", c.l, c.out, got, c.want)
			}
		}
	}
}

func TestGammaFaults(t *testing.T) {
	zig, err := likelihood.New("zero_inflated_gamma", likelihood.Settings{ZIGLocation: .5, ZIGScale: 20})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		l     likelihood.Likelihood
		y     float32
		fault string // a part of it
	}{
		{likelihood.Gamma{}, 1.1e-30, ""},
		{likelihood.Gamma{}, 9e-31, "from 1e-30 to 1e30; choose a unit"},
		{likelihood.Gamma{}, 2e30, "from 1e-30 to 1e30; choose a unit"},
		{likelihood.Gamma{}, 0, "--set model.likelihood=zero_inflated_gamma"},
		{likelihood.Gamma{}, -1, "--set model.likelihood=zero_inflated_gamma"},
		{likelihood.Gamma{}, float32(math.Inf(-1)), "cannot read"},
		{zig, 0, ""},
		{zig, .6, ""},
		{zig, 2e30, "from 1e-30 to 1e30; choose a unit"},
		{zig, .5, "above its location, 0.5"},
		{zig, .1, "--set model.zig_location"},
		{zig, -1, "gaussian"},
		{zig, float32(math.Inf(1)), "cannot read"},
	} {
		got := c.l.Check(c.y)
		if (got == "") != (c.fault == "") || !strings.Contains(got, c.fault) {
			t.Errorf("%T of %v says %q, want %q in it", c.l, c.y, got, c.fault)
		}
	}
}
