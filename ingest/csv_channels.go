package ingest

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// isBlank reports whether a row has nothing in any field, as spreadsheet programs
// leave them below a table.
func isBlank(fields [][]byte) bool {
	return !slices.ContainsFunc(fields, func(f []byte) bool { return len(f) > 0 })
}

// withoutChannels leaves ids as their units' alone where no two channels have a
// unit of the same; else they stay CHANNEL/UNIT.
func (s *spikeTable) withoutChannels() {
	if s.channel < 0 {
		return
	}
	seen := map[string]bool{}
	for _, unit := range s.units {
		if seen[unit] {
			s.notes = append(s.notes, "units are counted in each channel: an id is CHANNEL/UNIT")
			return
		}
		seen[unit] = true
	}
	s.ids = s.units
}

// inTrial widens what a trial's spikes reach over.
func (s *spikeTable) inTrial(trial []byte, t float64) {
	span := s.trials[string(trial)]
	if span == nil && len(s.trials) == maxUnits { // it is no trial, whatever its name
		s.trial = -1
		return
	}
	if span == nil {
		span = &dataset.Interval{Start: math.Inf(1), Stop: math.Inf(-1)}
		s.trials[string(trial)] = span
	}
	span.Start, span.Stop = min(span.Start, t), max(span.Stop, t)
}

// fromTrials refuses times that count from each trial's start: those of most trials
// lie within those of another.
func (s *spikeTable) fromTrials() error {
	if s.trial < 0 {
		return nil
	}
	spans := make([]*dataset.Interval, 0, len(s.trials))
	for _, span := range s.trials {
		spans = append(spans, span)
	}
	slices.SortFunc(spans, func(a, b *dataset.Interval) int { return cmp.Compare(a.Start, b.Start) })
	within := 0
	for i := 1; i < len(spans); i++ {
		middle := (spans[i].Start + spans[i].Stop) / 2
		within += count(middle <= spans[i-1].Stop)
	}
	if len(spans) > 1 && 2*within >= len(spans)-1 {
		return errors.New("its times count from each trial's start, for those of its trials overlap: add to each the time at which its trial starts, and save that as the column time")
	}
	return nil
}
