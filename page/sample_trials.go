package page

import (
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/report"
)

// rows are the conditions that are shown, all or some spread over them.
type rows struct {
	conditions []Condition
	directed   bool
	of         int   // conditions that there are
	trains     []int // of each training trial, its place in conditions; -1: none
	judged     []int // of each trial that is judged
	angles     []float64
}

// newRows finds them, with their colours and those of trials.
func newRows(d *dataset.Dataset) *rows {
	numbers, colours := report.ConditionColours(d)
	own := report.ColouringOf(d, d.Valid)
	r := &rows{of: len(numbers), directed: own.Directed, angles: own.Angles}
	place := map[int64]int{}
	for _, at := range spread(len(numbers), mostConditions) {
		place[numbers[at]] = len(r.conditions)
		r.conditions = append(r.conditions, Condition{colours.Names[at], angle(colours.Angles[at])})
	}
	r.trains, r.judged = placesOf(place, d.Train), placesOf(place, d.Valid)
	return r
}

// placesOf are the places of trials' conditions.
func placesOf(place map[int64]int, s *dataset.Split) []int {
	if s == nil {
		return nil
	}
	places := slices.Repeat([]int{-1}, s.Trials())
	for i, c := range s.Condition {
		if at, shown := place[c]; shown {
			places[i] = at
		}
	}
	return places
}

// angle is a colour's place on the circle of hues; nil: grey.
func angle(v float64) *Number {
	if math.IsNaN(v) {
		return nil
	}
	n := Number(v)
	return &n
}

// stratified chooses n trials that are judged, the first of each condition, then the second
// and so on; without conditions evenly spread. They are in ascending order.
func (r *rows) stratified(n int) []int {
	if len(r.conditions) < 2 {
		return spread(len(r.judged), n)
	}
	seen := make([]int, len(r.conditions)+1) // the last: of no condition shown
	round := make([]int, len(r.judged))      // in which each trial's turn is
	order := spread(len(r.judged), len(r.judged))
	for i, of := range r.judged {
		if of < 0 {
			of = len(r.conditions)
		}
		round[i] = seen[of]
		seen[of]++
	}
	slices.SortStableFunc(order, func(a, b int) int { return round[a] - round[b] })
	chosen := order[:min(n, len(order))]
	slices.Sort(chosen)
	return chosen
}

// alike says how n trials, as stratified chooses them, are spread over conditions; "" if there
// is one or none.
func (r *rows) alike(n int) string {
	have := map[int]bool{}
	for _, of := range r.judged {
		if of >= 0 {
			have[of] = true
		}
	}
	switch {
	case len(have) < 2:
		return ""
	case n == 1:
		return ", of one condition"
	case n < len(have):
		return fmt.Sprintf(", one of each of %d conditions", n)
	}
	return ", of all conditions alike"
}

// shown describes the trials that are shown.
func (s *sampler) shown() (all []Trial) {
	of := s.d.Valid
	for _, i := range s.trials {
		t := Trial{Trial: i, Condition: s.rows.judged[i], Angle: angle(s.rows.angles[i])}
		if t.Condition >= 0 { // judged trials alone would have it a little otherwise
			t.Angle = s.rows.conditions[t.Condition].Angle
		}
		if of.TrialIDs != nil {
			t.ID = &of.TrialIDs[i]
		}
		all = append(all, t)
	}
	return all
}

// names describes the neurons that are shown.
func (s *sampler) names() (all []Neuron) {
	for _, n := range s.neurons {
		sum, observed := 0., 0
		for v := range s.d.Valid.Recon.Feature(n) {
			if !dataset.IsMissing(v) {
				sum += float64(v)
				observed++
			}
		}
		at := Neuron{Name: s.d.NeuronID(n), HeldIn: n < s.d.Valid.Encod.Features}
		if observed > 0 {
			mean := &dataset.Array{Trials: 1, Bins: 1, Features: 1, Data: []float32{float32(sum / float64(observed))}}
			at.Rate = known(Number(s.inUnit(mean, []int{n}).Data[0]))
		}
		all = append(all, at)
	}
	return all
}
