package pbt

import (
	"cmp"
	"maps"
	"slices"
)

// maxFinishers is how many members anneal at most: the best of as many lines.
const maxFinishers = 3

// finish has the best members of distinct lines go on with a falling learning rate: a
// generation after the last. What a population ends with was trained at the rate that
// made it learn fastest, and still jumps about its optimum.
func (p Population) finish(h History) []Start {
	units := make([]Start, 0, maxFinishers)
	for member, from := range h.finishers(p.finishers()) {
		units = append(units, Start{
			Member: member,
			From:   &from,
			Copied: from != Place{len(h) - 1, member},
			Hyper:  maps.Clone(h.at(from).Hyper),
			Epochs: p.finishEpochs(),
			Anneal: true,
		})
	}
	return units
}

// finishers is how many members anneal at most.
func (p Population) finishers() int { return min(maxFinishers, p.Config.Members) }

// finishers are the best places of distinct lines, at most so many, the best first: of
// the last generation that has scores, and the best of all.
func (h History) finishers(most int) []Place {
	best, ok := h.Best()
	if !ok {
		return nil
	}
	candidates := []Place{best}
	for _, o := range h[h.LastFinite()] {
		if o.Finite() {
			candidates = append(candidates, Place{h.LastFinite(), o.Member})
		}
	}
	slices.SortStableFunc(candidates, func(a, b Place) int { return cmp.Compare(h.at(a).Score, h.at(b).Score) })
	var chosen []Place
	lines := map[Place]bool{}
	for _, place := range candidates {
		if line := h.Founder(place); !lines[line] && len(chosen) < most {
			lines[line] = true
			chosen = append(chosen, place)
		}
	}
	return chosen
}

// Searched is the history without a finish, after which there is no generation.
func (h History) Searched() History {
	last := len(h) - 1
	if last >= 0 && slices.ContainsFunc(h[last], func(o Outcome) bool { return o.Anneal }) {
		return h[:last]
	}
	return h
}
