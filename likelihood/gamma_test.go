package likelihood_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/nn"
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

// zigOf returns a zero-inflated Gamma of neurons that start from data, and its scales.
func zigOf(t *testing.T, s likelihood.Settings, neurons ...[]float32) (likelihood.Learned, []float32) {
	l, err := likelihood.New("zero_inflated_gamma", s)
	if err != nil {
		t.Fatal(err)
	}
	z, layout := l.(likelihood.Learned), &nn.Layout{}
	z.Bind(layout, len(neurons))
	params := make([]float32, layout.Size)
	z.Initialise(params)
	for n, data := range neurons {
		z.StartLearned(params, n, slices.Values(data))
	}
	z.Prepare(params)
	return z, params
}

// events are positive with zeros between.
func events(unit float32) (data []float32) {
	for _, y := range times(positive, unit) {
		data = append(data, 0, y, 0)
	}
	return data
}

// Neurons whose data have different units each start with their own mean, share and
// distribution, and the penalty is 0 there.
func TestZeroInflatedGammaStart(t *testing.T) {
	steady := events(1e-2) // a spread of a hundredth, and so a large shape
	for i, y := range steady {
		if y != 0 {
			steady[i] = y + 1
		}
	}
	neurons := [][]float32{events(1), events(1e-4), steady}
	z, scales := zigOf(t, likelihood.Settings{ZIGScale: 20, ZIGScalePenalty: 1}, neurons...)
	if want := []float32{20, 20}; !slices.Equal(scales[:2], want) || !(scales[2] > 1e4) || scales[3] != 20 || !(scales[4] > 1e4) {
		t.Errorf("scales start at %v", scales)
	}
	var out []float32
	for p := range z.Outputs() {
		for _, data := range neurons {
			out = append(out, float32(z.Start(slices.Values(data))[p]))
		}
	}
	testenv.EachLevel(t, func(t *testing.T) {
		mean, natural := make([]float32, 3), make([]float32, 9)
		z.Mean(mean, out)
		z.(likelihood.Parametric).Natural(natural, out)
		for n, data := range neurons {
			want := likelihood.MomentsOf(slices.Values(data)).Mean
			alpha, beta, q := natural[n], natural[3+n], natural[6+n]
			for _, got := range []float32{mean[n], q * alpha / beta} {
				if !(math.Abs(float64(got)/want-1) < 1e-4) {
					t.Errorf("neuron %d starts at the mean %v, want %v", n, got, want)
				}
			}
			if (alpha > 3) != (n == 2) || !(math.Abs(float64(q)-1./3) < 1e-4) {
				t.Errorf("neuron %d starts with shape %v and probability %v", n, alpha, q)
			}
		}
	})
	if p := z.Penalty(0, nil); p != 0 {
		t.Errorf("the start has the penalty %v", p)
	}
}

// Neurons that say little start somewhere: silent ones, always active ones, one event,
// and data so large that scales of 20 have no rate for them.
func TestZeroInflatedGammaOddStarts(t *testing.T) {
	for _, data := range [][]float32{{0}, {0, 0, 0}, {3}, {2, 2, 2}, {0, 0, 1e-6}, {1e8, 0, 2e8}, {0, 1e-20}, {1.1e-30, 0, 1.1e-30}, {1e30, 1e30, 0}} {
		z, scales := zigOf(t, likelihood.Settings{ZIGScale: 20, ZIGScalePenalty: 1}, data)
		if p := z.Penalty(0, nil); p != 0 {
			t.Errorf("of %v the start has the penalty %v", data, p)
		}
		out := narrow(z.Start(slices.Values(data)))
		for _, v := range append(slices.Clone(out), scales...) {
			if v-v != 0 {
				t.Errorf("of %v outputs start at %v, scales at %v", data, out, scales)
			}
		}
		b := &likelihood.Block{Width: 1, Out: out, Y: data[:1], Scale: []float32{1}, Loss: []float32{0}}
		mean := []float32{0}
		z.Mean(mean, b.Out)
		z.Loss(b)
		if b.Loss[0]-b.Loss[0] != 0 || mean[0]-mean[0] != 0 {
			t.Errorf("of %v the loss starts at %v, the mean at %v", data, b.Loss[0], mean[0])
		}
	}
}

// A readout that is sure of the wrong has a finite loss, and a gradient that leads back.
func TestZeroInflatedGammaSaturates(t *testing.T) {
	z, _ := zigOf(t, likelihood.Settings{ZIGScale: 20}, events(1))
	testenv.EachLevel(t, func(t *testing.T) {
		for _, far := range []float32{20, 90, 1000, -20, -1000} {
			for _, y := range []float32{0, 1} {
				b := &likelihood.Block{
					Width: 1, Out: []float32{0, 0, far}, Y: []float32{y}, Scale: []float32{1},
					Loss: []float32{0}, Learned: make([]float64, 2),
				}
				b.Grad = make([]float32, 3)
				z.Loss(b)
				if g := b.Grad[2]; b.Loss[0]-b.Loss[0] != 0 || (y == 0 && far > 0 || y != 0 && far < 0) && !(g*far > 0) {
					t.Errorf("output %v of %v: loss %v, gradient %v", far, y, b.Loss[0], g)
				}
			}
		}
	})
}
