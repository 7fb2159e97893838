package ingest

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// joinTrials makes a train of each unit, and notes what the times count from.
func (a *arrays) joinTrials(g tree.Group, b *byTrial) error {
	units, err := b.units()
	if err != nil {
		return err
	}
	starts := a.r.Trials().Numbers(dataset.ColumnStart)
	times, err := b.read(units, mostExpansion*a.size+freeBytes)
	if err != nil {
		return err
	}
	relative, err := countedFromStarts(b.path, times, a.r.Trials())
	if err != nil {
		return err
	}
	trains, spans := make(dataset.SpikeTrains, units), a.r.Trials().Intervals()
	for i, trial := range times {
		from := 0.0
		if relative {
			from = starts[i]
		}
		for u, at := range trial {
			for _, t := range at {
				if t += from; !math.IsNaN(t) {
					trains[u] = append(trains[u], t)
					spans = reaching(spans, i, t)
				}
			}
		}
	}
	for _, train := range trains {
		slices.Sort(train)
	}
	a.r.Units.Spikes, a.r.Units.Observed = trains, observedIn(spans, units)
	a.note("%s has spikes of %d trials apart: %s", b.path, len(times), countedFrom[relative])
	a.r.Units.IDs = a.idsOf(g, units, nil)
	return nil
}

var countedFrom = map[bool]string{
	true:  "times are taken to count from each trial's start_time",
	false: "times are taken for those of the session, for they lie in their trials",
}

// read reads all times: trials x units x spikes, in no more than some bytes.
func (b *byTrial) read(units int, most int64) ([][][]float64, error) {
	all, bytes := make([][][]float64, len(b.trials)), int64(0)
	for i, trial := range b.trials {
		all[i] = make([][]float64, units)
		for u, at := range trial {
			if at == nil || sizeOf(at.Shape()) == 0 || u >= units {
				continue
			}
			if bytes += 8 * int64(sizeOf(at.Shape())); bytes > most {
				return nil, fmt.Errorf("%s takes more than %d MB of memory: spike times do not shrink so far", b.path, most>>20)
			}
			var err error
			if all[i][u], err = at.Float64s(); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// errOtherClock: spikes lie neither in their trials nor about 0.
var errOtherClock = errors.New("spikes and trials are not on one clock")

// countedFromStarts tells whether times count from each trial's start, not from the
// session's: whichever has more spikes within their trials, and none far from them.
func countedFromStarts(path string, times [][][]float64, t *dataset.Table) (bool, error) {
	starts, reach := t.Numbers(dataset.ColumnStart), longestOf(t)
	var inside, far [2]int
	where := 0
	for i, trial := range times {
		for _, at := range slices.Concat(trial...) {
			for from, late := range [2]float64{at - starts[i], at} {
				inside[from] += count(late >= 0 && late <= reach)
				far[from] += count(math.Abs(late) > reach)
			}
			if math.Abs(at) > reach {
				where = i
			}
		}
	}
	if far[0] > 0 && far[1] > 0 {
		return false, fmt.Errorf("%s: spikes of trial %d lie neither within %.4g s of its start_time nor of 0: %w; are both in seconds?", path, where+1, reach, errOtherClock)
	}
	return far[1] == 0 && (far[0] > 0 || inside[1] >= inside[0]), nil
}

// longestOf is the length of the longest trial or of the longest time from one start
// to the next, in seconds.
func longestOf(t *dataset.Table) (longest float64) {
	starts := t.Numbers(dataset.ColumnStart)
	for i := 1; i < len(starts); i++ {
		longest = math.Max(longest, starts[i]-starts[i-1])
	}
	for _, row := range t.Intervals() {
		if d := row.Stop - row.Start; d > longest {
			longest = d
		}
	}
	return longest
}

// reaching are the times of trials, that of trial i long enough for a spike.
func reaching(spans []dataset.Interval, i int, t float64) []dataset.Interval {
	if spans != nil {
		spans[i].Start, spans[i].Stop = min(spans[i].Start, t), max(spans[i].Stop, t)
	}
	return spans
}

// observedIn are the trials as the times at which each unit was observed: of the
// spikes between them nothing is known. Nil: a trial's end is not known.
func observedIn(spans []dataset.Interval, units int) [][]dataset.Interval {
	if len(spans) == 0 || slices.ContainsFunc(spans, func(r dataset.Interval) bool { return !(r.Stop > r.Start) }) {
		return nil
	}
	all := make([][]dataset.Interval, units)
	for u := range all {
		all[u] = spans
	}
	return all
}
