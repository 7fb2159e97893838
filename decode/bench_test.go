package decode

import (
	"fmt"
	"testing"
)

// BenchmarkRidge fits rates of 40 factors, as a model's are: rows x inputs x
// outputs. testdata/ridge.py --time ROWS INPUTS OUTPUTS is the same by
// scikit-learn.
func BenchmarkRidge(b *testing.B) {
	for _, s := range [][3]int{{240, 1000, 2}, {72000, 300, 2}, {40000, 2000, 2}} {
		b.Run(fmt.Sprintf("%dx%dx%d", s[0], s[1], s[2]), func(b *testing.B) {
			x, y := one(s[0], s[1], 40, s[2])
			for b.Loop() {
				l, err := Ridge(b.Context(), x, y, nil)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(l.CrossValidated, "R2")
			}
		})
	}
}

// BenchmarkPoisson fits as many rows, inputs and outputs as Maze-Large has bins,
// neurons read and neurons held out.
func BenchmarkPoisson(b *testing.B) {
	x, y := countedSet(106, 100, 122, 40)
	for _, l2 := range []float64{1, 1e-2, 1e-4} {
		b.Run(fmt.Sprint(l2), func(b *testing.B) {
			for b.Loop() {
				if _, err := PoissonRegression(b.Context(), x, y, l2, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
