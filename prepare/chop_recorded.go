package prepare

import (
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
)

// recorded returns when anything was recorded: where any unit was observed, or else
// from the first spike of all to the last, out to the edges of bins from time 0 on.
func (p *plan) recorded(r *dataset.Recording, o *Options) ([]dataset.Interval, error) {
	if r.Units.Observed != nil {
		all := grid.Merged(slices.Concat(r.Units.Observed...))
		for _, s := range all {
			if math.IsInf(s.Stop-s.Start, 0) {
				return nil, fmt.Errorf("a unit was observed from %g to %g s: it has no end to chop; take trials (--trials), or correct the times at which units were observed", s.Start, s.Stop)
			}
		}
		return all, nil
	}
	span, active, err := spanOf(r)
	if err != nil || math.IsNaN(span.Start) {
		return nil, err
	}
	if o.Table == "" && o.Where == "" { // else it is said where something was recorded
		p.noteSilences(active)
	}
	p.note("the file does not say when units were observed: windows lie between the first spike (%s s) and the last (%s s)", dataset.Moment(span.Start), dataset.Moment(span.Stop))
	width := float64(p.Width)
	span.Start = math.Floor(grid.Behind(span.Start, 0)/width) * width / grid.NsPerS
	span.Stop = (math.Floor(grid.Behind(span.Stop, 0)/width) + 1) * width / grid.NsPerS
	return []dataset.Interval{span}, nil
}

// spanOf reads all spikes for the first and the last, and when there are any.
func spanOf(r *dataset.Recording) (dataset.Interval, *activity, error) {
	span, active := dataset.Span(nil), &activity{seconds: map[int64]bool{}}
	for i := range r.Units.IDs {
		times, err := r.Units.Spikes.Times(i)
		if err != nil {
			return span, nil, fmt.Errorf("unit %s: %w", r.Units.IDs[i], err)
		}
		active.add(times)
		own := dataset.Span(times)
		span = dataset.Span([]float64{span.Start, span.Stop, own.Start, own.Stop})
	}
	return span, active, nil
}
