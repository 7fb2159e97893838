package golden

import (
	"math"
	"testing"
)

// Tolerance bounds max|a-b| / max|b| of a tensor in single precision. Sums of a
// few hundred float32 products, through a few dozen recurrent steps, err by some
// 1e-6 of the largest element; the rational tanh adds 3e-7 a step.
const Tolerance = 2e-5

// Near checks max|got-want| <= tolerance * max|want|.
func Near(t testing.TB, name string, got []float32, want []float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s has %d elements, want %d", name, len(got), len(want))
		return
	}
	worst, scale, at := 0., 0., 0
	for i := range want {
		d := math.Abs(float64(got[i]) - want[i])
		if !(d <= worst) {
			worst, at = d, i
		}
		scale = max(scale, math.Abs(want[i]))
	}
	if !(worst <= tolerance*scale) {
		t.Errorf("%s[%d] = %v, want %v: off by %.2g of the largest element %.3g", name, at, got[at], want[at], worst/scale, scale)
	}
}

// NearScalar checks one number to Tolerance.
func NearScalar(t testing.TB, name string, got, want float64) {
	t.Helper()
	Near(t, name, []float32{float32(got)}, []float64{want}, Tolerance)
}
