package evaluate_test

import (
	"strings"
	"testing"

	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/metric"
)

// Of data that are no counts, and where the truth is known, it is said whether the
// model has found anything.
func TestWordsOfTruthAndMeans(t *testing.T) {
	for _, c := range []struct {
		name             string
		value, low, high float64
		says             string
	}{
		{"data from means", .3, .2, .4, "explain something of the data, whose noise no model explains: R2 0.300 (between 0.200 and 0.400"},
		{"data from means", -.001, -.003, -.0005, "explain nothing of the data"},
		{"data from means", .001, -.003, .01, "these trials do not tell: R2 0.001"},
		{"true rates", .6, .5, .7, "The true rates it finds: R2 0.600"},
		{"true rates", -.2, -.3, -.1, "The true rates it does not find: R2 -0.200"},
		{"true rates", .02, -.1, .1, "Whether it finds the true rates"},
	} {
		score := evaluate.Score{Name: c.name, Value: c.value, Interval: &metric.Interval{Low: c.low, High: c.high}}
		if text := said(t, score); !strings.Contains(text, c.says) {
			t.Errorf("%s %v: %q does not say %q", c.name, c.value, text, c.says)
		}
	}
}

// Of data that are no counts models infer means: nothing is said of rates.
func TestWordsOfMeansSayNothingOfRates(t *testing.T) {
	text := said(t, evaluate.Score{Name: "data from means", Value: .3}, evaluate.Score{Name: "true rates", Value: .6},
		evaluate.Score{Name: evaluate.NameBehavior, Value: .5})
	for _, part := range []string{"is decoded from its means: R2 0.500", "The true means it finds: R2 0.600"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q does not say %q", text, part)
		}
	}
	if strings.Contains(text, "rates") {
		t.Errorf("%q says something of rates", text)
	}
}

// Rates that are in doubt say nothing; of smoothing it is told by how much it is better.
func TestWordsOfDoubtfulTruth(t *testing.T) {
	d, smoothed := lorenz(t), .8
	r := evaluate.Report{Scores: []evaluate.Score{{Name: "true rates", Value: .5, Rivals: []evaluate.Rival{
		{Name: evaluate.Smoothing, Value: &smoothed, Difference: &metric.Interval{Low: -.4, High: -.2}},
	}}}}
	if text := strings.Join(r.Words(d), "\n"); !strings.Contains(text, "worse than smoothing (0.800; with the kernel that suits them) by 0.300 [0.200, 0.400]") {
		t.Errorf("%q", text)
	}
	r.TruthDoubt = "They cannot be."
	if text := strings.Join(r.Words(d), "\n"); strings.Contains(text, "true rates") {
		t.Errorf("%q", text)
	}
}
