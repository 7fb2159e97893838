package synth

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/rng"
)

func TestSineOfTurn(t *testing.T) {
	for i := -4000; i <= 4000; i++ {
		x := float64(i) / 777
		sin, cos := sineOfTurn(x)
		// The angle 2 pi x of the library's argument is itself rounded: 32 turn by 4e-15.
		wantSin, wantCos := math.Sincos(2 * math.Pi * math.Mod(x, 1))
		if math.Abs(sin-wantSin) > 2e-15 || math.Abs(cos-wantCos) > 2e-15 {
			t.Fatalf("%v turns: %v, %v, want %v, %v", x, sin, cos, wantSin, wantCos)
		}
		if math.Abs(sin*sin+cos*cos-1) > 4e-16 {
			t.Fatalf("%v turns: squares add up to 1 + %v", x, sin*sin+cos*cos-1)
		}
	}
	for _, c := range []struct{ x, sin, cos float64 }{
		{0, 0, 1}, {.25, 1, 0}, {.5, 0, -1}, {.75, -1, 0}, {1, 0, 1}, {-.25, -1, 0}, {-.5, 0, -1}, {1000.25, 1, 0},
	} {
		if sin, cos := sineOfTurn(c.x); sin != c.sin || cos != c.cos {
			t.Errorf("%v turns: %v, %v, want %v, %v", c.x, sin, cos, c.sin, c.cos)
		}
	}
}

func TestNormalBelow(t *testing.T) {
	for x := -12.; x <= 12; x += .0625 {
		if got, want := normalBelow(x), .5*math.Erfc(-x/math.Sqrt2); math.Abs(got-want) > 2e-15 {
			t.Errorf("%v: %v, want %v", x, got, want)
		}
		if got, want := normalDensity(x), math.Exp(-x*x/2)/math.Sqrt(2*math.Pi); math.Abs(got-want) > 1e-15*want {
			t.Errorf("density at %v: %v, want %v", x, got, want)
		}
	}
}

// Mean, variance and mean logarithm pin a Gamma distribution. Standard errors are
// of the numbers drawn, from their moments and, of the logarithm, a trigamma that
// is below 1/k + 1/k^2.
func TestGammaNumber(t *testing.T) {
	const n = 200000
	for i, k := range []float64{1, 2, 3.7, 50} {
		src := rng.NewSource(rng.Derive(5, rng.Synthesis, uint64(i)))
		var mean, variance, log float64
		for range n {
			y := gammaNumber(src, k)
			if !(y > 0) {
				t.Fatalf("shape %v: %v", k, y)
			}
			mean, variance, log = mean+y/n, variance+(y-1)*(y-1)/n, log+math.Log(y)/n
		}
		for _, m := range []struct {
			what               string
			got, want, ofOneSD float64
		}{
			{"mean", mean, 1, math.Sqrt(1 / k)},
			{"variance", variance, 1 / k, math.Sqrt(2/(k*k) + 6/(k*k*k))},
			{"mean logarithm", log, maths.Digamma(k) - math.Log(k), math.Sqrt(1/k + 1/(k*k))},
		} {
			if math.Abs(m.got-m.want) > 5*m.ofOneSD/math.Sqrt(n) {
				t.Errorf("shape %v: %s %v, want %v", k, m.what, m.got, m.want)
			}
		}
	}
}

// The density is one, has its mean, and at shape 1 is that of an exponential.
func TestGammaNLL(t *testing.T) {
	for _, k := range []float64{1, 2, 3.7} {
		const mean, step = .7, 1e-4
		var whole, first float64
		for y := step / 2; y < 60*mean; y += step {
			p := math.Exp(-gammaNLL(y, mean, k)) * step
			whole, first = whole+p, first+y*p
		}
		if math.Abs(whole-1) > 1e-6 || math.Abs(first-mean) > 1e-6 {
			t.Errorf("shape %v: integral %v, mean %v, want 1 and %v", k, whole, first, mean)
		}
	}
	if got, want := gammaNLL(3, .5, 1), 3/.5+math.Log(.5); math.Abs(got-want) > 1e-14 {
		t.Errorf("exponential: %v, want %v", got, want)
	}
}
