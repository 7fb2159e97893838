package dsp

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// filtered is what testdata/butterworth.py has of SciPy.
type filtered struct {
	Order           int
	Kind            string
	Low, High, Rate float64
	N, Every        int
	Filtered        []float64 // every so many of samples(N)
	Last            float64
}

func (j *filtered) filter() Filter {
	switch j.Kind {
	case "lowpass":
		return ButterworthLow(j.Order, j.Low, j.Rate)
	case "highpass":
		return ButterworthHigh(j.Order, j.Low, j.Rate)
	}
	return ButterworthBand(j.Order, j.Low, j.High, j.Rate)
}

// Forward and backward, ends included, filters are SciPy's to 1e-10 of the largest
// value.
func TestZeroPhaseIsSciPys(t *testing.T) {
	for _, j := range butterworths(t) {
		x := samples(j.N)
		j.filter().ZeroPhase(x, true, true)
		tolerance := 1e-10 * largest(x)
		for i, want := range j.Filtered {
			if !near(x[i*j.Every], want, tolerance) {
				t.Fatalf("%s %d at %g to %g of %g Hz: sample %d is %v, not %v", j.Kind, j.Order, j.Low, j.High, j.Rate, i*j.Every, x[i*j.Every], want)
			}
		}
		if got := x[len(x)-1]; !near(got, j.Last, tolerance) {
			t.Errorf("%s %d: the last sample is %v, not %v", j.Kind, j.Order, got, j.Last)
		}
	}
}

func butterworths(t *testing.T) (all []filtered) {
	t.Helper()
	text, err := os.ReadFile("testdata/butterworth.json")
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil || len(all) < 10 {
		t.Fatalf("%d filters, %v", len(all), err)
	}
	return all
}

func largest(x []float64) (most float64) {
	for _, v := range x {
		most = math.Max(most, math.Abs(v))
	}
	return most
}

// A long signal, filtered a block with its margins at a time, has the values it has as
// a whole to 1e-12 of the largest.
func TestBlocksAreTheWhole(t *testing.T) {
	for _, j := range butterworths(t) {
		f := j.filter()
		margin := f.Margin()
		n, block := 6*margin+1000, 2*margin+77
		whole := samples(n)
		f.ZeroPhase(whole, true, true)
		tolerance := 1e-12 * math.Max(largest(samples(n)), largest(whole))
		for from := 0; from < n; from += block {
			to := min(n, from+block)
			low, high := max(0, from-margin), min(n, to+margin)
			x := samples(n)[low:high]
			f.ZeroPhase(x, low == 0, high == n)
			for i := from; i < to; i++ {
				if !near(x[i-low], whole[i], tolerance) {
					t.Fatalf("%s %d at %g to %g of %g Hz (margin %d): sample %d is %v in a block, %v of the whole", j.Kind, j.Order, j.Low, j.High, j.Rate, margin, i, x[i-low], whole[i])
				}
			}
		}
	}
}

// What was not recorded splits a signal: each part is what it is alone.
func TestZeroPhaseParts(t *testing.T) {
	f := ButterworthHigh(4, 65, 2000)
	x := samples(900)
	for _, i := range []int{0, 300, 301, 302, 500, 899} {
		x[i] = math.NaN()
	}
	got := append([]float64(nil), x...)
	f.ZeroPhaseParts(got, true, true)
	for _, part := range [][2]int{{1, 300}, {303, 500}, {501, 899}} {
		alone := append([]float64(nil), x[part[0]:part[1]]...)
		f.ZeroPhase(alone, true, true)
		for i, want := range alone {
			if got[part[0]+i] != want {
				t.Fatalf("sample %d is %v beside a gap, %v alone", part[0]+i, got[part[0]+i], want)
			}
		}
	}
	for i, v := range x {
		if math.IsNaN(v) != math.IsNaN(got[i]) {
			t.Errorf("sample %d was %v and is %v", i, v, got[i])
		}
	}
}

// Signals of a few samples stay finite.
func TestZeroPhaseOfAFewSamples(t *testing.T) {
	for n := range 5 {
		x := samples(n)
		ButterworthLow(4, 5, 1000).ZeroPhase(x, true, true)
		for i, v := range x {
			if v-v != 0 {
				t.Errorf("sample %d of %d is %v", i, n, v)
			}
		}
	}
}
