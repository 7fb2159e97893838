package prepare

import (
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// cut plans consecutive windows, without overlap, over all that was recorded.
func cut(r *dataset.Recording, o *Options) (*plan, error) {
	p := &plan{window: Window{0, o.CutMs}}
	var err error
	if p.grid, err = newGrid(p.window, o.BinMs); err != nil {
		return nil, fmt.Errorf("%w, and so must the windows of --cut be", err)
	}
	stretches, err := p.recorded(r)
	if err != nil {
		return nil, err
	}
	windows := 0.
	for _, s := range stretches {
		windows += p.windowsIn(s)
	}
	if err := fits(windows, p.grid, r.Units.Len(), o.bytesPerCount()); err != nil {
		return nil, err
	}
	rest := 0.
	for _, s := range stretches {
		n := int64(p.windowsIn(s))
		for k := range n {
			p.starts = append(p.starts, s.Start+float64(k*p.length())/nsPerS)
			p.ids = append(p.ids, int64(len(p.ids)))
		}
		rest += (s.Stop - s.Start) - float64(n*p.length())/nsPerS
	}
	p.rows = len(p.starts)
	if rest > 0 {
		p.note("%.4g s at the ends of %d stretches recorded are shorter than a window, and in none", rest, len(stretches))
	}
	return p, nil
}

// windowsIn returns how many whole windows a stretch holds.
func (p *plan) windowsIn(s dataset.Interval) float64 {
	return math.Floor(behind(s.Stop, s.Start) / float64(p.length()))
}

// recorded returns when anything was recorded: where any unit was observed, or else
// from the first spike of all, or the edge before it of bins from time 0 on, to the
// last.
func (p *plan) recorded(r *dataset.Recording) ([]dataset.Interval, error) {
	if r.Units.Observed != nil {
		all := merged(slices.Concat(r.Units.Observed...))
		for _, s := range all {
			if math.IsInf(s.Stop-s.Start, 0) {
				return nil, fmt.Errorf("a unit was observed from %g to %g s: there is no end to cut; take trials (--trials), or correct the times at which units were observed", s.Start, s.Stop)
			}
		}
		return all, nil
	}
	span, err := spanOf(r)
	if err != nil || math.IsNaN(span.Start) {
		return nil, err
	}
	width := float64(p.width)
	span.Start = math.Floor(behind(span.Start, 0)/width) * width / nsPerS
	p.note("the file does not say when units were observed: windows are cut from the first spike (%.6g s) to the last (%.6g s)", span.Start, span.Stop)
	return []dataset.Interval{span}, nil
}

// spanOf reads all spikes for the first and the last.
func spanOf(r *dataset.Recording) (dataset.Interval, error) {
	span := dataset.Span(nil)
	for i := range r.Units.IDs {
		times, err := r.Units.Spikes.Times(i)
		if err != nil {
			return span, fmt.Errorf("unit %s: %w", r.Units.IDs[i], err)
		}
		own := dataset.Span(times)
		span = dataset.Span([]float64{span.Start, span.Stop, own.Start, own.Stop})
	}
	return span, nil
}
