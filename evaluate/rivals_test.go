package evaluate_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/metric"
)

// noisy are true rates times factors that change from value to value, so a model that
// is worse than the truth.
func noisy(s *dataset.Split, by float64) evaluate.Inferred {
	i := truth(s)
	for k := range i.Rates.Data {
		i.Rates.Data[k] *= float32(math.Exp(by * math.Sin(float64(k)*12.9898)))
	}
	return i
}

// beside scores the true rates beside rivals, with intervals.
func beside(t *testing.T, d *dataset.Dataset, rivals ...evaluate.Candidate) evaluate.Report {
	t.Helper()
	r, err := evaluate.Scores(t.Context(), d, evaluate.Candidate{Train: truth(d.Train), Valid: truth(d.Valid)}, rivals, evaluate.Options{
		Likelihood: likelihood.Poisson{}, Smoothing: true, Resampling: metric.DefaultResampling(d.Valid.Condition),
	})
	if err != nil || r.Skipped != nil {
		t.Fatal(err, r.Skipped)
	}
	return r
}

// Each score stands beside those of all rivals, in their order, smoothing last;
// intervals hold the scores, and the difference to oneself is none.
func TestRivals(t *testing.T) {
	d := lorenz(t)
	heldOut(d, 8, bins)
	r := beside(t, d,
		evaluate.Candidate{Name: "same", Train: truth(d.Train), Valid: truth(d.Valid)},
		evaluate.Candidate{Name: "worse", Train: noisy(d.Train, 1), Valid: noisy(d.Valid, 1)})
	for _, s := range r.Scores {
		if s.Interval == nil || !(s.Interval.Low <= s.Value && s.Value <= s.Interval.High) {
			t.Errorf("%s: %v in %v", s.Name, s.Value, s.Interval)
		}
		same, worse := s.Rival("same"), s.Rival("worse")
		if same == nil || same.Value == nil || *same.Value != s.Value || *same.Difference != (metric.Interval{}) {
			t.Errorf("%s: beside itself: %+v", s.Name, same)
		}
		if worse == nil || worse.Value == nil || worse.Difference == nil {
			t.Fatalf("%s: beside a worse model: %+v", s.Name, worse)
		}
		if s.Name == evaluate.NameCo && !(worse.Difference.Low > 0) {
			t.Errorf("%s: the truth is better by %v", s.Name, worse.Difference)
		}
		if last := s.Rivals[len(s.Rivals)-1]; s.Name != "negative log likelihood" && last.Name != evaluate.Smoothing {
			t.Errorf("%s: last stands %q", s.Name, last.Name)
		}
	}
}

// A rival without factors has no score of states, and says so; the others stay.
func TestRivalWithoutFactors(t *testing.T) {
	d := lorenz(t)
	r := beside(t, d, evaluate.Candidate{Name: "rates alone", Valid: evaluate.Inferred{Rates: d.Valid.Truth}})
	s := r.Score("true states from factors")
	if rival := s.Rival("rates alone"); rival.Value != nil || !strings.HasPrefix(rival.Note, "no score: ") || !(s.Value > .99) {
		t.Errorf("%+v beside %v", rival, s.Value)
	}
	if rival := r.Score(evaluate.NameBits).Rival("rates alone"); rival.Value == nil {
		t.Errorf("bits per spike: %+v", rival)
	}
}

// Rates that copy the spikes beat mean rates in every neuron that is read, and the
// true rates; smoothing without a bin's own count gains nothing by copying.
func TestSmoothingDoesNotCopy(t *testing.T) {
	d := lorenz(t)
	copies := clone(d.Valid.Recon)
	for i, k := range copies.Data {
		copies.Data[i] = max(k, .01)
	}
	r := beside(t, d, evaluate.Candidate{Name: "copy", Valid: evaluate.Inferred{Rates: copies}})
	s := r.Score(evaluate.NameBits)
	if !(*s.Rival("copy").Value > 2*s.Value) {
		t.Errorf("copied spikes have %v bits per spike, the truth %v", *s.Rival("copy").Value, s.Value)
	}
	if !(*s.Rival(evaluate.Smoothing).Value < s.Value) {
		t.Errorf("smoothing has %v bits per spike, the truth %v", *s.Rival(evaluate.Smoothing).Value, s.Value)
	}
}

// Neurons are counted one by one, a silent one not at all.
func TestSingleNeurons(t *testing.T) {
	d := lorenz(t)
	for i := 2; i < len(d.Valid.Recon.Data); i += neurons {
		d.Valid.Recon.Data[i] = 0
	}
	r := beside(t, d)
	n := r.Score(evaluate.NameBits).Neurons
	if n == nil || n.Of != neurons-1 || n.Each[2] != nil || len(n.Each) != neurons || n.BelowMean != 0 {
		t.Fatalf("%+v", n)
	}
	if !(n.Lower < n.Median && n.Median < n.Upper) {
		t.Errorf("quartiles %v", n.Quartiles)
	}
}

// Behaviour is kept as it is decoded from the model and from each rival that has a score
// of it, for figures.
func TestDecodedOfRivals(t *testing.T) {
	d := lorenz(t)
	moving(d, bins)
	r := beside(t, d,
		evaluate.Candidate{Name: "same", Train: truth(d.Train), Valid: truth(d.Valid)},
		evaluate.Candidate{Name: "without training trials", Valid: truth(d.Valid)})
	if len(r.Decoded) != 3 || r.Decoded[2] != nil || !slices.Equal(r.Decoded[0].Data, r.Decoded[1].Data) {
		t.Errorf("decoded are %v", r.Decoded)
	}
}
