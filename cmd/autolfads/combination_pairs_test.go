package main

import (
	"math/rand/v2"
	"slices"
)

// factor is one thing that rows differ in. A factor whose name is a key of the
// configuration is given as that setting; the others say how the recording is
// made and how the program is called (see factors).
type factor struct {
	name   string
	values []string // the first is what a failing row is reduced to
	needs  string   // a factor before this one, without which it has no effect: it is idle
	off    []string // where that one has these values
	space  string   // entry of pbt.space for the value searched; "": the default space has one
}

// idle is the value of a factor that can have no effect in a row.
const idle = "-"

// searched is the value of a setting that is in pbt.space.
const searched = "searched"

// clash is two values that no row may have together.
type clash struct{ factor, value, other, otherValue string }

// design is what rows are made of. A row is an index into values for each
// factor, -1 if that is not settled.
type design struct {
	factors  []factor
	places   map[string]int
	excluded map[pair]bool
	rivals   [][]int // by factor: those it has excluded pairs with
}

// pair is value v of factor f beside value w of factor g, f < g.
type pair struct{ f, v, g, w int }

func pairOf(f, v, g, w int) pair {
	if f > g {
		f, v, g, w = g, w, f, v
	}
	return pair{f, v, g, w}
}

func newDesign(factors []factor, clashes []clash) *design {
	d := &design{places: map[string]int{}, excluded: map[pair]bool{}, rivals: make([][]int, len(factors))}
	for _, f := range factors {
		if f.needs != "" {
			f.values = append(slices.Clone(f.values), idle)
		}
		d.places[f.name] = len(d.factors)
		d.factors = append(d.factors, f)
	}
	for f := range d.factors {
		d.excludeIdle(f)
	}
	for _, c := range clashes {
		f, g := d.places[c.factor], d.places[c.other]
		v, w := slices.Index(d.factors[f].values, c.value), slices.Index(d.factors[g].values, c.otherValue)
		if v >= 0 && w >= 0 {
			d.exclude(f, v, g, w)
		}
	}
	return d
}

// excludeIdle has a factor idle exactly where it has no effect.
func (d *design) excludeIdle(f int) {
	is := d.factors[f]
	if is.needs == "" {
		return
	}
	parent := d.places[is.needs]
	for p, value := range d.factors[parent].values {
		without := value == idle || slices.Contains(is.off, value)
		for v := range is.values {
			if (is.values[v] == idle) != without {
				d.exclude(f, v, parent, p)
			}
		}
	}
}

func (d *design) exclude(f, v, g, w int) {
	d.excluded[pairOf(f, v, g, w)] = true
	if !slices.Contains(d.rivals[f], g) {
		d.rivals[f], d.rivals[g] = append(d.rivals[f], g), append(d.rivals[g], f)
	}
}

// fits reports whether value v of factor f can stand beside what is settled.
func (d *design) fits(row []int, f, v int) bool {
	for _, g := range d.rivals[f] {
		if row[g] >= 0 && d.excluded[pairOf(f, v, g, row[g])] {
			return false
		}
	}
	return true
}

// blank is a row of which nothing is settled.
func (d *design) blank() []int { return slices.Repeat([]int{-1}, len(d.factors)) }

// complete settles the rest of a row, factors in order, values as prefer sorts
// them; false, and the row as it was, if there is no such row.
func (d *design) complete(row, order []int, prefer func(row []int, f int, values []int)) bool {
	for len(order) > 0 && row[order[0]] >= 0 {
		order = order[1:]
	}
	if len(order) == 0 {
		return true
	}
	f := order[0]
	var values []int
	for v := range d.factors[f].values {
		if d.fits(row, f, v) {
			values = append(values, v)
		}
	}
	prefer(row, f, values)
	for _, v := range values {
		row[f] = v
		if d.open(row, f) && d.complete(row, order[1:], prefer) {
			return true
		}
	}
	row[f] = -1
	return false
}

// open reports whether all that the value of f restricts can still be settled.
// To find that out late would cost a search through everything in between.
func (d *design) open(row []int, f int) bool {
	for _, g := range d.rivals[f] {
		fits := row[g] >= 0
		for v := 0; !fits && v < len(d.factors[g].values); v++ {
			fits = d.fits(row, g, v)
		}
		if !fits {
			return false
		}
	}
	return true
}

