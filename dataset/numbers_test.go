package dataset

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

// positive stands in for a likelihood of positive numbers.
type positive struct{ values }

func (positive) Check(y float32) string {
	if y <= 0 {
		return "do something else"
	}
	return ""
}

// What is no count is warned of by its size, not as if it were spikes: in a unit in
// which models learn nothing, unevenly scaled, far from 0, constant.
func TestNumberWarnings(t *testing.T) {
	const size, uneven, offset, constant = "numbers are of the size of", "neurons are of very different sizes", "times their standard deviation", "one value throughout training"
	any, above := Expected(measured), Expected(positive{measured})
	for name, c := range map[string]struct {
		e      Expected
		change func(v float32, neuron int) float32
		says   string // of the one warning; "": there is none
	}{
		"of the size of 1":     {above, func(v float32, _ int) float32 { return v }, ""},
		"volts":                {above, func(v float32, _ int) float32 { return v * 1e-5 }, size + " 7.|e-06|multiply all by 100000"},
		"large":                {above, func(v float32, _ int) float32 { return v * 1000 }, size + "|divide all by 1000"},
		"volts, any number":    {any, func(v float32, _ int) float32 { return v * 1e-5 }, size},
		"one in volts":         {above, func(v float32, n int) float32 { return v * [2]float32{1, 1e-5}[b2i(n == 3)] }, uneven + "|of neuron 3,|divide each neuron"},
		"far from 0":           {any, func(v float32, _ int) float32 { return v + 90 }, offset + "|12 of 12|subtract each neuron's mean"},
		"far from 0, positive": {above, func(v float32, _ int) float32 { return v + 9 }, ""},
		"constant":             {above, func(v float32, n int) float32 { return [2]float32{v, 2}[b2i(n == 5)] }, "1 of 12 neurons (5): " + constant},
		"not observed": {above, func(v float32, n int) float32 {
			return [2]float32{v, float32(math.NaN())}[b2i(n == 5)]
		}, "never observed in training"},
	} {
		d := load(t, changed(func(_ string, a *Array) {
			for i, v := range a.Data {
				a.Data[i] = c.change(v/2+.5, i%a.Features)
			}
		}), nil, Options{BinWidth: 10 * time.Millisecond})
		w := d.Warnings(c.e)
		if c.says == "" && len(w) > 0 || c.says != "" && !slices.ContainsFunc(w, func(w string) bool { return saysAll(w, c.says) }) {
			t.Errorf("%s: warns %q, want %q", name, w, c.says)
		}
		if len(w) > 1 && name != "not observed" {
			t.Errorf("%s: %d warnings: %q", name, len(w), w)
		}
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Data that are no counts have a mean and zeros, no rates in Hz.
func TestSummaryOfNumbers(t *testing.T) {
	d := sample()
	d.Train.Recon.Data[0] = .5
	for _, s := range []Summary{d.Summary(), sample().Summary().NotCounts()} {
		text := s.String()
		if s.Counts || !math.IsNaN(s.MeanRateHz) || strings.Contains(text, "Hz") || strings.Contains(text, "spikes") || strings.Contains(text, "counts") {
			t.Errorf("speaks of counts:\n%s", text)
		}
		if !saysAll(text, "mean |standard deviation|zeros |expected data, in their unit") {
			t.Errorf("lacks the size of the data:\n%s", text)
		}
	}
}

// A number far beyond the others of its neuron is told with its place, of validation
// trials, too; tails are not.
func TestArtefacts(t *testing.T) {
	for name, c := range map[string]struct {
		split  string
		change func(v float32) float32
		put    float32
		says   string // "": there is no warning
	}{
		"none":             {"train", same32, 1, ""},
		"a jump":           {"train", same32, 1e5, "train_data: trial 2, bin 3, neuron 4 is 100000|beyond 4: an artefact? Make such values NaN"},
		"negative":         {"train", same32, -1e5, "neuron 4 is -100000"},
		"in validation":    {"valid", same32, 1e5, "valid_data: trial 2, bin 3, neuron 4 is 100000"},
		"large, as others": {"train", func(v float32) float32 { return v * v * v }, 100, ""},
	} {
		d := load(t, changed(func(split string, a *Array) {
			for i, v := range a.Data {
				a.Data[i] = c.change(v/2 + .5)
			}
			if split == c.split {
				a.Bin(2, 3)[4] = c.put
			}
		}), nil, Options{})
		w := d.Warnings(measured)
		if c.says == "" && len(w) > 0 || c.says != "" && (len(w) != 1 || !saysAll(w[0], c.says)) {
			t.Errorf("%s: warns %q, want %q", name, w, c.says)
		}
	}
}

func same32(v float32) float32 { return v }
