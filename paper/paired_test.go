package paper

import (
	"slices"
	"testing"
)

// What pairs say of a claim: by their interval, by all of many, and by their mean.
func TestPairedFinding(t *testing.T) {
	for _, c := range []struct {
		what  string
		least []float64 // differences
		want  Verdict
	}{
		{"one pair decides nothing", []float64{1}, Undecided},
		{"nor do two", []float64{1, 1}, Undecided},
		{"an interval above 0", []float64{1, 1.1, .9}, Holds},
		{"all of three, whose interval has 0", []float64{.1, 3, .1}, Undecided},
		{"all of four, whose interval has 0", []float64{.01, 3, .01, .01}, Undecided},
		{"all of five, whose interval has 0", []float64{.01, 9, .01, .01, .01}, Holds},
		{"most of five", []float64{.1, 9, .1, .1, -.1}, Undecided},
		{"a mean of nothing", []float64{1, -1}, HoldsNot},
		{"a mean below 0, whose interval has 0", []float64{1, -1, -1}, HoldsNot},
		{"an interval below 0", []float64{-1, -1.1, -.9}, HoldsNot},
	} {
		ours := rowsOf("", numbers{"r2": c.least})
		theirs := rowsOf("", numbers{"r2": make([]float64, len(c.least))})
		if f := pairedFinding("panel", "", ours, theirs, "r2"); f.Verdict != c.want {
			t.Errorf("%s: %s; want that it %s", c.what, f, c.want)
		}
	}
}

// Rows find their partners by name, whatever their order; one without is no pair.
func TestPairsByName(t *testing.T) {
	ours := rowsOf("", numbers{"r2": {1, 2, 3}})
	theirs := rowsOf("", numbers{"r2": {.9, 1.9, 2.9}})
	slices.Reverse(theirs)
	a, b, ok := pairs(ours, theirs, "r2")
	if !ok || !slices.Equal(a, []float64{1, 2, 3}) || !slices.Equal(b, []float64{.9, 1.9, 2.9}) {
		t.Errorf("pairs are %v and %v, %v", a, b, ok)
	}
	theirs[0].Name = "another"
	if _, _, ok := pairs(ours, theirs, "r2"); ok {
		t.Error("a row without a partner is a pair")
	}
	theirs[0].Name = theirs[1].Name
	if _, _, ok := pairs(ours, theirs, "r2"); ok {
		t.Error("a row has two partners")
	}
	if _, _, ok := pairs(ours, rowsOf("", numbers{"other": {1, 2, 3}}), "r2"); ok {
		t.Error("rows without the quantity are pairs")
	}
}
