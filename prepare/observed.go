package prepare

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"github.com/autolfads/autolfads/dataset"
)

// merged returns stretches of time in order, those that touch or overlap joined. What
// has no length, or an end that is no number, is left out.
func merged(all []dataset.Interval) []dataset.Interval {
	sorted := slices.DeleteFunc(slices.Clone(all), func(i dataset.Interval) bool { return !(i.Start < i.Stop) })
	slices.SortFunc(sorted, func(a, b dataset.Interval) int { return cmp.Compare(a.Start, b.Start) })
	var out []dataset.Interval
	for _, i := range sorted {
		if n := len(out); n > 0 && behind(i.Start, out[n-1].Stop) <= 0 {
			out[n-1].Stop = math.Max(out[n-1].Stop, i.Stop)
			continue
		}
		out = append(out, i)
	}
	return out
}

// observedBins marks the bins of a window that lie in one of some merged stretches.
// Mark has one element a bin.
func (g grid) observedBins(stretches []dataset.Interval, start float64, mark []bool) {
	clear(mark)
	stop := start + g.seconds()
	first := sort.Search(len(stretches), func(i int) bool { return stretches[i].Stop > start })
	for _, s := range stretches[first:] {
		if s.Start >= stop {
			return
		}
		for from, to := g.within(s.Start, s.Stop, start); from < to; from++ {
			mark[from] = true
		}
	}
}
