package metric

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

var nan = float32(math.NaN())

// array makes one trial with the given rows of bins.
func array(bins ...[]float32) *dataset.Array {
	a := dataset.NewArray(1, len(bins), len(bins[0]))
	for i, b := range bins {
		copy(a.Bin(0, i), b)
	}
	return a
}

// near compares sums of a few dozen terms, each correct to 1e-16.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-13*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

func TestLogFactorial(t *testing.T) {
	near(t, "Exact(5)", Exact(5), math.Log(120))
	if Stirling(0) != 0 || Stirling(1) != 0 {
		t.Error("Stirling's term is for counts over 1 only")
	}
	// Stirling's series: ln k! exceeds the approximation by 1/12k - 1/360k^3 + ...
	for k := 2.; k < 50; k++ {
		if d := Exact(k) - Stirling(k); d > 1/(12*k) || d < 1/(12*k)-1/(360*k*k*k) {
			t.Errorf("ln %v! - Stirling = %v", k, d)
		}
	}
}

func TestPoissonNLL(t *testing.T) {
	spikes := array([]float32{0, 3, nan}, []float32{1, 2, 0})
	rates := array([]float32{.5, 2, nan}, []float32{.25, 0, 4})
	l := PoissonNLL(rates, spikes, Exact)
	want := .5 + (2 - 3*math.Log(2) + math.Log(6)) + (.25 - math.Log(.25)) + (MinRate - 2*math.Log(MinRate) + math.Log(2)) + 4
	near(t, "sum", l.Sum, want)
	near(t, "mean", l.Mean(), want/5)
	if l.Elements != 5 || l.ZeroRates != 1 || !strings.Contains(l.Warning(), "1 of 5 rates are zero") {
		t.Errorf("%+v: %q", l, l.Warning())
	}
	if w := PoissonNLL(spikes, spikes, Exact).Warning(); !strings.HasPrefix(w, "2 of 5") {
		t.Errorf("warning %q", w)
	}
	if PoissonNLL(array([]float32{1}), array([]float32{1}), Exact).Warning() != "" {
		t.Error("a warning for nothing")
	}
}

func TestNegativeRateIsSeen(t *testing.T) {
	if l := PoissonNLL(array([]float32{-1}), array([]float32{1}), Exact); !math.IsNaN(l.Sum) {
		t.Errorf("the likelihood of a negative rate is %v", l.Sum)
	}
}

func TestShapeMismatchNamesBoth(t *testing.T) {
	defer func() {
		if m, _ := recover().(string); !strings.Contains(m, "2 bins x 1") || !strings.Contains(m, "1 bins x 2") {
			t.Errorf("panic says %q", m)
		}
	}()
	PoissonNLL(array([]float32{1}, []float32{1}), array([]float32{1, 1}), Exact)
}

// The mean rate scores 0 bits; a model that knows when a neuron fires scores
// more, by an amount that can be worked out by hand.
func TestBitsPerSpike(t *testing.T) {
	spikes := array([]float32{2, 0}, []float32{0, 0}, []float32{nan, 0})
	flat := array([]float32{1, 0}, []float32{1, 0}, []float32{7, 0})
	near(t, "bits of the mean", BitsPerSpike(flat, spikes).PerSpike, 0)
	// 2 spikes, rate 2 where the null has 1: 2 ln 2 nats gained, rates' sums equal.
	b := BitsPerSpike(array([]float32{2, 0}, []float32{0, 0}, []float32{7, 0}), spikes)
	if math.Abs(b.PerSpike-1) > 2*MinRate { // a zero rate costs MinRate
		t.Errorf("bits per spike %v, want 1", b.PerSpike)
	}
	if b.Spikes != 2 || b.Model.ZeroRates != 4 {
		t.Errorf("%+v", b)
	}
	if !math.IsNaN(BitsPerSpike(array([]float32{1}), array([]float32{0})).PerSpike) {
		t.Error("bits per spike without spikes is a number")
	}
}

func TestHeldOutPartsScoreTheirOwnBins(t *testing.T) {
	spikes := array([]float32{1, 1, 0}, []float32{0, 2, 3}, []float32{4, 0, 1})
	rates := array([]float32{.5, .9, .1}, []float32{.4, 1.5, 2}, []float32{3, .3, .8})
	co := BitsPerSpike(array([]float32{.1}, []float32{2}), array([]float32{0}, []float32{3}))
	near(t, "co-bps", CoBPS(rates, spikes, 2, 2).PerSpike, co.PerSpike)
	fp := BitsPerSpike(array([]float32{3, .3, .8}), array([]float32{4, 0, 1}))
	near(t, "fp-bps", FpBPS(rates, spikes, 2).PerSpike, fp.PerSpike)
	if !math.IsNaN(CoBPS(rates, spikes, 3, 2).PerSpike) || !math.IsNaN(FpBPS(rates, spikes, 3).PerSpike) {
		t.Error("nothing held out, but a score")
	}
}

func TestJudgeOverfitting(t *testing.T) {
	for _, c := range []struct {
		valid, oracle float64
		overfit       bool
		says          string
	}{
		{.0514, .0775, true, "Identity overfitting: the validation negative log likelihood 0.05140 is below the 0.07750"},
		{.0780, .0775, false, "No identity overfitting"},
		{.0775, .0775, false, "No identity overfitting"},
		{math.NaN(), .0775, false, "cannot be judged"},
		{.0780, math.NaN(), false, "cannot be judged"},
	} {
		overfit, sentence := JudgeOverfitting("validation", c.valid, c.oracle)
		if overfit != c.overfit || !strings.Contains(sentence, c.says) {
			t.Errorf("JudgeOverfitting(%v, %v) = %v, %q", c.valid, c.oracle, overfit, sentence)
		}
	}
}

// What was not recorded counts neither for the model nor for the mean rates, in
// whatever part is scored: as if these trials' bins were not there.
func TestPartsLeaveOutWhatWasNotRecorded(t *testing.T) {
	spikes := array([]float32{1, 1, 0}, []float32{0, nan, 3}, []float32{4, 0, nan})
	rates := array([]float32{.5, .9, .1}, []float32{.4, 1.5, 2}, []float32{3, .3, .8})
	hidden := array([]float32{1, 1, 0}, []float32{0, nan, nan}, []float32{4, 0, nan})
	near(t, "co-bps", CoBPS(rates, hidden, 1, 2).PerSpike, BitsPerSpike(array([]float32{.9, .1}), array([]float32{1, 0})).PerSpike)
	near(t, "fp-bps", FpBPS(rates, spikes, 2).PerSpike, BitsPerSpike(array([]float32{3, .3}), array([]float32{4, 0})).PerSpike)
	square := func(mean, y float64) float64 { return (mean - y) * (mean - y) }
	near(t, "mean of elements", MeanNLL(array([]float32{1, 7, 2}), array([]float32{0, nan, 4}), square), 2.5)
	if !math.IsNaN(MeanNLL(array([]float32{1}), array([]float32{nan}), square)) {
		t.Error("nothing recorded, but a likelihood")
	}
}
