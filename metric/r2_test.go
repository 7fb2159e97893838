package metric

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

func TestR2(t *testing.T) {
	inf := math.Inf(1)
	truth := []float64{1, 5, .1, 2, 5, .1, 3, 5, .1, math.NaN(), math.NaN(), .1, inf, -inf, .1}
	predicted := []float64{1, 5, .1, 2, 5, .1, 2, 5, .2, 9, 9, .1, 9, 9, .1}
	s := R2(truth, predicted, 3)
	near(t, "R2 of the first", s.PerOutput[0], .5) // residual 1, total 2
	near(t, "mean of those that vary", s.Mean, .5)
	near(t, "weighted", s.Weighted, 1-1.01/2)        // what is missed of a constant counts, too
	near(t, "scikit-learn's", s.Uniform, (.5+1+0)/3) // the second constant is predicted exactly, the third is not
	for _, o := range []int{1, 2} {                  // five times .1 has another mean than .1
		if !math.IsNaN(s.PerOutput[o]) {
			t.Errorf("R2 of a constant is %v", s.PerOutput[o])
		}
	}
	if s.Varying != 1 {
		t.Errorf("%d outputs vary", s.Varying)
	}
	s = R2([]float32{5, 5}, []float32{5, 6}, 1)
	if !math.IsNaN(s.Mean) || !math.IsNaN(s.Weighted) || s.Varying != 0 {
		t.Errorf("constants alone score %+v", s)
	}
	if s = R2([]float32{1, 2}, []float32{1, nan}, 1); !math.IsNaN(s.Mean) || s.Varying != 1 {
		t.Errorf("a prediction of NaN scores %+v", s)
	}
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
	_, err := PSTHR2(rates, []int64{0, 2}, nil, psth)
	if err == nil || !strings.Contains(err.Error(), "trial 1 is of condition 2, but") {
		t.Error(err)
	}
}
