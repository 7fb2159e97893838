package dsp

import (
	"math"
	"math/rand/v2"
	"testing"
)

var nan = math.NaN()

// one returns the one signal of a resampler at a moment.
func one(r *Resampler, moment float64) float64 {
	var out [1]float64
	r.At(moment, out[:])
	return out[0]
}

// Inside a signal, whole factors give SciPy's decimation.
func TestResamplerIsDecimation(t *testing.T) {
	for _, q := range []int{2, 5, 20} {
		x := samples(3000)
		want := Decimate(x, q, LowPass(q))
		r := NewResampler(float64(q))
		r.Load([][]float64{x})
		for m, v := range want {
			if at := m * q; at >= HalfWidth && at < len(x)-HalfWidth && !near(one(r, float64(at)), v, 1e-12) {
				t.Fatalf("q %d: value %d is %v, not %v", q, m, one(r, float64(at)), v)
			}
		}
	}
}

// What rises steadily comes out as it is wherever it is known: at the ends, beside gaps
// of any length, in stretches shorter than the filter, between samples.
func TestRampComesThrough(t *testing.T) {
	for _, factor := range []float64{.3, .999, 1.05, 1.25, 5, 5.086, 60} {
		x := make([]float64, 1500)
		for i := range x {
			x[i] = 3 + float64(i)/8
		}
		for _, gap := range [][2]int{{100, 101}, {200, 203}, {300, 400}, {402, 420}, {421, 1100}} {
			for i := gap[0]; i < gap[1]; i++ {
				x[i] = nan
			}
		}
		x[1200] = math.Inf(1)
		r := NewResampler(factor)
		r.Load([][]float64{x})
		for _, part := range []float64{0, .25, .6} {
			for i := range x[:len(x)-1] {
				want := 3 + (float64(i)+part)/8
				if !isKnown(x[i]) || part > 0 && !isKnown(x[i+1]) {
					want = nan
				}
				got := one(r, float64(i)+part)
				if !near(got, want, 1e-9) && !(got != got && want != want) {
					t.Fatalf("factor %g: at %d + %g is %v, want %v", factor, i, part, got, want)
				}
			}
		}
	}
}

// Pieces with Reach samples more give what the whole does.
func TestPiecesAreTheWhole(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	x := make([]float64, 5000)
	for i := range x {
		x[i] = random.NormFloat64()
	}
	for range 60 { // gaps of all lengths about the most that is bridged
		from := random.IntN(len(x))
		for i := from; i < min(len(x), from+1+random.IntN(12)); i++ {
			x[i] = nan
		}
	}
	for _, factor := range []float64{.7, 1, 1.25, 5, 7.3} {
		whole, piece := NewResampler(factor), NewResampler(factor)
		whole.Load([][]float64{x})
		for range 300 {
			moment := random.Float64() * float64(len(x)-1)
			if random.IntN(2) == 0 {
				moment = math.Floor(moment)
			}
			from := max(0, int(moment)-piece.Reach())
			piece.Load([][]float64{x[from:min(len(x), int(moment)+piece.Reach()+1)]})
			a, b := one(whole, moment), one(piece, moment-float64(from))
			if !(near(a, b, 1e-9) || a != a && b != b) {
				t.Fatalf("factor %g at %v: %v of the whole, %v of a piece", factor, moment, a, b)
			}
		}
	}
}

// A wave faster than the values is gone, a slower one is there.
func TestNoAliases(t *testing.T) {
	r := NewResampler(5)
	for _, c := range []struct{ period, amplitude float64 }{{8, 0}, {3, 0}, {12, 1}, {40, 1}} {
		x := make([]float64, 4000)
		for i := range x {
			x[i] = math.Sin(2 * math.Pi * float64(i) / c.period)
		}
		r.Load([][]float64{x})
		most := 0.
		for at := 500; at < 3500; at += 5 {
			most = max(most, math.Abs(one(r, float64(at))-float64(c.amplitude*x[at])))
		}
		if most > 3e-3 {
			t.Errorf("a period of %g samples: off by %g", c.period, most)
		}
	}
}

func TestRules(t *testing.T) {
	x := []float64{1, 3, nan, 10, 20}
	for _, c := range []struct {
		name string
		r    *Resampler
		want map[float64]float64
	}{
		{"own", NewResampler(1), map[float64]float64{0: 1, .5: 3, 1: 3, 1.5: nan, 2.1: 10, 4: 20, 4.1: nan, -.1: nan}},
		{"line", NewResampler(.25), map[float64]float64{0: 1, .5: 2, 1: 3, 1.5: nan, 2: nan, 2.5: nan, 3: 10, 3.25: 12.5, 4: 20, 4.5: nan}},
		{"hold", NewHolder(), map[float64]float64{0: 1, .9: 1, 1.9: 3, 2.5: nan, 3.99: 10, 4: 20, 5: nan}},
	} {
		c.r.Load([][]float64{x})
		for at, want := range c.want {
			if got := one(c.r, at); got != want && (got == got || want == want) {
				t.Errorf("%s at %g: %v, want %v", c.name, at, got, want)
			}
		}
	}
	for _, x := range [][]float64{{}, {nan}, {7}} {
		r := NewResampler(5)
		r.Load([][]float64{x})
		if got := one(r, 0); len(x) == 1 && x[0] == 7 && !near(got, 7, 1e-12) || (len(x) == 0 || x[0] != 7) && got == got {
			t.Errorf("of %v: %v", x, got)
		}
	}
}

// Up to so many samples in a row are bridged, if they lie between two that are known.
func TestBridge(t *testing.T) {
	for _, c := range []struct {
		most    int
		x, want []float64
	}{
		{3, []float64{1, nan, nan, nan, 5}, []float64{1, 2, 3, 4, 5}},
		{2, []float64{1, nan, nan, nan, 5, math.Inf(-1), 7}, []float64{1, nan, nan, nan, 5, 6, 7}},
		{9, []float64{nan, 2, math.Inf(1)}, []float64{nan, 2, nan}},
		{9, []float64{nan, nan}, []float64{nan, nan}},
	} {
		bridge(c.x, c.most)
		for i, want := range c.want {
			if c.x[i] != want && !(c.x[i] != c.x[i] && want != want) {
				t.Errorf("at most %d: %v, not %v", c.most, c.x, c.want)
				break
			}
		}
	}
}
