package paper

import (
	"fmt"
	"maps"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/autolfads/autolfads/experiment"
)

// Pairs that decide without an interval: of so many that are all better, chance alone gives
// one in 32 (.5 to the power of 5), less than the one in 20 that intervals allow.
const enoughPairs = 5

// enoughForInterval is of how many pairs an interval is told. That of two has one degree of
// freedom: it is 12.7 standard errors to either side, and says nothing.
const enoughForInterval = 3

// pairs are what two lists of rows have of a quantity, each row beside the one of its name;
// ok reports whether all rows have a partner, and the quantity.
func pairs(ours, theirs []Row, key string) (a, b []float64, ok bool) {
	if len(ours) == 0 || len(ours) != len(theirs) {
		return nil, nil, false
	}
	partners := map[string]float64{}
	for i := range theirs {
		if v, has := theirs[i].Values[key]; has {
			partners[theirs[i].Name] = v
		}
	}
	for i := range ours {
		v, has := ours[i].Values[key]
		partner, found := partners[ours[i].Name]
		if !has || !found {
			return nil, nil, false
		}
		delete(partners, ours[i].Name) // nobody has two partners
		a, b = append(a, v), append(b, partner)
	}
	return a, b, true
}

// pairedFinding is that of a claim that rows are better by a quantity than others, each than
// its partner, the one of its name. With differences of pairs, and the 95 % interval of
// their mean by Student's t, it holds where the interval is above 0, or where all of at
// least five pairs say so; it does not where the mean is not above 0; it is undecided
// between. text goes before the numbers.
func pairedFinding(panel, text string, ours, theirs []Row, key string) Finding {
	a, b, ok := pairs(ours, theirs, key)
	if !ok {
		return Finding{panel, notMeasured, text + "not all pairs have a score."}
	}
	better, differences := 0, make([]float64, len(a))
	for i := range a {
		if differences[i] = a[i] - b[i]; differences[i] > 0 {
			better++
		}
	}
	s := experiment.Summarise(differences)
	above, interval := false, ""
	if s.Of >= enoughForInterval {
		above = s.Interval.Low > 0
		interval = fmt.Sprintf(", 95 %% interval of the mean %s to %s", num(s.Interval.Low, 3), num(s.Interval.High, 3))
	}
	f := Finding{panel, Undecided, fmt.Sprintf("%s%s%s, better in %d of %d.", text, meanText(differences), interval, better, len(a))}
	switch {
	case s.Mean <= 0:
		f.Verdict = HoldsNot
	case above, len(a) >= enoughPairs && better == len(a):
		f.Verdict = Holds
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
