package likelihood_test

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/nn"
)

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
// and data so large that the scales have no rate for them.
func TestZeroInflatedGammaOddStarts(t *testing.T) {
	for _, scale := range []float64{0, 20, 1e6} {
		for _, data := range [][]float32{{0}, {0, 0, 0}, {3}, {2, 2, 2}, {0, 0, 1e-6}, {1e8, 0, 2e8}, {0, 1e-20}, {1e-6, 0, 10}, {1e-9, 0, 1e-3}, {1.1e-30, 0, 1.1e-30}, {1e30, 1e30, 0}} {
			z, scales := zigOf(t, likelihood.Settings{ZIGScale: scale, ZIGScalePenalty: 1}, data)
			if p := z.Penalty(0, nil); p != 0 {
				t.Errorf("scale %v: of %v the start has the penalty %v", scale, data, p)
			}
			out := narrow(z.Start(slices.Values(data)))
			for _, v := range append(slices.Clone(out), scales...) {
				if v-v != 0 {
					t.Errorf("scale %v: of %v outputs start at %v, scales at %v", scale, data, out, scales)
				}
			}
			b := &likelihood.Block{Width: 1, Out: out, Y: data[:1], Scale: []float32{1}, Loss: []float32{0}}
			natural := make([]float32, 3)
			z.(likelihood.Parametric).Natural(natural, b.Out)
			z.Loss(b)
			if want := meanEvent(data); b.Loss[0]-b.Loss[0] != 0 || !(math.Abs(float64(natural[0]/natural[1])/want-1) < 1e-3) {
				t.Errorf("scale %v: of %v the loss starts at %v, the mean of events at %v / %v, want %v", scale, data, b.Loss[0], natural[0], natural[1], want)
			}
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

// meanEvent is the mean of what is not 0; 1 if all is.
func meanEvent(data []float32) float64 {
	sum, n := 0., 0.
	for _, y := range data {
		if y != 0 {
			sum, n = sum+float64(y), n+1
		}
	}
	if n == 0 {
		return 1
	}
	return sum / n
}

// The probability of an event starts clear of the bound, however many zeros there are,
// and counts as the bound below it; a scale that learning has brought to 0 or beyond
// counts as its bound.
func TestZeroInflatedGammaBounds(t *testing.T) {
	z, scales := zigOf(t, likelihood.Settings{ZIGScale: 20}, make([]float32, 1_000_000))
	if q := z.Start(slices.Values(make([]float32, 1_000_000)))[2]; !(math.Abs(q+math.Log(1e4)) < 1e-3) {
		t.Errorf("of a million zeros the probability starts at an output of %v", q)
	}
	loss := func(y float32) float32 {
		b := &likelihood.Block{Width: 1, Out: []float32{0, 0, -50}, Y: []float32{y}, Scale: []float32{1}, Loss: []float32{0}}
		z.Loss(b)
		return b.Loss[0]
	}
	if got := loss(0); !(math.Abs(float64(got)-1e-5) < 1e-7) {
		t.Errorf("0 has the loss %v where the probability of an event is 1e-5", got)
	}
	clear(scales)
	scales[1] = -3
	z.Prepare(scales)
	natural := make([]float32, 3)
	z.(likelihood.Parametric).Natural(natural, make([]float32, 3))
	if want := []float32{.5e-3, .5e-3, .5}; !slices.Equal(natural, want) {
		t.Errorf("scales of 0 and below give the parameters %v, want %v", natural, want)
	}
	if got := loss(2); got-got != 0 {
		t.Errorf("with scales of 0 and below an event has the loss %v", got)
	}
}
