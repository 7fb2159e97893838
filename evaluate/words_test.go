package evaluate_test

import (
	"slices"
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
		{.2, .1, .3, .1, .05, .15, "better than their mean rates do", "That is better than smoothing"},
		{.2, .1, .3, .25, -.1, -.02, "better than their mean rates do", "by 0.050 [0.020, 0.100]: train longer"},
		{.2, .1, .3, .19, -.1, .12, "better than their mean rates do", "do not tell it from smoothing"},
		{.02, -.1, .1, .0, -.1, .12, "do not tell that from their mean rates", "do not tell it from smoothing"},
		{-.02, -.1, .1, -.1, .01, .12, "with -0.020 bits per spike (between -0.100 and 0.100 in 95 % of draws of trials)", "Nor is smoothing (-0.100;"},
		{-.2, -.3, -.1, .1, -.4, -.2, "with -0.200 bits per spike (between -0.300 and -0.100 in 95 % of draws of trials), worse than", "That is worse than smoothing"},
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
	if text := strings.Join(r.Words(d), "\n"); !strings.HasPrefix(text, "Behaviour is decoded from its rates") {
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
	for _, c := range []struct {
		heldOut float64
		part    string
	}{
		{-.1, "the model copies spikes to its output, or"},
		{.1, "of what the others score more, a part may be"},
		{.3, ": what held-out neurons score is not copied."},
	} {
		co := evaluate.Score{Name: evaluate.NameCo, Neurons: &evaluate.Neurons{Quartiles: metric.Quartiles{Median: c.heldOut}}}
		if text := said(t, all, co); !strings.Contains(text, c.part) {
			t.Errorf("%v: %q does not say %q", c.heldOut, text, c.part)
		}
	}
}

// Where not even neurons that are read are predicted, nothing can be copied.
func TestWordsOfNothingCopied(t *testing.T) {
	each := slices.Repeat([]*float64{number(-.2)}, neurons)
	all := evaluate.Score{Name: evaluate.NameBits, Value: -.2, Neurons: &evaluate.Neurons{Each: each, BelowMean: neurons}}
	co := evaluate.Score{Name: evaluate.NameCo, Value: -.3, Neurons: &evaluate.Neurons{Quartiles: metric.Quartiles{Median: -.3}}}
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

// Behaviour that is not in the rates is not said to be decoded, whatever smoothing
// does; nor is a model that reads all neurons praised for being better than smoothing.
func TestWordsOfBehaviorAndOwnSpikes(t *testing.T) {
	smoothing := func(v, least, most float64) []evaluate.Rival {
		return []evaluate.Rival{{Name: evaluate.Smoothing, Value: &v, Difference: &metric.Interval{Low: least, High: most}}}
	}
	for _, c := range []struct {
		score evaluate.Score
		part  string
	}{
		{evaluate.Score{Name: evaluate.NameBehavior, Value: -.2, Interval: &metric.Interval{Low: -.3, High: -.1}, Rivals: smoothing(-.3, .05, .15)}, "is not in its rates: R2 -0.200 (between -0.300 and -0.100"},
		{evaluate.Score{Name: evaluate.NameBehavior, Value: .02, Interval: &metric.Interval{Low: -.1, High: .1}}, "Whether behaviour, of"},
		{evaluate.Score{Name: evaluate.NameBehavior, Value: .6, Interval: &metric.Interval{Low: .5, High: .7}, Rivals: smoothing(.5, .05, .15)}, "is decoded from its rates: R2 0.600"},
		{evaluate.Score{Name: evaluate.NameBits, Value: .6, Interval: &metric.Interval{Low: .5, High: .7}, Rivals: smoothing(.5, .05, .15)}, "by 0.100 [0.050, 0.150], but so would a model be that copies spikes."},
		{evaluate.Score{Name: evaluate.NameBits, Value: .6}, "with 0.600 bits per spike, better than their mean rates do."},
	} {
		if text := said(t, c.score); !strings.Contains(text, c.part) {
			t.Errorf("%q does not say %q", text, c.part)
		}
	}
}

// Whoever stands beside a model is spoken of.
func TestWordsNameRivals(t *testing.T) {
	text := said(t, evaluate.Score{Name: evaluate.NameCo, Value: .2, Rivals: []evaluate.Rival{
		{Name: "gpfa", Value: number(.3), Difference: &metric.Interval{Low: -.15, High: -.05}},
		{Name: "psth", Value: number(.1)},
		{Name: "other", Note: "no score"},
	}})
	want := "That is worse than gpfa (0.300) by 0.100 [0.050, 0.150]. The difference from psth (0.100) has no interval, and is not judged."
	if !strings.HasSuffix(text, want) {
		t.Errorf("%q does not end with %q", text, want)
	}
}
