package pbt

import "math"

// Outcome is what one unit of work (a member in a generation) came to.
type Outcome struct {
	Member int
	Score  float64 // smoothed validation reconstruction loss, lower is better; not finite: the member diverged
	Epochs int     // epochs trained in this unit
	Hyper  Hyper   // the hyper-parameters it trained with
	From   *Place  // whose checkpoint it went on from; nil: it began with fresh parameters
	Anneal bool    // its learning rate fell: a finish
	// Losses are the reconstruction losses of the validation trials, each summed over its
	// elements, under posterior draws that are the same for whoever is reviewed: of the
	// best member of a generation alone; nil: it was not reviewed.
	Losses []float64
}

// Finite reports whether the member has a score, that is, did not diverge.
func (o Outcome) Finite() bool { return !math.IsNaN(o.Score) && !math.IsInf(o.Score, 0) }

// History holds the completed generations, each with its members in order.
type History [][]Outcome

// Place is a member at the end of a generation: whose checkpoint is meant.
type Place struct {
	Generation int `json:"generation"`
	Member     int `json:"member"`
}

// Best returns the place of the lowest score over all completed generations,
// the earliest if several have it. It reports false if no score is finite.
func (h History) Best() (Place, bool) {
	best, at, ok := 0., Place{}, false
	for g, outcomes := range h {
		for _, o := range outcomes {
			if o.Finite() && (!ok || o.Score < best) {
				best, at, ok = o.Score, Place{g, o.Member}, true
			}
		}
	}
	return at, ok
}

// LastFinite returns the last generation in which some member had a finite
// score, or -1.
func (h History) LastFinite() int {
	for g := len(h) - 1; g >= 0; g-- {
		if _, ok := h.bestScore(g); ok {
			return g
		}
	}
	return -1
}

// Needed returns the places whose checkpoints a run must keep: those of the
// last two generations, of the last one with a finite score (from which a
// population that diverged as a whole restarts), and the best.
func (h History) Needed() map[Place]bool {
	keep := map[Place]bool{}
	searched := h.Searched() // which may be made longer, without its finish
	for _, until := range []History{h, searched} {
		if best, ok := until.Best(); ok {
			keep[best] = true
		}
	}
	for _, g := range []int{len(h) - 1, len(h) - 2, h.LastFinite(), searched.LastFinite()} {
		if g < 0 {
			continue
		}
		for _, o := range h[g] {
			keep[Place{g, o.Member}] = true
		}
	}
	return keep
}

// Gain returns by what share of itself the best score so far fell in the last
// generation; 0 if it did not, or there are no two generations with a score.
func (h History) Gain() float64 {
	last := len(h) - 1
	if last < 1 {
		return 0
	}
	before, ok := h[:last].Best()
	now, found := h.bestScore(last)
	if !ok || !found {
		return 0
	}
	was, _ := h.bestScore(before.Generation)
	if was == 0 {
		return 0
	}
	return max(0, (was-now)/math.Abs(was))
}

func (h History) bestScore(g int) (float64, bool) {
	best, ok := 0., false
	for _, o := range h[g] {
		if o.Finite() && (!ok || o.Score < best) {
			best, ok = o.Score, true
		}
	}
	return best, ok
}

// Diverged counts the members of all generations without a finite score.
func (h History) Diverged() int {
	n := 0
	for _, outcomes := range h {
		for _, o := range outcomes {
			if !o.Finite() {
				n++
			}
		}
	}
	return n
}

// failures counts the generations in which no member had a finite score.
func (h History) failures() int {
	n := 0
	for g := range h {
		if _, ok := h.bestScore(g); !ok {
			n++
		}
	}
	return n
}
