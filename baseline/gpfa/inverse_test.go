package gpfa

import (
	"math"
	"math/rand/v2"
	"testing"
)

// positive returns a random positive definite matrix.
func positive(n int, r *rand.Rand) *matrix {
	a := newMatrix(n+3, n)
	for i := range a.rows {
		for j := range n {
			*a.at(i, j) = r.NormFloat64()
		}
	}
	m := product(a, a, 1)
	for i := range n {
		*m.at(i, i) += .1
	}
	return m
}

func copyOf(m *matrix) *matrix {
	c := newMatrix(m.rows, m.cols)
	copy(c.data, m.data)
	return c
}

// TestInverse: m times its inverse is one, whatever size, with the same bits on
// any number of cores, and the determinant is that of a product of pivots.
func TestInverse(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, 11, 12, 13, 24, 25, 36, 61, 100} {
		m := positive(n, r)
		one, many := copyOf(m), copyOf(m)
		s := inverter{workers: 1}
		log1, ok := s.invert(one)
		log7, _ := (&inverter{workers: 7}).invert(many)
		if !ok || log1 != log7 {
			t.Fatalf("%d: %v, determinants %v and %v", n, ok, log1, log7)
		}
		for i, v := range one.data {
			if v != many.data[i] {
				t.Fatalf("%d: other bits on 7 cores", n)
			}
		}
		unit := product(m, one, 1)
		for i := range n {
			for j := range n {
				want := 0.
				if i == j {
					want = 1
				}
				if got := *unit.at(i, j); math.Abs(got-want) > 1e-9 {
					t.Fatalf("%d: element %d, %d of the product is %v", n, i, j, got)
				}
			}
		}
		back, _ := s.invert(one)
		if math.Abs(log1+back) > 1e-9 {
			t.Errorf("%d: log determinants %v and %v of the inverse", n, log1, back)
		}
	}
}

func TestNotPositive(t *testing.T) {
	m := newMatrix(2, 2)
	*m.at(0, 0), *m.at(0, 1), *m.at(1, 1) = 1, 2, 1
	if _, ok := (&inverter{workers: 1}).invert(m); ok {
		t.Error("an indefinite matrix was inverted")
	}
}
