package prepare

import "slices"

// Spikes are counted in batches of units, a stretch of time after another: what one
// stretch has of the counts stays in the processor's cache while all units of the batch
// go through it, where one unit after the other would fetch each count from memory.
const (
	batchSpikes   = 1 << 22 // 32 MiB; one unit may have more
	stretchCounts = 1 << 18 // 1 MiB
)

// batch is units that wait to be counted.
type batch struct {
	units  []waiting
	spikes int
}

// waiting is what is still to be counted of a unit.
type waiting struct {
	unit  int
	times []float64
}

// wait adds a unit's spikes to those that wait, and counts them when there are many.
// Those that do not ascend are counted at once.
func (c *counter) wait(u int, times []float64) {
	if !slices.IsSorted(times) {
		c.unit(u, times)
		return
	}
	c.waiting.units = append(c.waiting.units, waiting{u, times})
	if c.waiting.spikes += len(times); c.waiting.spikes >= batchSpikes {
		c.countWaiting()
	}
}

// countWaiting counts all that waits.
func (c *counter) countWaiting() {
	step := max(1, stretchCounts/(c.Bins*c.counts.Features))
	for w := step; w < len(c.sorted); w += step {
		for i := range c.waiting.units {
			u := &c.waiting.units[i]
			n, _ := slices.BinarySearch(u.times, c.sorted[w])
			c.unit(u.unit, u.times[:n])
			u.times = u.times[n:]
		}
	}
	for _, u := range c.waiting.units {
		c.unit(u.unit, u.times)
	}
	c.waiting = batch{}
}
