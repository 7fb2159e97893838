package prepare

import (
	"errors"
	"fmt"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/signal"
)

// checkSignals returns an error for signals, or options of spikes beside them, that cannot
// be meant.
func (o *Options) checkSignals() error {
	if o.Signals == nil {
		return nil
	}
	if err := o.Signals.Check(); err != nil {
		return err
	}
	switch {
	case o.Units.MinRateHz != 0:
		return errors.New("signals have no rate of spikes: leave out --min-rate-hz, or --signal")
	case o.Units.DropCorrelated != 0:
		return errors.New("signals have no spikes that coincide: leave out --drop-correlated, or --signal; --without-units leaves channels out")
	}
	return nil
}

// openChannels puts channels of signals in the place of the recording's units, observed
// while their streams have samples: then windows, held-out units and reports are made of
// them as of units.
func (m *maker) openChannels() error {
	m.o.Signals = m.o.Signals.Resolved(m.o.BinMs)
	var streams []*dataset.Stream
	for _, name := range m.o.Signals.Streams {
		stream := m.r.Stream(name)
		if stream == nil {
			return fmt.Errorf("there is no signal %s: %s (--signal)%s", name, streamsThere(m.r), channelsMeant(m.r, name))
		}
		streams = append(streams, stream)
	}
	var err error
	if m.channels, err = signal.Open(streams, m.o.Signals, m.o.BinMs); err != nil {
		return err
	}
	if m.o.Chop != nil { // windows lie in what was recorded; trials may miss some of it
		if err := m.channels.LeaveOutLost(); err != nil {
			return err
		}
	}
	of := *m.r
	of.Units = dataset.Units{IDs: m.channels.IDs, Observed: m.channels.Observed, Spikes: make(dataset.SpikeTrains, len(m.channels.IDs))}
	m.r = &of
	return nil
}

// channelsMeant says how some channels of a signal are named, where they stand in
// brackets behind it.
func channelsMeant(r *dataset.Recording, name string) string {
	before, _, _ := strings.Cut(name, "[")
	if before == name || r.Stream(before) == nil {
		return ""
	}
	return fmt.Sprintf("; some channels of it are chosen by --only-units '%s 0,%s 1'", before, before)
}

// sample fills the windows with signals instead of counts.
func (m *maker) sample() error {
	places := m.inTime()
	w := signal.Windows{Grid: m.Grid, Starts: at(m.starts, places), Places: places, Told: m.o.Progress, Block: m.o.block}
	filled, err := m.channels.Fill(w, m.r.Units.IDs)
	if err != nil {
		return err
	}
	for i, v := range filled.Values {
		m.counts.Data[i] = float32(v)
	}
	for i, id := range m.r.Units.IDs {
		m.units = append(m.units, UnitReport{ID: id, Signal: &filled.Channels[i]})
	}
	m.signals = filled.Report
	m.countObserved()
	m.noteUnits()
	m.noteChannels()
	return nil
}

// countObserved notes in which windows anything was observed that the model reads, and how
// much of each channel.
func (m *maker) countObserved() {
	for w := range m.starts {
		for bin := range m.Bins {
			for channel, v := range m.counts.Bin(w, bin) {
				if !dataset.IsMissing(v) {
					m.units[channel].Bins++
					m.any[w] = m.any[w] || bin < m.read()
				}
			}
		}
	}
}

// scaleOf is what numbers of channels stand for; nil of what are no signals.
func (m *maker) scaleOf() *dataset.Scale {
	if m.signals == nil {
		return nil
	}
	s := &dataset.Scale{Unit: m.signals.Unit}
	shifted := false
	var offset []float64
	for _, u := range m.units {
		s.Factor, offset = append(s.Factor, u.Signal.Factor), append(offset, u.Signal.Offset)
		shifted = shifted || u.Signal.Offset != 0
	}
	if shifted {
		s.Offset = offset
	}
	return s
}
