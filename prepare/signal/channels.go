package signal

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// Channels are those of some streams, side by side.
type Channels struct {
	IDs      []string             // what they are called
	Observed [][]dataset.Interval // while its stream has samples, of each

	options *Options
	signals []*signal
}

// Open plans what is done to streams for bins of a width. It reads their clocks. Options
// are resolved.
func Open(streams []*dataset.Stream, o *Options, binMs float64) (*Channels, error) {
	c := &Channels{options: o}
	for _, stream := range streams {
		s, err := open(stream, o, binMs)
		if err != nil {
			return nil, err
		}
		c.signals = append(c.signals, s)
		spans := s.ruler.spans()
		for _, id := range s.ids(len(streams) > 1) {
			if slices.Contains(c.IDs, id) {
				id = fmt.Sprintf("%s (%s)", id, s.Name)
			}
			c.IDs, c.Observed = append(c.IDs, id), append(c.Observed, spans)
		}
	}
	return c, nil
}

// Filled is what windows are filled with.
type Filled struct {
	Values   []float64       // windows x bins x channels; NaN: not observed
	Channels []ChannelReport // of each
	Report   *Report
}

// Fill fills windows with the channels of some ids, in their order.
func (c *Channels) Fill(w Windows, ids []string) (*Filled, error) {
	s := &binner{Windows: w, options: c.options, signals: c.signals, channels: make([]ChannelReport, len(ids)), width: len(ids)}
	at := 0
	for _, sig := range s.signals {
		sig.places = make([]int, sig.Features)
		for i := range sig.places {
			sig.places[i] = slices.Index(ids, c.IDs[at])
			at++
		}
	}
	s.values = make([]float64, len(w.Starts)*w.Bins*len(ids))
	if err := s.fill(); err != nil {
		return nil, err
	}
	if s.options.Envelope != EnvelopeNone {
		s.raise()
	}
	s.scale()
	return &Filled{s.values, s.channels, s.report()}, nil
}
