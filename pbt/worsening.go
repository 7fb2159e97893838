package pbt

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// Worsening returns in how many of the last generations, one after the other, the best
// score was worse than in the generation before, and whose score was the best when that
// began. Generations without a finite score do not count. Of generations 0 the place says
// nothing.
func (h History) Worsening() (since Place, generations int) {
	var before []int // generations with a score
	for g := range h {
		if _, ok := h.bestScore(g); ok {
			before = append(before, g)
		}
	}
	at := len(before) - 1
	for at > 0 && h.worse(before[at], before[at-1]) {
		at, generations = at-1, generations+1
	}
	if at >= 0 {
		since = h.bestOf(before[at])
	}
	return since, generations
}

// worse reports whether the best score of a generation is worse than that of another.
func (h History) worse(g, than int) bool {
	is, _ := h.bestScore(g)
	was, _ := h.bestScore(than)
	return is > was
}

// bestOf returns the place of a generation's best score, the first member of equals; one
// is finite.
func (h History) bestOf(g int) Place {
	best, _ := History{h[g]}.Best()
	return Place{g, best.Member}
}

// A population is said to overfit when its best score got worse in so many generations
// in a row, by more than this share of itself: the share is that by which the paper calls
// a score unchanged, for scores that stand still rise by chance, too.
const (
	worseGenerations = 3
	worseShare       = 5e-4
)

// Overfitting says in words that the best score has been getting worse, and of which
// hyper-parameters the members of the last generation are; "" if it has not.
func (h History) Overfitting() string {
	since, n := h.Worsening()
	if n < worseGenerations {
		return ""
	}
	last := h.LastFinite()
	was, _ := h.bestScore(since.Generation)
	is, _ := h.bestScore(last)
	if is-was <= worseShare*math.Abs(was) {
		return ""
	}
	text := fmt.Sprintf("the best score has got worse for %d generations in a row (from %.5f in generation %d to %.5f): the population overfits", n, was, since.Generation, is)
	if ranges := ranges(h[last]); ranges != "" {
		text += "; its members have " + ranges
	}
	return text
}

// ranges lists the least and the greatest value that finite members have of each
// hyper-parameter.
func ranges(outcomes []Outcome) string {
	least, most := Hyper{}, Hyper{}
	for _, o := range outcomes {
		for key, v := range o.Hyper {
			if low, known := least[key]; o.Finite() && (!known || v < low) {
				least[key] = v
			}
			if high, known := most[key]; o.Finite() && (!known || v > high) {
				most[key] = v
			}
		}
	}
	var parts []string
	for _, key := range slices.Sorted(maps.Keys(least)) {
		parts = append(parts, fmt.Sprintf("%s %.2g to %.2g", key, least[key], most[key]))
	}
	return strings.Join(parts, ", ")
}
