package grid

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"github.com/autolfads/autolfads/dataset"
)

// Merged returns stretches of time in order, those that touch or overlap joined. What
// has no length, or an end that is no number, is left out.
func Merged(all []dataset.Interval) []dataset.Interval {
	sorted := slices.DeleteFunc(slices.Clone(all), func(i dataset.Interval) bool { return !(i.Start < i.Stop) })
	slices.SortFunc(sorted, func(a, b dataset.Interval) int { return cmp.Compare(a.Start, b.Start) })
	var out []dataset.Interval
	for _, i := range sorted {
		if n := len(out); n > 0 && Behind(i.Start, out[n-1].Stop) <= 0 {
			out[n-1].Stop = math.Max(out[n-1].Stop, i.Stop)
			continue
		}
		out = append(out, i)
	}
	return out
}

// Intersection returns the stretches of time that lie in two lists, both in order and
// without overlap.
func Intersection(a, b []dataset.Interval) (both []dataset.Interval) {
	for len(a) > 0 && len(b) > 0 {
		s := dataset.Interval{Start: math.Max(a[0].Start, b[0].Start), Stop: math.Min(a[0].Stop, b[0].Stop)}
		if s.Start < s.Stop {
			both = append(both, s)
		}
		if a[0].Stop < b[0].Stop {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return both
}

// Observed marks the bins of a window that lie in one of some merged stretches.
// Mark has one element a bin.
func (g Grid) Observed(stretches []dataset.Interval, start float64, mark []bool) {
	clear(mark)
	stop := start + g.Seconds()
	first := sort.Search(len(stretches), func(i int) bool { return stretches[i].Stop > start })
	for _, s := range stretches[first:] {
		if s.Start >= stop {
			return
		}
		for from, to := g.Within(s.Start, s.Stop, start); from < to; from++ {
			mark[from] = true
		}
	}
}
