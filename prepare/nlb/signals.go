package nlb

import (
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// samplesRead at a time.
const samplesRead = 1 << 16

// findSignals keeps the streams whose samples all lie on the clock, and marks the bins
// in which a signal or the units of a group are missing.
func (s *session) findSignals() error {
	s.lacks = make([]uint8, s.rows)
	for g := range s.units {
		if len(s.units[g]) > 0 {
			s.signals = append(s.signals, "units "+groupNames[g])
			s.lacking(s.unitsIn(g))
		}
	}
	var names []string
	for _, p := range s.parts {
		for _, stream := range p.Streams {
			fits, err := p.onClock(stream)
			if err != nil {
				return fmt.Errorf("%s: %s: %w", p.Name, stream.Name, err)
			}
			if !fits {
				s.note("%s: %s is left out: some of its samples lie off the clock of whole ms from 0 up to %g s", p.Name, stream.Name, float64(p.ms)/1000)
				continue
			}
			p.streams[stream.Name] = stream
			names = append(names, stream.Name)
		}
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		there, err := s.samplesIn(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		s.signals = append(s.signals, name)
		s.lacking(there)
	}
	return nil
}

// lacking marks the bins that the last signal is not in.
func (s *session) lacking(there []bool) {
	which := uint8(min(len(s.signals), math.MaxUint8))
	for row, t := range there {
		if !t && s.lacks[row] == 0 {
			s.lacks[row] = which
		}
	}
}

// unitsIn marks the bins in whose first ms a group of units was observed.
func (s *session) unitsIn(group int) []bool {
	there := make([]bool, s.rows)
	for _, p := range s.parts {
		if p.observed[group] == nil || slices.Contains(p.units[group], -1) {
			continue
		}
		for ms := 0; ms < p.ms; ms += s.factor {
			there[(p.from+ms)/s.factor] = p.observed[group][ms]
		}
	}
	return there
}

// onClock reports whether all samples of a stream lie on the part's clock.
func (p *part) onClock(stream *dataset.Stream) (bool, error) {
	for from := 0; from < stream.Len(); from += samplesRead {
		times, err := stream.Times(from, min(from+samplesRead, stream.Len()))
		if err != nil {
			return false, err
		}
		for _, t := range times {
			if ms, ok := millisecond(t); !ok || ms < 0 || ms >= p.ms {
				return false, nil
			}
		}
	}
	return true, nil
}

// samplesIn marks the bins whose first ms has a sample of a signal, all of whose
// values are known.
func (s *session) samplesIn(name string) ([]bool, error) {
	there := make([]bool, s.rows)
	err := s.each(name, func(ms int, values []float64) {
		if ms%s.factor == 0 {
			there[ms/s.factor] = !slices.ContainsFunc(values, math.IsNaN)
		}
	})
	return there, err
}

// each visits the samples of a signal in all parts: where on the session's clock they
// are, and their values as they stand in the file.
func (s *session) each(name string, visit func(ms int, values []float64)) error {
	for _, p := range s.parts {
		stream := p.streams[name]
		if stream == nil {
			continue
		}
		for from := 0; from < stream.Len(); from += samplesRead {
			to := min(from+samplesRead, stream.Len())
			times, err := stream.Times(from, to)
			if err != nil {
				return err
			}
			values, err := stored(stream.Data, from, to)
			if err != nil {
				return err
			}
			for i, t := range times {
				ms, _ := millisecond(t)
				visit(p.from+ms, values[i*stream.Features:][:stream.Features])
			}
		}
	}
	return nil
}

// stored reads samples without the file's conversion, which nlb_tools leave out.
func stored(data dataset.Series, from, to int) ([]float64, error) {
	if d, ok := data.(dataset.Stored); ok {
		return d.Stored(from, to)
	}
	return data.Read(from, to)
}
