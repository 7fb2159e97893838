package maths_test

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/rng"
)

// math.Exp is itself right to less than 1 ulp, and so is Exp: together 2 ulp.
func TestExp(t *testing.T) {
	src := rng.NewSource(rng.Derive(2, rng.Synthesis))
	for i := range 200000 {
		x := 1400 * (src.Float64() - .5)
		if i%2 == 0 {
			x /= 700 // most are used near 1
		}
		got, want := maths.Exp(x), math.Exp(x)
		ulp := math.Nextafter(want, math.Inf(1)) - want
		if math.Abs(got-want) > 2*ulp {
			t.Fatalf("Exp(%v) = %v, want %v", x, got, want)
		}
	}
	for _, c := range []struct{ x, want float64 }{
		{0, 1}, {math.Inf(1), math.Inf(1)}, {math.Inf(-1), 0}, {800, math.Inf(1)}, {-800, 0},
	} {
		if got := maths.Exp(c.x); got != c.want {
			t.Errorf("Exp(%v) = %v, want %v", c.x, got, c.want)
		}
	}
	if !math.IsNaN(maths.Exp(math.NaN())) {
		t.Error("Exp(NaN) is not NaN")
	}
}

// The logarithm undoes it: one ulp of Exp moves Log by 1.1e-16, and Log itself
// is right to an ulp of its result.
func TestExpLog(t *testing.T) {
	for x := -20.; x <= 20; x += .37 {
		if d := math.Abs(maths.Log(maths.Exp(x)) - x); d > 4e-16*math.Max(1, math.Abs(x)) {
			t.Errorf("maths.Log(maths.Exp(%v)) is off by %v", x, d)
		}
	}
}

func TestLog(t *testing.T) {
	src := rng.NewSource(rng.Derive(1, rng.Synthesis))
	for range 100000 {
		x := math.Exp(60 * (src.Float64() - .5))
		// 1 ulp of the result, or of 1 near x = 1 where the result is small.
		if d := math.Abs(maths.Log(x) - math.Log(x)); d > 2.3e-16*math.Max(1, math.Abs(math.Log(x))) {
			t.Fatalf("maths.Log(%v) = %v, want %v", x, maths.Log(x), math.Log(x))
		}
	}
}
