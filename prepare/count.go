package prepare

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/correlate"
	"github.com/autolfads/autolfads/prepare/grid"
)

// counter counts the spikes of one unit after another in the windows of a plan.
type counter struct {
	*plan
	counts  *dataset.Array // windows x bins x units, in the plan's order
	places  []int          // of the windows in ascending order of their starts
	sorted  []float64      // their starts
	waiting batch          // units read and not yet counted
	near    int            // place among them at which the last spike's windows began
	mark    []bool         // a bin each: observed

	any     []bool // windows in which anything was observed that the model reads
	heldOut int    // of the last units, that the model does not read
	spikes  []UnitReport
	left    []LeftOut         // units that were not counted
	slow    []UnitReport      // left out for their rate
	parts   []part            // what each trial is for
	divided *dataset.Division // that says it; nil: rule alone does
	rule    string            // which says it
	shared  int               // trials that train and share time with one that does not
	outside int               // spikes that no window has
	unclear int               // spike times that are no numbers

	signals      *SignalReport // of what are channels of signals, not units; nil: they are
	trains       correlate.Trains
	correlations *CorrelationReport // nil: there are no two units
}

// UnitReport is what was counted of one unit.
type UnitReport struct {
	ID         string  `json:"id"`
	Counted    int     `json:"counted"`    // spikes, once for each window that has them
	Unobserved int     `json:"unobserved"` // spikes in bins that count as not observed
	Bins       int     `json:"bins"`       // observed
	RateHz     float64 `json:"rate_hz"`    // spikes counted over the time observed; 0 if it was never observed

	Signal *ChannelReport `json:"signal,omitempty"` // of a channel, which has no spikes
}

func newCounter(p *plan, units int) *counter {
	c := &counter{
		plan: p, counts: dataset.NewArray(len(p.starts), p.Bins, units),
		places: make([]int, len(p.starts)), mark: make([]bool, p.Bins), any: make([]bool, len(p.starts)),
	}
	for i := range c.places {
		c.places[i] = i
	}
	slices.SortStableFunc(c.places, func(a, b int) int { return cmp.Compare(p.starts[a], p.starts[b]) })
	for _, i := range c.places {
		c.sorted = append(c.sorted, p.starts[i])
	}
	return c
}

// count reads and counts all units.
func (c *counter) count(r *dataset.Recording, told func(counted, of int64)) error {
	total, done := int64(r.Units.Total()), int64(0)
	for u, id := range r.Units.IDs {
		times, err := r.Units.Spikes.Times(u)
		if err != nil {
			return fmt.Errorf("unit %s: %w", id, err)
		}
		c.spikes = append(c.spikes, UnitReport{ID: id})
		var observed []dataset.Interval
		if r.Units.Observed == nil {
			c.all(u)
		} else {
			observed = grid.Merged(r.Units.Observed[u])
			c.hide(u, observed)
		}
		c.wait(u, times)
		c.trains.Add(times, observed, r.Units.Observed != nil)
		if done += int64(len(times)); told != nil {
			told(done, total)
		}
	}
	c.countWaiting()
	return nil
}

// all takes a unit to be observed throughout.
func (c *counter) all(u int) {
	c.spikes[u].Bins = len(c.starts) * c.Bins
	for i := range c.any {
		c.any[i] = true
	}
}

// hide makes NaN of the bins in which a unit was not observed.
func (c *counter) hide(u int, stretches []dataset.Interval) {
	for w, start := range c.starts {
		c.Observed(stretches, start, c.mark)
		for bin, observed := range c.mark {
			if observed {
				c.any[w] = c.any[w] || bin < c.read()
				c.spikes[u].Bins++
			} else {
				c.counts.Bin(w, bin)[u] = float32(math.NaN())
			}
		}
	}
}

// unit counts the spikes of one unit.
func (c *counter) unit(u int, times []float64) {
	for _, t := range times {
		if math.IsNaN(t) || math.IsInf(t, 0) {
			c.unclear++
			continue
		}
		if !c.spike(u, t) {
			c.outside++
		}
	}
}

// spike counts a spike in every window that has it, and reports whether any does.
func (c *counter) spike(u int, t float64) (found bool) {
	slack := 1e-6 + float64(math.Abs(t)*1e-15) // more than rounding; what is in a window, its grid says
	first := c.from(t - c.Seconds() - slack)
	for i := first; i < len(c.sorted) && c.sorted[i] <= t+slack; i++ {
		w := c.places[i]
		bin, ok := c.Bin(t, c.starts[w])
		if !ok {
			continue
		}
		found = true
		if at := &c.counts.Bin(w, bin)[u]; dataset.IsMissing(*at) {
			c.spikes[u].Unobserved++
		} else {
			*at++
			c.spikes[u].Counted++
		}
	}
	return found
}

// from returns the place of the first window that starts at a moment or later. Spikes
// mostly ascend: it is where the last one's was, or a few places on.
func (c *counter) from(start float64) int {
	const steps = 8
	if i := c.near; i == 0 || c.sorted[i-1] < start {
		for end := min(i+steps, len(c.sorted)); i < end; i++ {
			if c.sorted[i] >= start {
				c.near = i
				return i
			}
		}
	}
	c.near = sort.SearchFloat64s(c.sorted, start)
	return c.near
}
