package dsp

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// judged is what testdata/fir.py has of SciPy.
type judged struct {
	Q, N      int
	Taps      []float64 // the first half and the middle one
	Decimated []float64 // of samples(N)
}

// samples are those of fir.py.
func samples(n int) []float64 {
	x := make([]float64, n)
	for k := range x {
		x[k] = float64((k*k*7919+k*104729)%1001-500) / 64
	}
	return x
}

func judgements(t *testing.T) (all []judged) {
	t.Helper()
	text, err := os.ReadFile("testdata/fir.json")
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil || len(all) == 0 {
		t.Fatalf("%d judgements, %v", len(all), err)
	}
	return all
}

func TestLowPassIsSciPys(t *testing.T) {
	for _, j := range judgements(t) {
		taps := LowPass(j.Q)
		if len(taps) != 2*HalfWidth+1 {
			t.Fatalf("q %d: %d taps", j.Q, len(taps))
		}
		for i, want := range j.Taps {
			if !near(taps[i], want, 1e-15) || !near(taps[len(taps)-1-i], want, 1e-15) {
				t.Fatalf("q %d: tap %d is %v and %v, not %v", j.Q, i, taps[i], taps[len(taps)-1-i], want)
			}
		}
	}
}

func TestDecimateIsSciPys(t *testing.T) {
	for _, j := range judgements(t) {
		got := Decimate(samples(j.N), j.Q, LowPass(j.Q))
		if len(got) != len(j.Decimated) {
			t.Fatalf("q %d of %d samples: %d values, not %d", j.Q, j.N, len(got), len(j.Decimated))
		}
		for i, want := range j.Decimated {
			if !near(got[i], want, 1e-12) {
				t.Fatalf("q %d of %d samples: value %d is %v, not %v", j.Q, j.N, i, got[i], want)
			}
		}
	}
	if got := Decimate(nil, 5, LowPass(5)); len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

// About a moment between two samples, a filter passes a slow wave as it is there.
func TestLowPassBetweenSamples(t *testing.T) {
	wave := func(at float64) float64 { return math.Sin(.02 * at) }
	taps := make([]float64, 2*HalfWidth+1)
	x := make([]float64, len(taps))
	for i := range x {
		x[i] = wave(float64(i))
	}
	for _, part := range []float64{0, .25, .5, .999} {
		newLowPass(1.25, HalfWidth).about(part, taps)
		if got, want := Dot(taps, x), wave(HalfWidth+part); !near(got, want, 1e-4) {
			t.Errorf("%g behind the middle: %v, not %v", part, got, want)
		}
	}
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }
