package prepare

import (
	"errors"
	"fmt"

	"github.com/autolfads/autolfads/dataset"
)

// nothingObserved is why a trial is dropped in which every bin of every unit is NaN.
const nothingObserved = "no unit was observed in a whole bin of it"

// choose leaves out trials in which nothing was observed, units of a rate below the
// least, and units that are too much like others, if that is asked for.
func (c *counter) choose(o *UnitOptions) error {
	c.chooseTrials()
	if err := c.enough(o); err != nil {
		return err
	}
	if c.signals != nil {
		return nil
	}
	keep := c.chooseUnits(o.MinRateHz)
	if len(keep) == 0 {
		return fmt.Errorf("no unit fires at %g Hz in the trials kept: lower --min-rate-hz", o.MinRateHz)
	}
	c.slow = without(c.spikes, keep)
	c.keepUnits(c.correlated(keep, o.DropCorrelated))
	for _, u := range c.spikes {
		if u.Counted > 0 {
			return nil
		}
	}
	return errors.New("no spike lies in an observed bin of any trial: are trials and spikes on one clock? `autolfads info` shows the times of both")
}

func (c *counter) chooseTrials() { c.keepTrials(c.any, nothingObserved) }

// keepTrials leaves out of the counts all trials but some, for a reason.
func (c *counter) keepTrials(keep []bool, reason string) {
	to := 0
	for w, is := range keep {
		if !is {
			c.drop(c.ids[w], reason)
			c.forget(w)
			continue
		}
		copy(c.counts.Trial(to), c.counts.Trial(w))
		c.starts[to], c.ids[to] = c.starts[w], c.ids[w]
		to++
	}
	c.starts, c.ids = c.starts[:to], c.ids[:to]
	c.counts.Trials, c.counts.Data = to, c.counts.Data[:to*c.Bins*c.counts.Features]
}

// forget takes a trial out of what was counted of the units.
func (c *counter) forget(w int) {
	for bin := range c.Bins {
		for u, n := range c.counts.Bin(w, bin) {
			if dataset.IsMissing(n) {
				continue
			}
			if c.spikes[u].Bins--; c.signals == nil {
				c.spikes[u].Counted -= int(n)
			}
		}
	}
}

// chooseUnits returns the places of the units that fire enough.
func (c *counter) chooseUnits(leastHz float64) (keep []int) {
	c.rate()
	for i := range c.spikes {
		if c.spikes[i].RateHz >= leastHz {
			keep = append(keep, i)
		}
	}
	return keep
}

// rate gives the units their rates in the trials kept.
func (c *counter) rate() {
	for i := range c.spikes {
		u := &c.spikes[i]
		if u.RateHz = 0; u.Bins > 0 {
			u.RateHz = float64(u.Counted) / (float64(u.Bins) * c.BinWidth().Seconds())
		}
	}
}

// keepUnits leaves out of the counts all but some units.
func (c *counter) keepUnits(keep []int) {
	units := c.counts.Features
	kept := make([]UnitReport, len(keep))
	for to, from := range keep {
		kept[to] = c.spikes[from]
	}
	if len(keep) < units {
		rows, data := c.counts.Trials*c.Bins, c.counts.Data
		for row := range rows {
			for to, from := range keep {
				data[row*len(keep)+to] = data[row*units+from]
			}
		}
		c.counts = &dataset.Array{Trials: c.counts.Trials, Bins: c.Bins, Features: len(keep), Data: data[:rows*len(keep)]}
	}
	c.spikes = kept
}

// without returns the units at all places but some, which ascend.
func without(all []UnitReport, some []int) (rest []UnitReport) {
	for i, u := range all {
		if len(some) > 0 && some[0] == i {
			some = some[1:]
			continue
		}
		rest = append(rest, u)
	}
	return rest
}
