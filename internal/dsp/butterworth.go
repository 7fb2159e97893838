package dsp

import (
	"math"
	"math/cmplx"
	"slices"
)

// Section is a filter of the second order, or of the first where B2 and A2 are 0:
// y[n] = B0 x[n] + B1 x[n-1] + B2 x[n-2] - A1 y[n-1] - A2 y[n-2].
type Section struct{ B0, B1, B2, A1, A2 float64 }

// Filter is sections one behind the other.
type Filter []Section

// ButterworthLow returns the filter that keeps what is slower than an edge in Hz, of
// samples of a rate in Hz: scipy.signal.butter(order, hz, "lowpass", output="sos",
// fs=rate). The edge lies between 0 and half the rate.
func ButterworthLow(order int, hz, rate float64) Filter {
	wide := warped(hz, rate)
	var f Filter
	for _, pair := range prototype(order) {
		f = append(f, lowSection(digital(pair[0]*complex(wide, 0)), pair[0] == pair[1], 1))
	}
	return f.sorted()
}

// ButterworthHigh is ButterworthLow for what is faster than the edge.
func ButterworthHigh(order int, hz, rate float64) Filter {
	wide := warped(hz, rate)
	var f Filter
	for _, pair := range prototype(order) {
		f = append(f, lowSection(digital(complex(wide, 0)/pair[0]), pair[0] == pair[1], -1))
	}
	return f.sorted()
}

// ButterworthBand is ButterworthLow for what lies between two edges, with twice as
// many poles as the order says: scipy.signal.butter(order, [low, high], "bandpass").
func ButterworthBand(order int, low, high, rate float64) Filter {
	a, b := warped(low, rate), warped(high, rate)
	centre := math.Sqrt(a * b)
	at := digital(complex(0, centre))
	var f Filter
	for _, pair := range prototype(order) {
		half := pair[0] * complex((b-a)/2, 0)
		root := cmplx.Sqrt(half*half - complex(centre*centre, 0))
		p, q := digital(half+root), digital(half-root)
		if pair[0] == pair[1] { // a real one becomes one pair
			f = append(f, bandSection(p, q, at))
			continue
		}
		f = append(f, bandSection(p, cmplx.Conj(p), at), bandSection(q, cmplx.Conj(q), at))
	}
	return f.sorted()
}

// prototype returns the poles of the analog low-pass filter with its edge at 1, in
// pairs of conjugates; a real one twice.
func prototype(order int) (pairs [][2]complex128) {
	for m := 1 - order; m <= 0; m += 2 {
		p := -cmplx.Exp(complex(0, math.Pi*float64(m)/float64(2*order)))
		if m == 0 {
			p = -1
		}
		pairs = append(pairs, [2]complex128{p, cmplx.Conj(p)})
	}
	return pairs
}

// warped is the analog frequency that the bilinear transform brings to hz.
func warped(hz, rate float64) float64 { return 4 * math.Tan(math.Pi*hz/rate) }

// digital is the bilinear transform of a pole: of 2 samples a unit of time.
func digital(s complex128) complex128 { return (4 + s) / (4 - s) }

// lowSection returns the section of a pole and its conjugate, or of one real pole, with
// zeros at -1, or for a high pass (sign -1) at 1, and a gain of 1 at the other end.
func lowSection(p complex128, single bool, sign float64) Section {
	apart := real(1-p)*real(1-p) + imag(p)*imag(p) // |1 - p|^2
	if sign < 0 {
		apart = real(1+p)*real(1+p) + imag(p)*imag(p)
	}
	if single {
		gain := math.Sqrt(apart) / 2
		return Section{B0: gain, B1: sign * gain, A1: -real(p)}
	}
	gain := apart / 4
	return Section{gain, 2 * sign * gain, gain, -2 * real(p), real(p)*real(p) + imag(p)*imag(p)}
}

// bandSection returns the section of two poles, conjugates or both real, with zeros at 1
// and -1, and a gain of 1 at a place of the unit circle.
func bandSection(p, q, at complex128) Section {
	gain := cmplx.Abs((at-p)*(at-q)) / cmplx.Abs(at*at-1)
	return Section{gain, 0, -gain, -real(p + q), real(p * q)}
}

// sorted puts the poles that lie nearest to the unit circle last, as SciPy does: numbers
// within stay small.
func (f Filter) sorted() Filter {
	slices.SortStableFunc(f, func(a, b Section) int {
		switch {
		case a.radius() < b.radius():
			return -1
		case a.radius() > b.radius():
			return 1
		}
		return 0
	})
	return f
}

// radius is how far from 0 the section's farther pole lies.
func (s Section) radius() float64 {
	root := cmplx.Sqrt(complex(s.A1*s.A1-4*s.A2, 0))
	return max(cmplx.Abs(complex(-s.A1, 0)+root), cmplx.Abs(complex(-s.A1, 0)-root)) / 2
}
