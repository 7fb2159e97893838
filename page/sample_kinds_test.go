package page_test

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/page"
)

// Data of all kinds are kept, each with what it has.
func TestSamplesOfAllKinds(t *testing.T) {
	for name, c := range map[string]struct {
		change func(e *page.Ended)
		check  func(d *page.Document) bool
	}{
		"no conditions": {func(e *page.Ended) { e.Judged.Train.Condition, e.Judged.Valid.Condition = nil, nil }, func(d *page.Document) bool {
			return d.Sample.Means == nil && d.Sample.Conditions == nil && d.Sample.Trials[0].Condition == -1 && d.Sample.Space.Means == nil
		}},
		"a condition a trial": {func(e *page.Ended) {
			for i := range e.Judged.Valid.Condition {
				e.Judged.Valid.Condition[i], e.Judged.Train.Condition[i] = int64(1000-i), int64(2000+i)
			}
		}, func(d *page.Document) bool {
			return len(d.Sample.Conditions) == 64 && d.Data.Conditions == 200 && strings.Contains(d.Sample.Note, "64 of 200 conditions")
		}},
		"no width of bins": {func(e *page.Ended) { e.Data.BinWidth = 0 }, func(d *page.Document) bool {
			return d.Sample.Unit == "spikes/bin" && d.Sample.Means == nil && d.Sample.BinMs == 0
		}},
		"signals on a scale": {func(e *page.Ended) {
			e.Counts, e.Data.Scale = false, &dataset.Scale{Unit: "mV", Factor: []float64{1, 10, 100}, Offset: []float64{0, 0, -5}}
		}, func(d *page.Document) bool {
			low, high := d.Sample.Rates.Low, d.Sample.Rates.High
			return d.Sample.Unit == "mV" && high[0] < 1 && high[1] > 5 && high[2] > 50 && low[2] < 0 && !d.Sample.Spikes.Sparse
		}},
		"nothing observed": {func(e *page.Ended) {
			for i := range e.Judged.Valid.Recon.Data {
				e.Judged.Valid.Recon.Data[i] = float32(math.NaN())
			}
		}, func(d *page.Document) bool {
			return d.Sample.Neurons[0].Rate == nil && !d.Sample.Spikes.Sparse && len(d.Data.Facts) > 0
		}},
		"factors that do not vary":    {func(e *page.Ended) { clear(e.Factors.Data) }, func(d *page.Document) bool { return d.Sample.Space == nil && d.Sample.Factors != nil }},
		"factors that are not finite": {func(e *page.Ended) { e.Factors.Data[3] = float32(math.Inf(1)) }, func(d *page.Document) bool { return d.Sample.Space == nil && d.Sample.Factors != nil }},
		"nothing but rates": {func(e *page.Ended) {
			e.Factors, e.Inputs, e.Decoded = nil, nil, nil
			e.Judged.Valid.Behavior, e.Judged.Valid.Truth = nil, nil
		}, func(d *page.Document) bool {
			s := d.Sample
			return s.Factors == nil && s.Inputs == nil && s.Space == nil && s.Behavior == nil && s.Truth == nil && s.Rates != nil
		}},
		"behaviour that was not decoded": {func(e *page.Ended) { e.Decoded = nil }, func(d *page.Document) bool {
			return d.Sample.Behavior.Decoded == nil && d.Sample.Behavior.Measured != nil
		}},
		"all trials were trained on": {func(e *page.Ended) { e.Judged = nil }, func(d *page.Document) bool { return d.Sample == nil && d.Data.Neurons == 3 }},
	} {
		e := ended(100, 5, 3)
		c.change(e)
		if d := kept(t, e); !c.check(d) {
			t.Errorf("%s: %s", name, asJSON(t, d.Sample))
		}
	}
}

// One trial, bin, neuron and factor are kept; so are very many bins.
func TestSamplesOfExtremeShapes(t *testing.T) {
	for _, shape := range [][3]int{{1, 1, 1}, {2, 30_000, 1}, {1, 2, 3000}, {2, 210_000, 1}} {
		e := ended(shape[0], shape[1], shape[2])
		s := kept(t, e).Sample
		if n := len(s.Rates.Bytes); n == 0 || n > 200_000 {
			t.Errorf("of shape %v: %d bytes of rates", shape, n)
		}
	}
}

// Neurons whose means differ between conditions come before one that does the same in all, however much.
func TestNeuronsThatConditionsModulate(t *testing.T) {
	e := ended(90, 50, 2)
	for _, s := range []*dataset.Split{e.Judged.Train, e.Judged.Valid} {
		for i := range s.Recon.Data {
			neuron, bin, trial := i%2, i/2%50, i/100
			switch s.Recon.Data[i] = 0; {
			case neuron == 0 && bin > 20 && bin < 30: // in all conditions
				s.Recon.Data[i] = 4
			case neuron == 1 && trial%9 < 4 && bin%2 == 0:
				s.Recon.Data[i] = 1
			}
		}
	}
	if m := kept(t, e).Sample.Means; m.Neurons[0] != 1 || m.Note != "" {
		t.Errorf("neurons are in the order %v; %q", m.Neurons, m.Note)
	}
}

// Notes say how many of how many are shown, and of conditions what is so.
func TestNotesOfSamples(t *testing.T) {
	for _, c := range []struct {
		shape      [3]int
		conditions int64
		want, of   string
	}{
		{[3]int{12, 10, 4}, 9, "Shown: all 12 validation trials; all 4 neurons. ", ""},
		{[3]int{1, 10, 1}, 9, "Shown: 1 validation trial; 1 neuron. ", ""},
		{[3]int{100, 10, 2}, 9, "Shown: 48 of 100 validation trials, of all conditions alike; all 2 neurons. ", ""},
		{[3]int{100, 10, 2}, 60, "Shown: 48 of 100 validation trials, one of each of 48 conditions; all 2 neurons. ", ""},
		{[3]int{100, 10, 2}, 1, "Shown: 48 of 100 validation trials; all 2 neurons. ", ""},
		{[3]int{70, 100, 400}, 64, "Shown: 8 of 70 validation trials, one of each of 8 conditions; 250 of 400 neurons. ", "Means are of the neurons that conditions modulate most, 15 of the 250 shown."},
		{[3]int{100, 4000, 1}, 64, "Shown: ", "Means are of 25 of 64 conditions."},
	} {
		e := ended(c.shape[0], c.shape[1], c.shape[2])
		for i := range e.Judged.Valid.Condition {
			e.Judged.Valid.Condition[i], e.Judged.Train.Condition[i] = int64(i)%c.conditions, int64(i)%c.conditions
		}
		s := kept(t, e).Sample
		if !strings.HasPrefix(s.Note, c.want) || s.Means.Note != c.of {
			t.Errorf("%v: %q; %q", c.shape, s.Note, s.Means.Note)
		}
	}
}
