package dsp

import "math"

// state is what a section remembers.
type state struct{ a, b float64 }

// run filters x where it stands, from what each section remembers.
func (f Filter) run(x []float64, states []state) {
	for k, s := range f {
		a, b := states[k].a, states[k].b
		for i, v := range x {
			y := float64(s.B0*v) + a
			a = float64(s.B1*v) - float64(s.A1*y) + b
			b = float64(s.B2*v) - float64(s.A2*y)
			x[i] = y
		}
	}
}

// steady is what sections remember when x has always been so large.
func (f Filter) steady(x float64) []state {
	states := make([]state, len(f))
	for k, s := range f {
		y := x * (s.B0 + s.B1 + s.B2) / (1 + s.A1 + s.A2)
		states[k] = state{y - float64(s.B0*x), float64(s.B2*x) - float64(s.A2*y)}
		x = y
	}
	return states
}

// Pad is how many samples beyond its ends a signal is continued by.
func (f Filter) Pad() int {
	taps, b, a := 2*len(f)+1, 0, 0
	for _, s := range f {
		if s.B2 == 0 {
			b++
		}
		if s.A2 == 0 {
			a++
		}
	}
	return 3 * (taps - min(a, b))
}

// ZeroPhase filters x forward and then backward, where it stands: what is kept is
// neither early nor late, and the edge has a gain of a half. Before a first sample that
// is the signal's own, and behind such a last one, the signal is continued turned about
// it (odd extension): then it is scipy.signal.sosfiltfilt(sos, x). Where x is a piece of
// a longer signal, first and last say so, and values within Margin of such an end are
// none of the signal's.
func (f Filter) ZeroPhase(x []float64, first, last bool) {
	if len(x) == 0 {
		return
	}
	pad := min(f.Pad(), len(x)-1)
	before, behind := 0, 0
	if first {
		before = pad
	}
	if last {
		behind = pad
	}
	y := extended(x, before, behind)
	f.run(y, f.steady(y[0]))
	reverse(y)
	f.run(y, f.steady(y[0]))
	reverse(y)
	copy(x, y[before:])
}

// extended continues x by some samples before and behind, turned about its ends.
func extended(x []float64, before, behind int) []float64 {
	n := len(x)
	y := make([]float64, before+n+behind)
	copy(y[before:], x)
	for i := 1; i <= before; i++ {
		y[before-i] = 2*x[0] - x[i]
	}
	for i := 1; i <= behind; i++ {
		y[before+n-1+i] = 2*x[n-1] - x[n-1-i]
	}
	return y
}

func reverse(x []float64) {
	for i, j := 0, len(x)-1; i < j; i, j = i+1, j-1 {
		x[i], x[j] = x[j], x[i]
	}
}

// forgotten is what is left of where a filter began, after Margin samples, as a part of
// the largest value. Poles of a Butterworth filter that lie side by side need a
// thousand times less for 1e-12 to be left.
const forgotten = 1e-15

// Margin is how many samples after its beginning a filter has forgotten it but for
// 1e-12 of the largest value.
func (f Filter) Margin() int {
	radius := 0.
	for _, s := range f {
		radius = max(radius, s.radius())
	}
	if radius == 0 {
		return f.Pad()
	}
	return f.Pad() + int(math.Ceil(math.Log(forgotten)/math.Log(radius)))
}

// ZeroPhaseParts is ZeroPhase of each stretch of x without NaN for itself: what was not
// recorded stays so, and is not smeared over what was.
func (f Filter) ZeroPhaseParts(x []float64, first, last bool) {
	for from := 0; from < len(x); {
		if math.IsNaN(x[from]) {
			from++
			continue
		}
		to := from
		for to < len(x) && !math.IsNaN(x[to]) {
			to++
		}
		f.ZeroPhase(x[from:to], first || from > 0, last || to < len(x))
		from = to
	}
}
