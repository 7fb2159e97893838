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
	FillLowPass(taps, float64(q), 0)
	return taps
}

// FillLowPass writes the taps of a filter that keeps what is slower than half the
// rate of one sample in q, about a moment that lies a part of a sample, from 0 up to
// 1, behind the middle tap's sample. There is an odd number of taps, which sum to 1,
// and weigh as much before the moment as behind it: what rises steadily is what it is
// at the moment.
func FillLowPass(taps []float64, q, part float64) {
	half := len(taps) / 2
	sum := 0.
	for i := range taps {
		taps[i] = windowedSinc(float64(i-half)-part, q, float64(half))
		sum += taps[i]
	}
	for i := range taps {
		taps[i] /= sum
	}
	if part != 0 {
		balance(taps, part, min(half, int(math.Ceil(q))))
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

// windowedSinc is sin(pi x/q) / (pi x/q) under a Hamming window that ends half
// samples from its middle.
func windowedSinc(x, q, half float64) float64 {
	if math.Abs(x) > half {
		return 0
	}
	window := .54 + float64(.46*math.Cos(math.Pi*x/half))
	if x == 0 {
		return window
	}
	return window * math.Sin(math.Pi*x/q) / (math.Pi * x / q)
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

// Dot returns the sum of the products of two equally long lists, in their order.
func Dot(a, b []float64) float64 {
	sum := 0.
	b = b[:len(a)]
	for i, v := range a {
		sum += float64(v * b[i])
	}
	return sum
}
