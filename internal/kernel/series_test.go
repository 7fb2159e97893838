package kernel

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/maths"
)

// TestLogAccuracy: from the smallest normal number to the largest.
func TestLogAccuracy(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		x := make([]float32, 1<<16)
		for i := range x {
			x[i] = float32(math.Exp(-87.3 + 176*float64(i)/float64(len(x))))
		}
		for i := range 1000 { // about 1, where the result is small
			x[i] = 1 + (float32(i)-500)/1000
		}
		got := make([]float32, len(x))
		LogTo(got, x)
		for i, v := range x {
			want := math.Log(float64(v))
			near(t, got[i], want, 1.2e-7*max(1, math.Abs(want)), "ln %v", v)
		}
		for _, v := range []float64{math.NaN(), math.Inf(1)} {
			one := []float32{float32(v)}
			LogTo(one, one)
			near(t, one[0], math.NaN(), 0, "ln %v", v)
		}
		small := []float32{0, 1e-40, 1e-44}
		LogTo(small, small)
		for _, v := range small {
			if !(v > -90 && v < -87) {
				t.Errorf("ln of what is below the normal numbers is %v", v)
			}
		}
	})
}

// TestStirlingAccuracy reads what Stirling's formula leaves, and its slope, off the
// loss and the gradient of a datum that is the mean, where nothing else is left.
func TestStirlingAccuracy(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		const n, w = 1 << 14, 8
		for i := range n / w {
			var outputs, grad [2 * w]float32
			var y, scale, loss [w]float32
			for l := range w {
				o := 32*float32(i*w+l)/n - 16
				outputs[l], outputs[w+l], y[l], scale[l] = o, o, 1, 1
			}
			Gamma(grad[:], outputs[:], y[:], nil, nil, scale[:], loss[:], w)
			for l := range w {
				o := float64(outputs[l])
				a := math.Exp(o)
				s := maths.Lgamma(a) - a*o + a
				slope := a * (maths.Digamma(a) - o)
				if a > 1e3 { // the differences above lose their digits
					s = .5*(math.Log(2*math.Pi)-o) + 1/(12*a)
					slope = -.5 - 1/(12*a)
				}
				near(t, loss[l], s, 1e-6*max(1, math.Abs(s)), "what is left of ln Gamma(%v)", a)
				near(t, grad[l], slope, 1e-6, "its slope at %v", a)
			}
		}
	})
}

// TestExcessAccuracy reads e^x - 1 - x off the loss of Gamma distributions of shape
// 1e4, less that of a datum that is the mean: what it loses there is 1e-4 of it alone.
func TestExcessAccuracy(t *testing.T) {
	for i := range 4001 {
		x := float32(i-2000) / 100
		want := math.Expm1(float64(x)) - float64(x)
		near(t, excess(x), want, 1e-6*want, "excess(%v)", x)
		small := x / 2000
		v := float64(small)
		want = v * v * (.5 + v*(1./6+v*(1./24+v/120)))
		near(t, excess(small), want, 1e-6*want, "excess(%v)", small)
	}
	for _, x := range []float32{-88, -90, -200, -1e4} { // where e^x is none of a number
		near(t, excess(x), -1-float64(x), 1e-6*math.Abs(float64(x)), "excess(%v)", x)
	}
}
