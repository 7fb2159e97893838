package factors

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
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

func TestMedian(t *testing.T) {
	if median([]float64{3, 1, 2}) != 2 || median([]float64{4, 1, 2, 3}) != 2.5 || median([]float64{7}) != 7 {
		t.Error("not the middle")
	}
}
