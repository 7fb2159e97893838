package prepare

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/prepare/correlate"
)

// listedCorrelation is above which pairs of units are listed where nobody asks for any
// to be left out. Two neurons stay far below at 1 ms; what is above is one neuron taken
// for two, or its spikes on two channels.
const listedCorrelation = .2

// CorrelationReport says which of the units, without those left out for anything else,
// fire together: Pearson's correlation of their counts in bins of 1 ms, over all that
// was recorded of both.
type CorrelationReport struct {
	Above   float64       `json:"above"`   // of which pairs are listed
	Pairs   []PairReport  `json:"pairs"`   // the most correlated first
	Most    *PairReport   `json:"most"`    // of all pairs; nil: there are no two units that fire where both were observed
	Dropped []DroppedUnit `json:"dropped"` // left out for it, if that was asked for, in this order

	pairs [][2]int // the places of the units of Pairs
}

// PairReport is two units.
type PairReport struct {
	Units       [2]string  `json:"units"`
	Correlation float64    `json:"correlation"`
	RatesHz     [2]float64 `json:"rates_hz"` // over all that was recorded of each
}

// DroppedUnit is a unit that was left out.
type DroppedUnit struct {
	ID    string `json:"id"`
	Pairs int    `json:"pairs"` // of the listed ones that it was in, less those of units left out before
}

// pairsAbove lists the pairs above a correlation, of units at some places, which ascend.
func pairsAbove(c *correlate.Correlations, ids []string, places []int, above float64) *CorrelationReport {
	r := &CorrelationReport{Above: above, Pairs: []PairReport{}, Dropped: []DroppedUnit{}}
	type pair struct {
		places [2]int
		value  float64
	}
	var listed []pair
	var most pair
	for n, j := range places {
		for _, i := range places[:n] {
			p := pair{[2]int{i, j}, c.Of(i, j)}
			if p.value > above {
				listed = append(listed, p)
			}
			if p.value == p.value && (most == pair{} || p.value > most.value) {
				most = p
			}
		}
	}
	slices.SortStableFunc(listed, func(a, b pair) int { return cmp.Compare(b.value, a.value) })
	describe := func(p pair) PairReport {
		i, j := p.places[0], p.places[1]
		return PairReport{[2]string{ids[i], ids[j]}, p.value, [2]float64{c.RateHz(i), c.RateHz(j)}}
	}
	for _, p := range listed {
		r.Pairs, r.pairs = append(r.Pairs, describe(p)), append(r.pairs, p.places)
	}
	if most != (pair{}) {
		m := describe(most)
		r.Most = &m
	}
	return r
}

// drop takes the unit in most of the pairs out of some places, which ascend, again and
// again until no pair is left. Of units in as many, it takes that of the lowest rate,
// and of those the last.
func (r *CorrelationReport) drop(c *correlate.Correlations, ids []string, places []int) []int {
	for pairs := r.pairs; len(pairs) > 0; {
		in := map[int]int{} // pairs of each unit
		for _, p := range pairs {
			in[p[0]]++
			in[p[1]]++
		}
		worst := slices.MaxFunc(places, func(i, j int) int {
			return cmp.Or(cmp.Compare(in[i], in[j]), cmp.Compare(c.RateHz(j), c.RateHz(i)), cmp.Compare(i, j))
		})
		r.Dropped = append(r.Dropped, DroppedUnit{ids[worst], in[worst]})
		pairs = slices.DeleteFunc(slices.Clone(pairs), func(p [2]int) bool { return p[0] == worst || p[1] == worst })
		places = slices.DeleteFunc(slices.Clone(places), func(i int) bool { return i == worst })
	}
	return places
}

// correlated lists which of the units at some places fire together, and returns the
// places of those that are kept.
func (m *maker) correlated(places []int, dropAbove float64) []int {
	if len(places) < 2 {
		return places
	}
	ids := idsOf(m.units)
	with := m.trains.Correlate()
	if dropAbove == 0 {
		m.correlations = pairsAbove(with, ids, places, listedCorrelation)
		return places
	}
	m.correlations = pairsAbove(with, ids, places, dropAbove)
	return m.correlations.drop(with, ids, places)
}

// String says it in a line.
func (r *CorrelationReport) String() string {
	switch {
	case r.Most == nil:
		return "no two units can be compared at 1 ms: at most one fires where another was observed"
	case len(r.Pairs) == 0:
		return fmt.Sprintf("no pair of units above %g at 1 ms; the most is %v", r.Above, r.Most)
	}
	text := fmt.Sprintf("%d pairs of units above %g at 1 ms: %s", len(r.Pairs), r.Above, few(r.Pairs))
	if len(r.Pairs) == 1 {
		text = strings.Replace(text, "pairs", "pair", 1)
	}
	if len(r.Dropped) > 0 {
		return text
	}
	return text + fmt.Sprintf("; one tells what the other does, which a model learns instead of rates: leave them out (--drop-correlated %g)", r.Above)
}

// String gives two units and their correlation.
func (p PairReport) String() string {
	return fmt.Sprintf("%s and %s (%.2g)", p.Units[0], p.Units[1], p.Correlation)
}

// lines lays it out.
func (r *CorrelationReport) lines(line lineFunc) {
	line("correlated", "%s", r)
	if len(r.Dropped) > 0 {
		line("left out", "%s", r.dropped())
	}
}

// dropped lists the units left out.
func (r *CorrelationReport) dropped() string {
	ids := make([]string, len(r.Dropped))
	for i, u := range r.Dropped {
		ids[i] = u.ID
	}
	return fmt.Sprintf("%s correlated above %g with others, each time the one in most pairs: %s", unitsIn(len(ids)), r.Above, few(ids))
}
