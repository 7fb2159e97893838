package prepare

import (
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// suggestTable returns the flags that make trials of a table: none if its rows are
// about as long as each other, else a moment and a window. It reports false if
// less than half of them would do.
func suggestTable(t *dataset.Table, spikes dataset.Interval, binMs float64) (flags []string, ok bool) {
	rows := t.Intervals()
	next := nextStarts(rows)
	if n := covered(rows, next, spikes); n < 2 || 2*n < len(rows) {
		return nil, false
	}
	lengths := lengthsOf(rows)
	if len(lengths) == len(rows) && even(lengths, binMs) {
		return nil, true
	}
	event, before := dataset.ColumnStart, 0.
	events := t.Numbers(event)
	if 10*len(lengths) < 9*len(rows) { // stops are not known
		if c := firstEvent(t); c != nil {
			event, events = c.Name, c.Numbers
			before = whole(min(beforeMs, 1000*tenth(differences(events, t.Numbers(dataset.ColumnStart)))), binMs)
		}
	}
	after := min(usualMs, 1000*tenth(differences(next, events)))
	if math.IsNaN(after) {
		after = usualMs
	}
	if after = whole(after, binMs); after == 0 {
		return nil, false
	}
	return []string{"--align", event, windowFlag(0-before, after)}, true
}

// covered counts the rows that begin before the last spike and last beyond the first.
func covered(rows []dataset.Interval, next []float64, spikes dataset.Interval) (n int) {
	for i, r := range rows {
		if r.Start < spikes.Stop && !(next[i] <= spikes.Start) {
			n++
		}
	}
	return n
}

// even reports whether trials are long enough, not too long, and none is shorter
// than half of the others.
func even(sorted []float64, binMs float64) bool {
	least, median := 1000*sorted[0], 1000*sorted[len(sorted)/2]
	return least >= leastBins*binMs && least >= median/2 && least <= mostTrialMs
}

// lengthsOf returns the lengths that are known and not 0, in ascending order.
func lengthsOf(rows []dataset.Interval) (all []float64) {
	for _, r := range rows {
		if v := r.Stop - r.Start; v > 0 && !math.IsInf(v, 0) {
			all = append(all, v)
		}
	}
	slices.Sort(all)
	return all
}

// nextStarts returns until when each row's window may last: its stop, or the next
// row's start if that is not known; NaN if neither is.
func nextStarts(rows []dataset.Interval) []float64 {
	starts := make([]float64, len(rows))
	for i, r := range rows {
		starts[i] = r.Start
	}
	slices.Sort(starts)
	next := make([]float64, len(rows))
	for i, r := range rows {
		if next[i] = r.Stop; !math.IsNaN(r.Stop) {
			continue
		}
		at, _ := slices.BinarySearch(starts, math.Nextafter(r.Start, math.Inf(1)))
		if at < len(starts) {
			next[i] = starts[at]
		}
	}
	return next
}

// firstEvent returns the first column of moments that nearly all trials have, behind
// their starts; nil: there is none.
func firstEvent(t *dataset.Table) *dataset.Column {
	starts := t.Numbers(dataset.ColumnStart)
	for _, c := range t.Columns {
		if !c.IsTime() || c.Name == dataset.ColumnStart || c.Name == dataset.ColumnStop {
			continue
		}
		behind := 0
		for i, v := range c.Numbers {
			if v >= starts[i] && !math.IsInf(v, 0) {
				behind++
			}
		}
		if 10*behind >= 9*t.Rows {
			return c
		}
	}
	return nil
}

// differences returns a - b where both are known, in ascending order.
func differences(a, b []float64) (all []float64) {
	for i := range a {
		if d := a[i] - b[i]; !math.IsNaN(d) {
			all = append(all, d)
		}
	}
	slices.Sort(all)
	return all
}

// tenth returns what one in ten is less than; NaN of none.
func tenth(sorted []float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	return sorted[len(sorted)/suggestTenth]
}
