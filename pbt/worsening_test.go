package pbt

import (
	"math"
	"testing"
)

// of makes a history of populations of two, of which the second has the score.
func of(bests ...float64) (h History) {
	for _, best := range bests {
		h = append(h, []Outcome{
			{Member: 0, Score: best + 1, Hyper: Hyper{"a": 3, "b": .123}},
			{Member: 1, Score: best, Hyper: Hyper{"a": 2}},
			{Member: 2, Score: math.NaN(), Hyper: Hyper{"a": 9}},
		})
	}
	return h
}

func TestWorsening(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		bests []float64
		since Place
		n     int
	}{
		{nil, Place{}, 0},
		{[]float64{1}, Place{0, 1}, 0},
		{[]float64{1, 2}, Place{0, 1}, 1},
		{[]float64{3, 1, 2, 3}, Place{1, 1}, 2},
		{[]float64{1, 3, 2, 3, 4}, Place{2, 1}, 2},
		{[]float64{1, 2, 2}, Place{2, 1}, 0},
		{[]float64{1, 2, 3, 2.9}, Place{3, 1}, 0},
		{[]float64{-3, -2, -1}, Place{0, 1}, 2},
		{[]float64{1, nan, 2, nan}, Place{0, 1}, 1},
		{[]float64{nan}, Place{}, 0},
	} {
		if since, n := of(c.bests...).Worsening(); since != c.since || n != c.n {
			t.Errorf("%v: %d generations since %v, want %d since %v", c.bests, n, since, c.n, c.since)
		}
	}
}

// It is said after three generations, of a rise that is more than chance.
func TestOverfitting(t *testing.T) {
	const want = "the best score has got worse for 3 generations in a row (from 0.10988 in generation 1 to 0.11011): the population overfits; " +
		"its members have a 2 to 3, b 0.12 to 0.12"
	for _, c := range []struct {
		bests []float64
		want  string
	}{
		{[]float64{.12, .10988, .10993, .11006, .11011}, want},
		{[]float64{.10988, .11006, .11011}, ""},
		{[]float64{.10988, .109881, .109882, .109883}, ""},
		{[]float64{.10988, .11, .111, .1105}, ""},
	} {
		if got := of(c.bests...).Overfitting(); got != c.want {
			t.Errorf("%v: %q, want %q", c.bests, got, c.want)
		}
	}
}
