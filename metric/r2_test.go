package metric

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

func TestR2(t *testing.T) {
	truth := []float64{1, 5, 2, 5, 3, 5, math.NaN(), math.NaN()}
	predicted := []float64{1, 5, 2, 5, 2, 5, 9, 9}
	s := R2(truth, predicted, 2)
	near(t, "R2 of the first", s.PerOutput[0], .5) // residual 1, total 2
	near(t, "R2 of a constant predicted exactly", s.PerOutput[1], 1)
	near(t, "mean", s.Mean, .75)
	near(t, "weighted", s.Weighted, .5) // the constant has no variation to weigh it
	near(t, "R2 of a constant missed", R2([]float32{5, 5}, []float32{5, 6}, 1).Mean, 0)
}

func TestPSTH(t *testing.T) {
	a := dataset.NewArray(3, 2, 1)
	copy(a.Data, []float32{1, 2, 10, 20, 3, nan})
	psth, conditions := PSTH(a, []int64{7, 4, 7})
	want := []float32{10, 20, 2, 2}
	for i, v := range psth.Data {
		if v != want[i] {
			t.Errorf("PSTH %v, want %v", psth.Data, want)
			break
		}
	}
	if len(conditions) != 2 || conditions[0] != 4 || conditions[1] != 7 {
		t.Errorf("conditions %v", conditions)
	}
}

func TestPSTHR2RefusesUnknownCondition(t *testing.T) {
	rates, psth := dataset.NewArray(2, 3, 1), dataset.NewArray(2, 3, 1)
	for _, c := range []int64{2, -1} {
		_, err := PSTHR2(rates, []int64{0, c}, nil, psth)
		if err == nil || !strings.Contains(err.Error(), "trial 1 is of condition") {
			t.Errorf("condition %d: %v", c, err)
		}
	}
}
