package evaluate_test

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/metric"
)

// idle is a model whose factors are the true states and much that has nothing to do with
// them, in which the states are hard to find by a few trials.
func idle(s *dataset.Split) evaluate.Inferred {
	i := truth(s)
	states := i.Factors
	i.Factors = dataset.NewArray(states.Trials, states.Bins, states.Features+30)
	for row := range states.Trials * states.Bins {
		into := i.Factors.Data[row*i.Factors.Features:][:i.Factors.Features]
		for k := range into {
			into[k] = float32(3 * math.Sin(float64((row+1)*(k+3))*12.9898))
		}
		copy(into, states.Data[row*states.Features:][:states.Features])
	}
	return i
}

// fewShots scores the truth beside a model with idle factors, and one without any.
func fewShots(t *testing.T, d *dataset.Dataset, l likelihood.Likelihood, trials []int) evaluate.Report {
	t.Helper()
	rivals := []evaluate.Candidate{
		{Name: "idle", Train: idle(d.Train), Valid: idle(d.Valid)},
		{Name: "rates alone", Valid: evaluate.Inferred{Rates: d.Valid.Truth}},
	}
	told := 0
	r, err := evaluate.Scores(t.Context(), d, evaluate.Candidate{Train: truth(d.Train), Valid: truth(d.Valid)}, rivals, evaluate.Options{
		Likelihood: l, FewShot: trials, Resampling: metric.DefaultResampling(d.Valid.Condition),
		Progress: func(step string, done, total int) {
			if step == "few-shot co-smoothing" && done <= total {
				told++
			}
		},
	})
	if err != nil || told == 0 && d.Train.SetAside != nil && l.Counts() {
		t.Fatalf("%v; progress is told %d times", err, told)
	}
	return r
}

// Neurons set aside are predicted from true states by few trials, better than from
// factors that do much beside; more trials help, and these most.
func TestFewShot(t *testing.T) {
	d := lorenz(t)
	d.SetAsideAt([]int{2, 3, 7, 11})
	r := fewShots(t, d, likelihood.Poisson{}, []int{2, 16, 1000})
	var advantage, value []float64
	for _, k := range []int{2, 16} {
		s := r.Score(evaluate.NameFewShot(k))
		if s == nil || s.Interval != nil || s.SD == nil || !(*s.SD > 0) || s.Rival("idle").SD == nil || s.Unit != "bits" || !strings.Contains(s.Note, "4 neurons that the model never saw") || !strings.Contains(s.Note, "mean of 20 draws") {
			t.Fatalf("k = %d: %+v; skipped %q", k, s, r.Skipped)
		}
		value, advantage = append(value, s.Value), append(advantage, s.Value-*s.Rival("idle").Value)
		if without := s.Rival("rates alone"); without.Value != nil || !strings.Contains(without.Note, "no factors") {
			t.Errorf("k = %d: a rival without factors is %+v", k, without)
		}
	}
	if !(value[1] > value[0] && value[1] > .05 && advantage[0] > advantage[1] && advantage[1] > 0) {
		t.Errorf("true states have %v bits per spike, %v more than among idle factors", value, advantage)
	}
	if skipped := strings.Join(r.Skipped, "\n"); r.Score(evaluate.NameFewShot(1000)) != nil || !strings.Contains(skipped, "scoring few-shot co-bps (k = 1000): k = 1000 was not tried") {
		t.Errorf("more trials than there are: %s", skipped)
	}
}

// Where nothing is set aside, who asks is told; who does not, is not.
func TestFewShotOfNothing(t *testing.T) {
	d := lorenz(t)
	if r := fewShots(t, d, likelihood.Poisson{}, nil); len(r.Skipped) > 0 {
		t.Errorf("skipped: %q", r.Skipped)
	}
	if r := fewShots(t, d, likelihood.Poisson{}, []int{4}); !strings.Contains(strings.Join(r.Skipped, ""), "no neurons are set aside") || !strings.Contains(strings.Join(r.Skipped, ""), "--set-aside N") {
		t.Errorf("skipped: %q", r.Skipped)
	}
	d.SetAsideAt([]int{2})
	if r := fewShots(t, d, likelihood.MSE{}, nil); !strings.Contains(strings.Join(r.Skipped, ""), "no counts") {
		t.Errorf("of what is no count: %q", r.Skipped)
	}
	with := evaluate.Memory(d, 200)
	d.Train.SetAside = nil
	if r := fewShots(t, d, likelihood.Poisson{}, nil); !strings.Contains(strings.Join(r.Skipped, ""), "no neurons are set aside") {
		t.Errorf("of validation trials alone: %q", r.Skipped)
	}
	if !(evaluate.Memory(d, 200) < with) {
		t.Error("few-shot co-smoothing takes no memory")
	}
}
