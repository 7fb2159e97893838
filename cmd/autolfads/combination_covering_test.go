package main

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Every pair of values is in a row, or in none that is possible; found by
// looking at all rows of a small design.
func TestCoveringArray(t *testing.T) {
	d := newDesign([]factor{
		{name: "search", values: []string{"fixed", "random", "pbt"}},
		{name: "budget", values: []string{"0", "5"}, needs: "search", off: []string{"fixed", "pbt"}},
		{name: "spend", values: []string{"all", "half"}, needs: "budget", off: []string{"0"}},
		{name: "layout", values: []string{"torch", "tf2"}},
		{name: "forward", values: []string{"0", "1", "3"}},
		{name: "lag", values: []string{"0", "1", "2"}},
		{name: "trials", values: []string{"1", "9"}},
	}, []clash{{"layout", "tf2", "forward", "1"}, {"layout", "tf2", "forward", "3"}})
	possible, count := d.enumerate()
	rows := d.cover(rand.New(rand.NewPCG(1, 1)))
	covered := map[pair]bool{}
	for _, row := range rows {
		for f, v := range row {
			if !d.fits(row, f, v) {
				t.Errorf("a row has what cannot be together: %s", d.combination(row))
			}
		}
		for _, p := range pairsOf(row) {
			covered[p] = true
		}
	}
	for p := range possible {
		if !covered[p] {
			t.Errorf("no row has %s=%s with %s=%s", d.factors[p.f].name, d.factors[p.f].values[p.v], d.factors[p.g].name, d.factors[p.g].values[p.w])
		}
	}
	if got := len(d.pairs()); got != len(possible) {
		t.Errorf("%d pairs are thought possible, %d are", got, len(possible))
	}
	// Search with its budget and spending has 5 kinds, each with 3 numbers of
	// forward bins: no array has fewer than 15 rows.
	if len(rows) > 25 || count < 100 {
		t.Errorf("%d rows of the %d that there are", len(rows), count)
	}
}

// enumerate returns the pairs of all possible rows, and their number.
func (d *design) enumerate() (possible map[pair]bool, count int) {
	possible = map[pair]bool{}
	var all func(row []int)
	all = func(row []int) {
		f := slices.Index(row, -1)
		if f < 0 {
			count++
			for _, p := range pairsOf(row) {
				if d.factors[p.f].values[p.v] != idle && d.factors[p.g].values[p.w] != idle {
					possible[p] = true
				}
			}
			return
		}
		for v := range d.factors[f].values {
			if next := slices.Clone(row); d.fits(row, f, v) {
				next[f] = v
				all(next)
			}
		}
	}
	all(d.blank())
	return possible, count
}
