package factors

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/metric"
)

// What models have in common is decoded from any of them; what one has beside, from
// none.
func TestCrossDecodingTellsExtraneousDynamics(t *testing.T) {
	states := waves(1, simStates)
	c, err := Cross(t.Context(), []Model{
		model("a", modelled(states, 0, 4)), model("busy", modelled(states, 12, 5)), model("b", modelled(states, 0, 6)),
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Figures[0] < .9 || c.Figures[2] < .9 || c.Figures[1] > .4 {
		t.Errorf("figures %v, of which the second has 12 of 15 states of its own", c.Figures)
	}
	if c.R2[1][0] < .9 || c.R2[0][1] > .4 || c.R2[1][1] != 1 || c.Names[1] != "busy" {
		t.Errorf("R2 %v: rows are those decoded from", c.R2)
	}
	if want := (c.R2[0][1] + c.R2[2][1]) / 2; c.Figures[1] != want {
		t.Errorf("median of two %v, want %v", c.Figures[1], want)
	}
}

// The axes in which a model has its factors do not matter.
func TestCrossDecodingKnowsNoAxes(t *testing.T) {
	states := waves(1, simStates)
	from, to := model("from", modelled(states, 4, 4)), modelled(states, 4, 5)
	turned := dataset.NewArray(to.Trials, to.Bins, to.Features)
	for i := 0; i < len(to.Data); i += to.Features { // a rotation in each pair of axes
		copy(turned.Data[i:], to.Data[i:i+to.Features])
		for k := 0; k+1 < to.Features; k += 2 {
			a, b := to.Data[i+k], to.Data[i+k+1]
			turned.Data[i+k], turned.Data[i+k+1] = .6*a+.8*b, .6*b-.8*a
		}
	}
	plain, err := Cross(t.Context(), []Model{from, model("to", to)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	other, err := Cross(t.Context(), []Model{from, model("to", turned)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	// The penalty is of few: its choice, by R2 averaged over axes, may turn with them.
	if math.Abs(plain.R2[0][1]-other.R2[0][1]) > 1e-3 {
		t.Errorf("R2 %v, turned %v", plain.R2[0][1], other.R2[0][1])
	}
}

func TestCrossDecodingRefuses(t *testing.T) {
	a := waves(1, simStates)
	broken, flat := waves(2, 2), dataset.NewArray(a.Trials, a.Bins, 2)
	broken.Data[7] = float32(math.NaN())
	short := model("short", a)
	short.Train = &dataset.Array{Trials: 3, Bins: simBins, Features: simStates, Data: a.Data[:3*simBins*simStates]}
	for says, models := range map[string][]Model{
		"1 is too few":                              {model("a", a)},
		"the factors of short are 3 ":               {model("a", a), short},
		"factors of broken are not":                 {model("a", a), model("broken", broken)},
		"factors of flat are the same in every bin": {model("a", a), model("flat", flat)},
	} {
		if _, err := Cross(t.Context(), models, nil); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one with %q", err, says)
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := Cross(ended, []Model{model("a", a), model("b", modelled(a, 1, 2))}, nil); !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "of b from those of a") {
		t.Errorf("error %v after the end", err)
	}
}

// A selection of trials scores as these alone do, and as metric says.
func TestFigureOfTrials(t *testing.T) {
	states := waves(1, simStates)
	models := []Model{model("a", modelled(states, 2, 4)), model("b", modelled(states, 3, 5)), model("c", modelled(states, 1, 6))}
	c, err := Cross(t.Context(), models, nil)
	if err != nil {
		t.Fatal(err)
	}
	times := make([]int, simValid)
	times[2], times[5], times[11] = 1, 3, 1
	var want []float64
	for from := range 2 {
		l, err := decode.Ridge(t.Context(), models[from].Train, models[2].Train, nil)
		if err != nil {
			t.Fatal(err)
		}
		score := metric.R2ByTrial(models[2].Valid, l.Predict(models[from].Valid, simBins)).Weighted()
		if got := c.R2[from][2]; math.Abs(got-score.Of(nil)) > 1e-9 { // means in float32
			t.Errorf("R2 %v from %d, want %v", got, from, score.Of(nil))
		}
		want = append(want, score.Of(times))
	}
	figure := c.Figure(2)
	if got := figure.Of(times); figure.Trials() != simValid || math.Abs(got-(want[0]+want[1])/2) > 1e-9 {
		t.Errorf("%v of some of %d trials, want the mean of %v", got, figure.Trials(), want)
	}
}

// Draws of trials hold a figure; of one trial there are none.
func TestFiguresHaveIntervals(t *testing.T) {
	states := waves(1, simStates)
	models := []Model{model("a", modelled(states, 2, 4)), model("b", modelled(states, 3, 5))}
	for _, trials := range []int{simValid, 1} {
		for i, m := range models {
			models[i].Valid = &dataset.Array{Trials: trials, Bins: simBins, Features: m.Valid.Features, Data: m.Valid.Data[:trials*simBins*m.Valid.Features]}
		}
		c, err := Cross(t.Context(), models, nil)
		if err == nil {
			err = c.Resample(t.Context(), metric.DefaultResampling(nil))
		}
		if err != nil {
			t.Fatal(err)
		}
		for i, between := range c.Intervals {
			if (between != nil) != (trials > 1) || between != nil && !between.Holds(c.Figures[i]) {
				t.Errorf("%v of %d trials lies in %v", c.Figures[i], trials, between)
			}
		}
	}
}

func TestMedian(t *testing.T) {
	if median([]float64{3, 1, 2}) != 2 || median([]float64{4, 1, 2, 3}) != 2.5 || median([]float64{7}) != 7 {
		t.Error("not the middle")
	}
}
