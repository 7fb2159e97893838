package decode

import (
	"math"
	"os"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/rng"
)

// countSet is a set for Poisson regression, as testdata/poisson.py reads it.
type countSet struct {
	What   string       `json:"what"`
	L2     float64      `json:"l2"`
	Inputs [][]float32  `json:"inputs"`
	Counts [][]*float32 `json:"counts"` // [outputs][rows]
}

// countVerdict is what scikit-learn says of a set.
type countVerdict struct {
	Weights   [][]float64 `json:"weights"` // [outputs][inputs]
	Intercept []float64   `json:"intercept"`
	Logs      [][]float64 `json:"logs"` // [outputs][rows]
}

// countSets are sets of all kinds. Counts follow the first inputs.
func countSets() []countSet {
	collinear := newCountSet("collinear", 40, 6, 1e-2)
	for _, x := range collinear.Inputs {
		x[1], x[2] = 2*x[0], 7
	}
	large := newCountSet("large and far from 0", 40, 3, 1)
	for _, x := range large.Inputs {
		x[0], x[1] = 1000+100*x[0], 1e5*x[1]
	}
	separable := newCountSet("separable", 40, 3, 1e-4)
	missing := newCountSet("missing", 60, 4, 1e-3)
	for r, x := range separable.Inputs {
		count := float32(0)
		if x[0] > .3 {
			count = 2
		}
		separable.Counts[0][r] = &count
		if r%3 == 1 || r > 50 {
			missing.Counts[1][r] = nil
		}
	}
	return []countSet{
		newCountSet("plain", 60, 5, 1e-3), newCountSet("strong", 60, 5, 1), newCountSet("weak", 60, 5, 1e-8),
		newCountSet("more inputs than rows", 15, 30, 1e-2), collinear, large, separable, missing,
	}
}

func newCountSet(what string, rows, inputs int, l2 float64) countSet {
	src := rng.NewSource(rng.Derive(3, rng.Synthesis, uint64(rows), uint64(inputs)))
	s := countSet{What: what, L2: l2, Counts: make([][]*float32, 2)}
	for range rows {
		x := make([]float32, inputs)
		for i := range x {
			x[i] = float32(math.Round(64*src.Normal()) / 64)
		}
		s.Inputs = append(s.Inputs, x)
		for o := range s.Counts {
			k := float32(math.Floor(2*src.Float64() + math.Exp(float64(x[o]))*src.Float64()))
			s.Counts[o] = append(s.Counts[o], &k)
		}
	}
	return s
}

func (s *countSet) arrays() (x, y *dataset.Array) {
	x, y = dataset.NewArray(1, len(s.Inputs), len(s.Inputs[0])), dataset.NewArray(1, len(s.Inputs), len(s.Counts))
	for r, row := range s.Inputs {
		copy(x.Bin(0, r), row)
		for o, counts := range s.Counts {
			y.Bin(0, r)[o] = float32(math.NaN())
			if counts[r] != nil {
				y.Bin(0, r)[o] = *counts[r]
			}
		}
	}
	return x, y
}

// check compares a fit with scikit-learn's. Both end where gradients are rounding;
// where weights reach 1e-8 of a direction's curvature, that is 1e-6 of them.
func (s *countSet) check(t *testing.T, want countVerdict) {
	x, y := s.arrays()
	p, err := PoissonRegression(t.Context(), x, y, s.L2, nil)
	if err != nil {
		t.Fatal(err)
	}
	const tolerance = 1e-6
	for o, weights := range want.Weights {
		if d := math.Abs(p.Intercept[o] - want.Intercept[o]); d > tolerance*max(1, math.Abs(want.Intercept[o])) {
			t.Errorf("%s: intercept %d is %v, want %v", s.What, o, p.Intercept[o], want.Intercept[o])
		}
		for i, w := range weights {
			if math.Abs(p.Weights.At(i, o)-w) > tolerance*max(1, math.Abs(w)) {
				t.Errorf("%s: weight %d, %d is %v, want %v", s.What, i, o, p.Weights.At(i, o), w)
			}
		}
		for r, v := range want.Logs[o] {
			if got := math.Log(float64(p.Rates(x, x.Bins).Bin(0, r)[o])); math.Abs(got-v) > tolerance {
				t.Errorf("%s: log rate %d of output %d is %v, want %v", s.What, r, o, got, v)
			}
		}
	}
}

func TestPoissonGolden(t *testing.T) {
	sets := countSets()
	var said []countVerdict
	if os.Getenv("AUTOLFADS_UPDATE") == "1" {
		said = askScikitLearn(t, sets)
	}
	for i, want := range testenv.Stored(t, "testdata/poisson.json", said) {
		sets[i].check(t, want)
	}
}

func askScikitLearn(t *testing.T, sets []countSet) []countVerdict {
	return testenv.Judge[countVerdict](t, testenv.NLBPython(t), "testdata/poisson.py", sets)
}

// The judge itself says what it said.
func TestPoissonAsScikitLearn(t *testing.T) {
	sets := countSets()
	for i, want := range askScikitLearn(t, sets) {
		sets[i].check(t, want)
	}
}
