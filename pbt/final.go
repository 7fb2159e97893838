package pbt

import (
	"cmp"
	"slices"
)

// Final says among which models a search makes its final choice: they are scored anew,
// all with the same posterior draws. Empty: the search's best is final, as in the paper.
type Final struct {
	Members []Place // the best first, by the search's scores
	Means   []Group // whose mean weights are candidates, too
	Needed  []Place // whose checkpoints must stay for this choice, and for one after more generations
}

// Group is members of a generation whose weights may have a mean: they were one model a
// few generations before.
type Group struct {
	Best    Place   // of the lowest score
	Members []Place // in their order, two or more
}

// Finalist is a [Search] that may leave a final choice.
type Finalist interface {
	// Final says among which models of the completed generations it is.
	Final(History) Final
	// MostFinalists is how many models that are at most; 0: there will be no choice.
	MostFinalists() int
}

// FinalOf says among which models a search's final choice is; empty of one that leaves
// none, such as of a single model.
func FinalOf(s Search, h History) Final {
	if f, ok := s.(Finalist); ok {
		return f.Final(h)
	}
	return Final{}
}

// The most members that the final choice is among: of a population (finalists), and of
// models drawn once, of which as many checkpoints stay (randomFinalists).
const (
	finalists       = 8
	randomFinalists = 4
)

// Final implements [Finalist]. Members are the best of two generations, that of the best and
// the last one, and all that a finish has annealed; groups are the kin of the best of each of
// the two.
func (p Population) Final(h History) Final {
	searched := h.Searched()
	best, ok := searched.Best()
	if !ok || p.Config.FinalDraws == 0 {
		return Final{}
	}
	last := searched.LastFinite()
	f := Final{Needed: h.ranked(best.Generation)}
	f.Members = h.ranked(best.Generation)
	if last != best.Generation {
		f.Members = h.byScore(append(f.Members, h.ranked(last)...))
	}
	f.Members = f.Members[:min(len(f.Members), finalists)]
	if len(searched) < len(h) {
		f.Members = h.byScore(append(f.Members, h.ranked(len(searched))...))
	}
	f.Means = p.means(h, best, h.ranked(last)[0])
	return f
}

// MostFinalists implements [Finalist].
func (p Population) MostFinalists() int {
	if p.Config.FinalDraws == 0 {
		return 0
	}
	n := finalists
	if p.Config.FinishEpochs > 0 {
		n += p.finishers()
	}
	if p.Config.MeanGenerations > 0 {
		n += 2 // of two generations
	}
	return n
}

// means are the groups of places, which may be one and the same.
func (p Population) means(h History, places ...Place) (means []Group) {
	for _, of := range slices.Compact(places) {
		if kin := h.Kin(of, p.Config.MeanGenerations); p.Config.MeanGenerations > 0 && len(kin) > 1 {
			means = append(means, Group{of, kin})
		}
	}
	return means
}

// Final implements [Finalist]: the best of all models that were drawn.
func (r Random) Final(h History) Final {
	if r.FinalDraws == 0 {
		return Final{}
	}
	var all []Place
	for g := range h {
		all = append(all, h.ranked(g)...)
	}
	all = h.byScore(all)
	all = all[:min(len(all), randomFinalists)]
	return Final{Members: all, Needed: all}
}

// MostFinalists implements [Finalist].
func (r Random) MostFinalists() int {
	if r.FinalDraws == 0 {
		return 0
	}
	return randomFinalists
}

// ranked returns the members of a generation that have a score, the best first.
func (h History) ranked(generation int) []Place {
	var all []Place
	for _, o := range h[generation] {
		if o.Finite() {
			all = append(all, Place{generation, o.Member})
		}
	}
	return h.byScore(all)
}

// byScore sorts places by their scores, those of equal scores by generation and member,
// so that the first of all is the search's best.
func (h History) byScore(all []Place) []Place {
	slices.SortFunc(all, func(a, b Place) int {
		return cmp.Or(cmp.Compare(h.at(a).Score, h.at(b).Score), cmp.Compare(a.Generation, b.Generation), cmp.Compare(a.Member, b.Member))
	})
	return all
}
