package evaluate_test

import (
	"strings"
	"testing"

	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/metric"
)

func number(v float64) *float64 { return &v }

// said returns what is said of scores, one sentence a line.
func said(t *testing.T, scores ...evaluate.Score) string {
	t.Helper()
	d := lorenz(t)
	heldOut(d, 8, bins)
	r := evaluate.Report{Scores: scores}
	return strings.Join(r.Words(d), "\n")
}

// What is said follows the intervals, not the numbers alone.
func TestWordsFollowIntervals(t *testing.T) {
	for _, c := range []struct {
		value, low, high        float64
		smoothing, least, most  float64
		againstMean, bySmoothed string
	}{
		{.2, .1, .3, .1, .05, .15, "better than by their mean rates", "and better than smoothing"},
		{.2, .1, .3, .25, -.1, -.02, "better than by their mean rates", "by 0.050 [0.020, 0.100]"},
		{.2, .1, .3, .19, -.1, .12, "better than by their mean rates", "do not tell it from smoothing"},
		{.02, -.1, .1, .0, -.1, .12, "do not tell from no difference", "do not tell it from smoothing"},
		{-.2, -.3, -.1, .1, -.4, -.2, "0.200 bits per spike (between -0.300 and -0.100 in 95 % of draws of trials) worse than", "and worse than smoothing"},
	} {
		text := said(t, evaluate.Score{
			Name: evaluate.NameCo, Value: c.value, Interval: &metric.Interval{Low: c.low, High: c.high},
			Rivals: []evaluate.Rival{{Name: evaluate.Smoothing, Value: &c.smoothing, Difference: &metric.Interval{Low: c.least, High: c.most}}},
		})
		for _, part := range []string{c.againstMean, c.bySmoothed} {
			if !strings.Contains(text, part) {
				t.Errorf("%v in [%v, %v], smoothing by [%v, %v]: %q does not say %q", c.value, c.low, c.high, c.least, c.most, text, part)
			}
		}
	}
}

// Neurons that could not be modelled are named by their ids.
func TestWordsNameNeurons(t *testing.T) {
	d := lorenz(t)
	d.Neurons = []string{"a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10", "a11"}
	n := &evaluate.Neurons{Quartiles: metric.Quartiles{Of: 11}, BelowMean: 2, Each: make([]*float64, neurons)}
	n.Each[1], n.Each[4], n.Each[7] = number(-.1), number(.3), number(-.2)
	r := evaluate.Report{Scores: []evaluate.Score{{Name: evaluate.NameBits, Value: .2, Neurons: n}}}
	text := strings.Join(r.Words(d), "\n")
	for _, part := range []string{"2 of 11 neurons", "a1, a7.", "hold some out", "no neurons are set aside"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q does not say %q", text, part)
		}
	}
	for i := range n.Each {
		n.Each[i] = number(-.1)
	}
	if text := strings.Join(r.Words(d), "\n"); !strings.Contains(text, "a6, a7 and 4 more.") {
		t.Errorf("%q does not say how many more", text)
	}
}

// Of behaviour a model may know something that is told what happens outside.
func TestWordsOfBehaviour(t *testing.T) {
	d := lorenz(t)
	r := evaluate.Report{Scores: []evaluate.Score{{Name: evaluate.NameBehavior, Value: .5}}}
	if text := strings.Join(r.Words(d), "\n"); !strings.Contains(text, "of which the model knows nothing") {
		t.Errorf("%q", text)
	}
	d.Valid.External = d.Valid.Recon
	if text := strings.Join(r.Words(d), "\n"); !strings.HasPrefix(text, "Behaviour is decoded") {
		t.Errorf("%q", text)
	}
}

// A model whose held-out neurons have nothing is said to copy those that it reads.
func TestWordsOfCopying(t *testing.T) {
	each := make([]*float64, neurons)
	for i := range each {
		each[i] = number(.5)
	}
	all := evaluate.Score{Name: evaluate.NameBits, Value: .4, Neurons: &evaluate.Neurons{Each: each}}
	co := evaluate.Score{Name: evaluate.NameCo, Value: -.1, Neurons: &evaluate.Neurons{Quartiles: metric.Quartiles{Median: -.1}}}
	if text := said(t, all, co); !strings.Contains(text, "the model copies spikes to its output, or") {
		t.Errorf("%q", text)
	}
	co.Neurons.Median = .3
	if text := said(t, all, co); !strings.Contains(text, "is not copied") {
		t.Errorf("%q", text)
	}
	co.Neurons.Median = -.1
	for i := range each {
		each[i] = number(-.2)
	}
	if text := said(t, all, co); !strings.Contains(text, "nothing yet that could be copied") {
		t.Errorf("%q", text)
	}
}

// Rates that copy spikes are found out by their own likelihood, where nobody says by
// which the model was chosen.
func TestCopiesAreJudgedByTheirRates(t *testing.T) {
	d := lorenz(t)
	copies := evaluate.Inferred{Rates: clone(d.Valid.Recon)}
	for i, k := range copies.Rates.Data {
		copies.Rates.Data[i] = max(k, .01)
	}
	for want, valid := range map[string]evaluate.Inferred{
		"so the model copies spikes to its output": copies,
		"it does not copy spikes to its output":    noisy(d.Valid, 1),
	} {
		r := report(t, d, noisy(d.Train, 1), valid)
		if text := strings.Join(r.Words(d), " "); !strings.Contains(text, want) {
			t.Errorf("not %q, but %s", want, text)
		}
	}
}
