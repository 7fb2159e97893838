package dsp

import "math"

// HalfWidth is how many samples a filter of LowPass reaches to either side: as many
// as the decimation of the Neural Latents Benchmark has.
const HalfWidth = 250

// LowPass returns the 2 HalfWidth + 1 taps of a symmetric filter that keeps what is
// slower than half the rate of every q-th sample: a sinc under a Hamming window,
// scaled to sum to 1. It is scipy.signal.firwin(501, 1/q, window="hamming"); q is at
// least 2.
func LowPass(q int) []float64 {
	taps := make([]float64, 2*HalfWidth+1)
	newLowPass(float64(q), HalfWidth).about(0, taps)
	return taps
}

// lowPass makes taps of a filter that keeps what is slower than half the rate of one
// sample in q, about any moment: sines of sums are made of tables.
type lowPass struct {
	q    float64
	half int
	sinc angles // pi i/q
	bell angles // pi i/half
}

func newLowPass(q float64, half int) *lowPass {
	return &lowPass{q, half, newAngles(math.Pi/q, half), newAngles(math.Pi/float64(half), half)}
}

// about writes the taps about a moment that lies a part of a sample, from 0 up to 1,
// behind the middle tap's sample. There are 2 half + 1, which sum to 1, and weigh as
// much before the moment as behind it: what rises steadily is what it is at the moment.
func (l *lowPass) about(part float64, taps []float64) {
	toSinc, toBell := l.sinc.back(part), l.bell.back(part)
	sum := 0.
	for i := range taps {
		x := float64(i-l.half) - part
		taps[i] = .54 + float64(.46*toBell.cos(l.bell, i))
		switch {
		case x < -float64(l.half):
			taps[i] = 0
		case x != 0:
			taps[i] *= toSinc.sin(l.sinc, i) / (math.Pi * x / l.q)
		}
		sum += taps[i]
	}
	for i := range taps {
		taps[i] /= sum
	}
	if part != 0 {
		balance(taps, part, min(l.half, int(math.Ceil(l.q))))
	}
}

// balance moves a little weight between the taps so many samples to either side of
// the middle, so that the mean place of all is the moment: between samples, one end
// of the window has a tap more than the other.
func balance(taps []float64, part float64, apart int) {
	half := len(taps) / 2
	mean := 0.
	for i, tap := range taps {
		mean += float64(tap * (float64(i-half) - part))
	}
	move := mean / float64(2*apart)
	taps[half-apart] += move
	taps[half+apart] -= move
}

// Decimate returns every q-th sample of x after a symmetric filter of an odd number of
// taps, the first one first: ceil(len(x)/q) values, with no delay. Beyond its ends x
// is 0. With the taps of LowPass(q) it is
// scipy.signal.decimate(x, q, n=500, ftype="fir", zero_phase=True).
func Decimate(x []float64, q int, taps []float64) []float64 {
	half := len(taps) / 2
	out := make([]float64, (len(x)+q-1)/q)
	for m := range out {
		from := m*q - half // in x, of the first tap
		skip := max(0, -from)
		end := min(len(taps), len(x)-from)
		out[m] = Dot(taps[skip:end], x[from+skip:from+end])
	}
	return out
}

// Dot returns the sum of the products of two equally long lists: of every fourth, and
// of these four.
func Dot(a, b []float64) float64 {
	var s0, s1, s2, s3 float64
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += float64(a[i] * b[i])
		s1 += float64(a[i+1] * b[i+1])
		s2 += float64(a[i+2] * b[i+2])
		s3 += float64(a[i+3] * b[i+3])
	}
	for ; i < len(a); i++ {
		s0 += float64(a[i] * b[i])
	}
	return (s0 + s1) + (s2 + s3)
}
