package page

import "fmt"

// How many points curves have in a document, so that the page of a hundred members and fifty
// generations is opened at once: no screen shows more.
const (
	mostOfCurves = 40_000 // of all members' curves together
	leastOfCurve = 3      // of one, in one generation: its ends, and one between
	mostOfLine   = 1_000  // of the chosen model's
)

// spread returns up to most of the numbers below n, evenly spread, the ends among them.
func spread(n, most int) []int {
	kept := make([]int, min(n, most))
	for i := range kept {
		kept[i] = i
		if n > most && most > 1 {
			kept[i] = i * (n - 1) / (most - 1)
		}
	}
	return kept
}

// picked returns some of a list.
func picked[T any](list []T, places []int) []T {
	out := make([]T, len(places))
	for i, at := range places {
		out[i] = list[at]
	}
	return out
}

// thin thins the curves of generations where they have too many points together, and says so.
// The generations given are left as they are.
func thin(all []Generation) (thinned []Generation, said string) {
	curves, points, trained := 0, 0, 0
	for _, g := range all {
		for i := range g.Members {
			points += len(g.Members[i].X)
			trained += g.Members[i].trained
			curves += min(1, len(g.Members[i].X))
		}
	}
	if points <= mostOfCurves {
		return all, ""
	}
	most := max(leastOfCurve, mostOfCurves/curves)
	for _, g := range all {
		members := make([]Member, len(g.Members))
		copy(members, g.Members)
		for i := range members {
			members[i].thin(most)
		}
		g.Members = members
		thinned = append(thinned, g)
	}
	return thinned, fmt.Sprintf("Curves are thinned to be drawn: of the epochs of a member in a generation %d at most are shown, evenly spread, of %d epochs in all. "+
		"Scores at the ends of generations are all there; metrics.jsonl has every epoch.", most, trained)
}

// thin keeps up to most points of a member's curve.
func (m *Member) thin(most int) {
	if len(m.X) > most {
		kept := spread(len(m.X), most)
		m.X, m.Y = picked(m.X, kept), picked(m.Y, kept)
	}
}
