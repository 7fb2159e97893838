package paper

import (
	"fmt"
	"maps"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/autolfads/autolfads/experiment"
)

// pairedFinding is that of a claim that scores are better than others, each than its
// partner: it holds where each pair says so, does not where their mean does not, and is
// undecided between. text goes before the numbers.
func pairedFinding(panel, text string, ours, theirs []float64) Finding {
	if len(ours) == 0 || len(ours) != len(theirs) {
		return Finding{panel, notMeasured, text + "not all pairs have a score."}
	}
	better, differences := 0, make([]float64, len(ours))
	for i := range ours {
		if differences[i] = ours[i] - theirs[i]; differences[i] > 0 {
			better++
		}
	}
	f := Finding{panel, Undecided, fmt.Sprintf("%s%s, better in %d of %d.", text, meanText(differences), better, len(ours))}
	switch {
	case better == len(ours):
		f.Verdict = Holds
	case stat.Mean(differences, nil) <= 0:
		f.Verdict = HoldsNot
	}
	return f
}

// meanText is the mean of some numbers and, of several, between what they lie.
func meanText(all []float64) string {
	if len(all) == 0 {
		return "none"
	}
	s := experiment.Summarise(all)
	if s.Of == 1 {
		return num(s.Mean, 3)
	}
	return fmt.Sprintf("%s (%s to %s)", num(s.Mean, 3), num(s.Least, 3), num(s.Most, 3))
}

// meansBy are the means of y at each x, in the order of x.
func meansBy(xs, ys []float64) (x, y []float64) {
	at := map[float64][]float64{}
	for i := range xs {
		at[xs[i]] = append(at[xs[i]], ys[i])
	}
	x = slices.Sorted(maps.Keys(at))
	for _, v := range x {
		y = append(y, stat.Mean(at[v], nil))
	}
	return x, y
}

// most is the largest number; 0 of none.
func most(all []float64) float64 {
	if len(all) == 0 {
		return 0
	}
	return slices.Max(all)
}
