package prepare

import (
	"errors"
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// nothingObserved is why a trial is dropped in which every bin of every unit is NaN.
const nothingObserved = "no unit was observed in a whole bin of it"

// chooseTrials leaves out trials in which nothing was observed.
func (m *maker) chooseTrials() error {
	m.keepTrials(m.any, nothingObserved)
	return m.enough(&m.o.Units)
}

// chooseUnits leaves out units of a rate below the least, and units that are too much
// like others, if that is asked for.
func (m *maker) chooseUnits() error {
	if m.signals != nil {
		return nil
	}
	keep := m.firing(m.o.Units.MinRateHz)
	if len(keep) == 0 {
		return fmt.Errorf("no unit fires at %g Hz in the trials kept: lower --min-rate-hz", m.o.Units.MinRateHz)
	}
	m.slow = without(m.units, keep)
	m.keepUnits(m.correlated(keep, m.o.Units.DropCorrelated))
	switch empty := m.withoutSpikes(); {
	case empty == len(m.starts):
		return errors.New("no spike lies in an observed bin of any trial: " + oneClock)
	case 2*empty > len(m.starts):
		m.note("%d of %d trials have no spike of any unit: %s", empty, len(m.starts), oneClock)
	}
	return nil
}

// oneClock is what to ask of trials without spikes.
const oneClock = "are trials and spikes on one clock? `autolfads info` shows the times of both"

// withoutSpikes counts the trials in which no unit fires.
func (m *maker) withoutSpikes() (empty int) {
	for w := range m.starts {
		if !slices.ContainsFunc(m.counts.Trial(w), func(n float32) bool { return n > 0 }) {
			empty++
		}
	}
	return empty
}

// keepTrials leaves out of the counts all trials but some, for a reason.
func (m *maker) keepTrials(keep []bool, reason string) {
	to := 0
	for w, is := range keep {
		if !is {
			m.drop(m.ids[w], reason)
			m.forget(w)
			continue
		}
		copy(m.counts.Trial(to), m.counts.Trial(w))
		m.starts[to], m.ids[to] = m.starts[w], m.ids[w]
		to++
	}
	m.starts, m.ids = m.starts[:to], m.ids[:to]
	m.counts.Trials, m.counts.Data = to, m.counts.Data[:to*m.Bins*m.counts.Features]
}

// forget takes a trial out of what was counted of the units.
func (m *maker) forget(w int) {
	for bin := range m.Bins {
		for u, n := range m.counts.Bin(w, bin) {
			if dataset.IsMissing(n) {
				continue
			}
			if m.units[u].Bins--; m.signals == nil {
				m.units[u].Counted -= int(n)
			}
		}
	}
}

// firing returns the places of the units that fire enough.
func (m *maker) firing(leastHz float64) (keep []int) {
	m.rate()
	for i := range m.units {
		if m.units[i].RateHz >= leastHz {
			keep = append(keep, i)
		}
	}
	return keep
}

// rate gives the units their rates in the trials kept.
func (m *maker) rate() {
	for i := range m.units {
		u := &m.units[i]
		if u.RateHz = 0; u.Bins > 0 {
			u.RateHz = float64(u.Counted) / (float64(u.Bins) * m.BinWidth().Seconds())
		}
	}
}

// keepUnits leaves out of the counts all but some units.
func (m *maker) keepUnits(keep []int) {
	units := m.counts.Features
	kept := make([]UnitReport, len(keep))
	for to, from := range keep {
		kept[to] = m.units[from]
	}
	if len(keep) < units {
		rows, data := m.counts.Trials*m.Bins, m.counts.Data
		for row := range rows {
			for to, from := range keep {
				data[row*len(keep)+to] = data[row*units+from]
			}
		}
		m.counts = &dataset.Array{Trials: m.counts.Trials, Bins: m.Bins, Features: len(keep), Data: data[:rows*len(keep)]}
	}
	m.units = kept
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