// order returns all factors, shuffled by r if there is one; what others need
// comes first, for then little has to be taken back.
func (d *design) order(r *rand.Rand) []int {
	order := make([]int, len(d.factors))
	for i := range order {
		order[i] = i
	}
	if r != nil {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	}
	depth := func(f int) int {
		n := 0
		for ; d.factors[f].needs != ""; n++ {
			f = d.places[d.factors[f].needs]
		}
		return n
	}
	slices.SortStableFunc(order, func(f, g int) int { return depth(f) - depth(g) })
	return order
}

func asListed([]int, int, []int) {}

// pairs returns each pair of values that some row has, idle ones left out.
func (d *design) pairs() []pair {
	var pairs []pair
	order := d.order(nil)
	for g := range d.factors {
		for f := range g {
			for v := range d.factors[f].values {
				for w := range d.factors[g].values {
					row := d.blank()
					row[f], row[g] = v, w
					p := pair{f, v, g, w}
					possible := !d.excluded[p] && d.factors[f].values[v] != idle && d.factors[g].values[w] != idle
					if possible && d.open(row, f) && d.open(row, g) && d.complete(row, order, asListed) {
						pairs = append(pairs, p)
					}
				}
			}
		}
	}
	return pairs
}

// tries is how many rows are made for each that is kept: more give fewer rows
// in all, slowly.
const tries = 15

// cover returns rows such that each pair of values is in one of them: each row
// is the best of some, made around a pair that no row has yet, value by value
// the one that brings most new pairs (AETG, Cohen et al. 1997).
func (d *design) cover(r *rand.Rand) [][]int {
	left := d.newPairSet()
	wanted := d.pairs()
	for _, p := range wanted {
		*left.at(p) = true
	}
	var rows [][]int
	for len(wanted) > 0 {
		var best []pair
		var row []int
		for range tries {
			candidate := d.around(wanted[r.IntN(len(wanted))], left, r)
			if brings := left.of(candidate); len(brings) > len(best) {
				best, row = brings, candidate
			}
		}
		for _, p := range best {
			*left.at(p) = false
		}
		wanted = slices.DeleteFunc(wanted, func(p pair) bool { return !*left.at(p) })
		rows = append(rows, row)
	}
	return rows
}

// pairSet is a set of pairs, a table because it is asked a million times.
type pairSet struct {
	first  []int // of each factor's values, numbered through
	values int
	has    []bool
}

func (d *design) newPairSet() *pairSet {
	s := &pairSet{}
	for _, f := range d.factors {
		s.first = append(s.first, s.values)
		s.values += len(f.values)
	}
	s.has = make([]bool, s.values*s.values)
	return s
}

func (s *pairSet) at(p pair) *bool { return &s.has[(s.first[p.f]+p.v)*s.values+s.first[p.g]+p.w] }

// of returns the pairs of the set that a row has.
func (s *pairSet) of(row []int) []pair {
	var pairs []pair
	for _, p := range pairsOf(row) {
		if *s.at(p) {
			pairs = append(pairs, p)
		}
	}
	return pairs
}

// pairsOf returns all pairs of a row.
func pairsOf(row []int) []pair {
	var pairs []pair
	for g, w := range row {
		for f, v := range row[:g] {
			pairs = append(pairs, pair{f, v, g, w})
		}
	}
	return pairs
}

// around returns a row with the pair p and as many others of left as come of
// choosing greedily.
func (d *design) around(p pair, left *pairSet, r *rand.Rand) []int {
	row := d.blank()
	row[p.f], row[p.g] = p.v, p.w
	d.complete(row, d.order(r), func(row []int, f int, values []int) {
		r.Shuffle(len(values), func(i, j int) { values[i], values[j] = values[j], values[i] })
		gain := make([]int, len(d.factors[f].values))
		for _, v := range values {
			for g, w := range row {
				if w >= 0 && *left.at(pairOf(f, v, g, w)) {
					gain[v]++
				}
			}
		}
		slices.SortStableFunc(values, func(v, w int) int { return gain[w] - gain[v] })
	})
	return row
}

// random returns a row with every value drawn.
func (d *design) random(r *rand.Rand) []int {
	row := d.blank()
	d.complete(row, d.order(r), func(_ []int, _ int, values []int) {
		r.Shuffle(len(values), func(i, j int) { values[i], values[j] = values[j], values[i] })
	})
	return row
}
