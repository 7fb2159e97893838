package nlb

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/dsp"
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

// features says how many values a sample of a signal has, and in which order
// nlb_tools have them: that of their names, if comments tell them.
func (s *session) features(name string) (order []int, err error) {
	for _, p := range s.parts {
		stream := p.streams[name]
		switch {
		case stream == nil:
		case order == nil:
			order = orderOf(stream)
		case len(order) != stream.Features:
			return nil, fmt.Errorf("%s has %d values a sample in %s, and %d in another file", name, stream.Features, p.Name, len(order))
		}
	}
	return order, nil
}

// orderOf returns the places of a stream's values in order of the names that comments
// such as "columns=[x,y]" give them.
func orderOf(stream *dataset.Stream) []int {
	order := make([]int, stream.Features)
	for i := range order {
		order[i] = i
	}
	if !strings.Contains(stream.Comments, "columns=") {
		return order
	}
	inside := stream.Comments[strings.LastIndex(stream.Comments, "[")+1:]
	inside, _, _ = strings.Cut(inside, "]")
	if names := strings.Split(inside, ","); len(names) == len(order) {
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(names[a], names[b]) })
	}
	return order
}

// decimated returns a signal's features, a value for each bin of the clock: filled
// where samples are missing, filtered, decimated, and not known again where they were
// missing.
func (s *session) decimated(name string) ([][]float64, error) {
	order, err := s.features(name)
	if err != nil {
		return nil, err
	}
	if order == nil {
		return nil, fmt.Errorf("%s has samples off the clock of whole ms from 0 up to where units were last observed (obs_intervals): nlb_tools leave it out, and so no behaviour is left", name)
	}
	columns := make([][]float64, len(order))
	for i := range columns {
		columns[i] = slices.Repeat([]float64{math.NaN()}, s.ms)
	}
	err = s.each(name, func(ms int, values []float64) {
		for to, from := range order {
			columns[to][ms] = values[from]
		}
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	taps := dsp.LowPass(s.factor)
	for i, column := range columns {
		columns[i] = s.decimate(column, taps)
	}
	return columns, nil
}

// decimate makes a value for each bin of one for each ms.
func (s *session) decimate(column, taps []float64) []float64 {
	var missing []int
	for row := range s.rows {
		if math.IsNaN(column[row*s.factor]) {
			missing = append(missing, row)
		}
	}
	interpolate(column)
	out := dsp.Decimate(column, s.factor, taps)
	for _, row := range missing {
		out[row] = math.NaN()
	}
	return out
}

// interpolate fills what is NaN on straight lines between its neighbours, and before
// the first and behind the last number with these.
func interpolate(x []float64) {
	last := -1 // known
	for i, v := range x {
		if math.IsNaN(v) {
			continue
		}
		for k := last + 1; k < i; k++ {
			if x[k] = v; last >= 0 {
				slope := (v - x[last]) / float64(i-last)
				x[k] = float64(slope*float64(k-last)) + x[last]
			}
		}
		last = i
	}
	for k := last + 1; last >= 0 && k < len(x); k++ {
		x[k] = x[last]
	}
}
