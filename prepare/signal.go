package prepare

import (
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// channelsOf returns a recording whose units are the channels of signals, observed
// while their streams have samples: then windows, held-out units and reports are made of
// them as of units.
func channelsOf(r *dataset.Recording, o *Options) (*dataset.Recording, []*signal, error) {
	o.Signals = o.Signals.resolved(o.BinMs)
	signals, err := openSignals(r, o.Signals, o.BinMs)
	if err != nil {
		return nil, nil, err
	}
	channels := *r
	channels.Units = dataset.Units{}
	u := &channels.Units
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
	return &channels, signals, nil
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

// sample fills the windows with signals instead of counts. All are the ids of all
// channels of the signals, of which r may have some alone.
func (c *counter) sample(r *dataset.Recording, signals []*signal, all []string, o *Options) error {
	s := &binner{counter: c, options: o.Signals, signals: signals, channels: r.Units.Len(), told: o.Progress, block: o.block}
	for _, id := range r.Units.IDs {
		c.spikes = append(c.spikes, UnitReport{ID: id, Signal: &ChannelReport{}})
	}
	at := 0
	for _, sig := range signals {
		sig.places = make([]int, sig.Features)
		for i := range sig.places {
			sig.places[i] = slices.Index(r.Units.IDs, all[at])
			at++
		}
	}
	s.values = make([]float64, len(c.counts.Data))
	if err := s.fill(); err != nil {
		return err
	}
	if s.options.Envelope != envelopeNone {
		s.raise()
	}
	s.scale()
	for i, v := range s.values {
		c.counts.Data[i] = float32(v)
	}
	s.observed()
	c.signals = s.report()
	return nil
}

// observed notes in which windows anything was observed that the model reads, and how
// much of each channel.
func (s *binner) observed() {
	for w := range s.starts {
		for bin := range s.Grid.Bins {
			for channel, v := range s.counts.Bin(w, bin) {
				if !dataset.IsMissing(v) {
					s.spikes[channel].Bins++
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
