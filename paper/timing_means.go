package paper

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/report"
)

// setWindow is a stretch of bins about set, of the trials of one group, by what interval
// was measured.
type setWindow struct {
	*intervals
	samples []float64 // that were measured, ascending, ms
	trials  [][]int   // of each
	before  int       // bins
	bins    int
}

// newSetWindow takes the group that has most intervals, and of its trials the bins from
// orderSeconds before set to as long as all of them last; nil: no two intervals have such
// trials.
func newSetWindow(d *dataset.Dataset, t *intervals) *setWindow {
	w := &setWindow{intervals: t, before: orderBins(d)}
	of := map[int64]map[float64][]int{}
	for trial, g := range t.group {
		if t.set[trial] < w.before {
			continue
		}
		if of[g] == nil {
			of[g] = map[float64][]int{}
		}
		of[g][t.sample[trial]] = append(of[g][t.sample[trial]], trial)
	}
	best := int64(-1)
	for _, g := range slices.Sorted(maps.Keys(of)) {
		if best < 0 || len(of[g]) > len(of[best]) {
			best = g
		}
	}
	if len(of[best]) < 2 {
		return nil
	}
	after := d.Valid.Encod.Bins
	for sample, trials := range of[best] {
		w.samples = append(w.samples, sample)
		for _, trial := range trials {
			after = min(after, d.Valid.Encod.Bins-t.set[trial])
		}
	}
	slices.Sort(w.samples)
	for _, sample := range w.samples {
		w.trials = append(w.trials, of[best][sample])
	}
	w.bins = w.before + after
	return w
}

// means are those of rates over the trials of each interval, [intervals, bins, neurons].
func (w *setWindow) means(rates *dataset.Array) *dataset.Array {
	m := dataset.NewArray(len(w.samples), w.bins, rates.Features)
	for i, trials := range w.trials {
		for _, trial := range trials {
			for bin := range w.bins {
				for n, r := range rates.Bin(trial, w.set[trial]-w.before+bin) {
					m.Bin(i, bin)[n] += r / float32(len(trials))
				}
			}
		}
	}
	return m
}

// ordered are the neurons whose rates before set differ most between the shortest and the
// longest interval, by their size.
func (w *setWindow) ordered(rates *dataset.Array) []int {
	m := w.means(rates)
	change := make([]float64, rates.Features)
	all := make([]int, rates.Features)
	for n := range all {
		all[n] = n
		for bin := range w.before {
			change[n] += math.Abs(float64(m.Bin(len(w.samples)-1, bin)[n] - m.Bin(0, bin)[n]))
		}
	}
	slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(change[b], change[a]) })
	return all[:min(shownNeurons, len(all))]
}

// colouring colours the intervals by their order: the shortest is the darkest.
func (w *setWindow) colouring() report.Colouring {
	c := report.Colouring{Ordered: true}
	for _, sample := range w.samples {
		c.Names = append(c.Names, fmt.Sprintf("%.0f ms", sample))
	}
	return c
}

// of says in words of how many trials each mean is.
func (w *setWindow) of() string {
	fewest, most := len(w.trials[0]), 0
	for _, trials := range w.trials {
		fewest, most = min(fewest, len(trials)), max(most, len(trials))
	}
	return trialsText(fewest, most)
}

// trialsText is "of 2 trials", "of 2 to 5 trials".
func trialsText(fewest, most int) string {
	switch {
	case most == 1:
		return "of 1 trial"
	case fewest == most:
		return fmt.Sprintf("of %d trials", most)
	}
	return fmt.Sprintf("of %d to %d trials", fewest, most)
}
