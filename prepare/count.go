package prepare

import (
	"fmt"
	"math"
	"sort"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
	"github.com/autolfads/autolfads/prepare/signal"
)

// counter counts the spikes of one unit after another in the windows of a maker.
type counter struct {
	*maker
	places  []int     // of the windows in ascending order of their starts
	sorted  []float64 // their starts
	waiting batch     // units read and not yet counted
	near    int       // place among them at which the last spike's windows began
	mark    []bool    // a bin each: observed
}

// UnitReport is what was counted of one unit.
type UnitReport struct {
	ID         string  `json:"id"`
	Counted    int     `json:"counted"`    // spikes, once for each window that has them
	Unobserved int     `json:"unobserved"` // spikes in bins that count as not observed
	Bins       int     `json:"bins"`       // observed
	RateHz     float64 `json:"rate_hz"`    // spikes counted over the time observed; 0 if it was never observed

	Signal *signal.ChannelReport `json:"signal,omitempty"` // of a channel, which has no spikes
}

func newCounter(m *maker) *counter {
	places := m.inTime()
	return &counter{maker: m, places: places, sorted: at(m.starts, places), mark: make([]bool, m.Bins)}
}

// count reads and counts all units.
func (c *counter) count() error {
	from := &c.r.Units
	total, done := int64(from.Total()), int64(0)
	for u, id := range from.IDs {
		times, err := from.Spikes.Times(u)
		if err != nil {
			return fmt.Errorf("unit %s: %w", id, err)
		}
		c.units = append(c.units, UnitReport{ID: id})
		var observed []dataset.Interval
		if from.Observed == nil {
			c.all(u)
		} else {
			observed = grid.Merged(from.Observed[u])
			c.hide(u, observed)
		}
		c.wait(u, times)
		c.trains.Add(times, observed, from.Observed != nil)
		if done += int64(len(times)); c.o.Progress != nil {
			c.o.Progress(done, total)
		}
	}
	c.countWaiting()
	return nil
}

// all takes a unit to be observed throughout.
func (c *counter) all(u int) {
	c.units[u].Bins = len(c.starts) * c.Bins
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
				c.units[u].Bins++
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
			c.units[u].Unobserved++
		} else {
			*at++
			c.units[u].Counted++
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
