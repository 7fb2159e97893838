package decode_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
)

// states are five inputs that move on a torus; the first two make an output's plane.
func states() *dataset.Array {
	a := dataset.NewArray(20, 50, 5)
	for i := range a.Trials * a.Bins {
		t := float64(i)
		for f, v := range []float64{math.Sin(t / 7), math.Cos(t / 7), 3 * math.Sin(t/3), 3 * math.Cos(t/3), 1} {
			a.Data[i*5+f] = float32(v)
		}
	}
	return a
}

// outputs reads inputs out by weights, [outputs][inputs].
func outputs(x *dataset.Array, weights ...[]float64) *dataset.Array {
	y := dataset.NewArray(x.Trials, x.Bins, len(weights))
	for row := range x.Trials * x.Bins {
		for o, w := range weights {
			for i, v := range w {
				y.Data[row*len(weights)+o] += float32(v) * x.Data[row*x.Features+i]
			}
		}
	}
	return y
}

func subspace(t *testing.T, x *dataset.Array, weights ...[]float64) *decode.Subspace {
	t.Helper()
	l, err := decode.LeastSquares(t.Context(), x, outputs(x, weights...), nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := l.Subspace(make([]float64, x.Features))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The plane of an output is found, its axes are orthonormal, and what lies across it
// projects to nothing.
func TestSubspace(t *testing.T) {
	x := states()
	s := subspace(t, x, []float64{1, 0, 0, 0, 0}, []float64{1, 2, 0, 0, 0})
	var gram mat.Dense
	gram.Mul(s.Axes.T(), s.Axes)
	want := mat.NewDense(2, 2, []float64{1, 0, 0, 1})
	if !mat.EqualApprox(&gram, want, 1e-12) { // of numbers near 1
		t.Errorf("axes are not orthonormal: %v", mat.Formatted(&gram))
	}
	p := s.Project(x)
	for row := range p.Trials * p.Bins {
		for d := range 2 {
			// Weights of single-precision outputs are good to 1e-7 each.
			if got, want := math.Abs(float64(p.Data[row*2+d])), math.Abs(float64(x.Data[row*5+d])); math.Abs(got-want) > 1e-5 {
				t.Fatalf("row %d, dimension %d: %v, want %v", row, d, got, want)
			}
		}
	}
}

// Outputs that depend on others add no dimension, and none at all is an error.
func TestSubspaceOfDependentOutputs(t *testing.T) {
	x := states()
	weights := mat.NewDense(5, 3, nil)
	weights.SetCol(0, []float64{1, 2, 3, 4, 5})
	weights.SetCol(1, []float64{-2, -4, -6, -8, -10})
	s, err := (&decode.Linear{Weights: weights, Intercept: make([]float64, 3)}).Subspace(make([]float64, 5))
	if err != nil {
		t.Fatal(err)
	}
	if p := s.Project(x); p.Features != 1 {
		t.Errorf("%d dimensions, want 1", p.Features)
	}
	if _, err := (&decode.Linear{Weights: mat.NewDense(5, 1, nil), Intercept: []float64{0}}).Subspace(make([]float64, 5)); err == nil {
		t.Error("weights of 0 have a subspace")
	}
}
