package prepare

import (
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// channelSet is the channels of signals.
type channelSet struct {
	signals []*signal
	ids     []string // of all channels, signal after signal
}

// channelsOf returns a recording whose units are the channels of signals, observed
// while their streams have samples: then windows, held-out units and reports are made of
// them as of units.
func channelsOf(r *dataset.Recording, o *Options) (*dataset.Recording, *channelSet, error) {
	o.Signals = o.Signals.resolved(o.BinMs)
	signals, err := openSignals(r, o.Signals, o.BinMs)
	if err != nil {
		return nil, nil, err
	}
	of := *r
	of.Units = dataset.Units{}
	u := &of.Units
	for _, s := range signals {
		spans := s.ruler.spans()
		for _, id := range s.ids(len(signals) > 1) {
			if slices.Contains(u.IDs, id) {
				id = fmt.Sprintf("%s (%s)", id, s.Name)
			}
			u.IDs, u.Observed = append(u.IDs, id), append(u.Observed, spans)
		}
	}
	u.Spikes = make(dataset.SpikeTrains, len(u.IDs))
	return &of, &channelSet{signals, u.IDs}, nil
}

// ids names the channels of a stream; with its name where there are several streams.
func (s *signal) ids(several bool) []string {
	if s.Features == 1 {
		return []string{s.Name}
	}
	ids := make([]string, s.Features)
	for i := range ids {
		ids[i] = fmt.Sprintf("%s %d", s.Name, i)
		if i < len(s.Names) && s.Names[i] != "" {
			if ids[i] = s.Names[i]; several {
				ids[i] = s.Name + " " + s.Names[i]
			}
		}
	}
	return ids
}

// sample fills the windows with signals instead of counts.
func (m *maker) sample() error {
	places, ids := m.inTime(), m.r.Units.IDs
	s := &binner{
		maker: m, places: places, sorted: at(m.starts, places), options: m.o.Signals, signals: m.channels.signals,
		channels: len(ids), told: m.o.Progress, block: m.o.block,
	}
	for _, id := range ids {
		m.units = append(m.units, UnitReport{ID: id, Signal: &ChannelReport{}})
	}
	channel := 0
	for _, sig := range s.signals {
		sig.places = make([]int, sig.Features)
		for i := range sig.places {
			sig.places[i] = slices.Index(ids, m.channels.ids[channel])
			channel++
		}
	}
	s.values = make([]float64, len(m.counts.Data))
	if err := s.fill(); err != nil {
		return err
	}
	if s.options.Envelope != envelopeNone {
		s.raise()
	}
	s.scale()
	for i, v := range s.values {
		m.counts.Data[i] = float32(v)
	}
	s.observed()
	m.signals = s.report()
	return nil
}

// observed notes in which windows anything was observed that the model reads, and how
// much of each channel.
func (s *binner) observed() {
	for w := range s.starts {
		for bin := range s.Grid.Bins {
			for channel, v := range s.counts.Bin(w, bin) {
				if !dataset.IsMissing(v) {
					s.units[channel].Bins++
					s.any[w] = s.any[w] || bin < s.Grid.Bins-s.forward
				}
			}
		}
	}
}

// each calls do for every number of a channel that was observed.
func (s *binner) each(channel int, do func(v *float64)) {
	for i := channel; i < len(s.values); i += s.channels {
		if v := &s.values[i]; !math.IsNaN(*v) {
			do(v)
		}
	}
}
