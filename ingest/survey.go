package ingest

import (
	"fmt"
	"hash/maphash"
	"math"

	"github.com/autolfads/autolfads/dataset"
)

// Survey is what one pass over a recording tells.
type Survey struct {
	Units    []UnitSurvey     `json:"units"`
	Spikes   int              `json:"spikes"` // of all units
	Span     dataset.Interval `json:"-"`      // from the first spike to the last, s; NaN: there are none
	Oddities []string         `json:"oddities"`
}

// UnitSurvey is what one unit's spikes tell.
type UnitSurvey struct {
	ID          string           `json:"id"`
	Spikes      int              `json:"spikes"`
	RateHz      float64          `json:"-"` // over the time in which it was observed, or else from the recording's first spike to its last; NaN: not known
	Span        dataset.Interval `json:"-"` // s; NaN: no spikes
	Negative    int              `json:"negative"`
	OutOfOrder  int              `json:"out_of_order"` // spikes before the one in front of them
	NotFinite   int              `json:"not_finite"`
	Repeated    int              `json:"repeated"`               // spikes at the very time of the one in front of them
	DuplicateOf string           `json:"duplicate_of,omitempty"` // the first unit that has the same spikes

	hash uint64
}

// maxSpikes are those that one unit can have: 600,000 s, a week, at 28 Hz. They
// take 128 MiB, what a survey holds at a time.
const maxSpikes = 1 << 24

// Take surveys a recording: it reads every spike, one unit at a time, and the
// ends of every stream. Told, if not nil, hears how many spikes of how many are
// read.
func Take(r *dataset.Recording, told func(read, of int64)) (*Survey, error) {
	s := &Survey{Spikes: r.Units.Total(), Span: dataset.Span(nil), Oddities: []string{}}
	seed := maphash.MakeSeed()
	read := int64(0)
	for i, id := range r.Units.IDs {
		if n := r.Units.Spikes.Count(i); n > maxSpikes {
			return nil, fmt.Errorf("unit %s has %d spikes, more than a neuron has in a week: is it a signal, or is the file damaged?", id, n)
		}
		times, err := r.Units.Spikes.Times(i)
		if err != nil {
			return nil, err
		}
		u := surveyUnit(times, seed)
		u.ID = r.Units.IDs[i]
		s.Units = append(s.Units, u)
		s.Span = wider(s.Span, u.Span)
		if read += int64(len(times)); told != nil {
			told(read, int64(s.Spikes))
		}
	}
	s.rates(&r.Units)
	s.duplicates()
	return s, s.find(r)
}

func surveyUnit(times []float64, seed maphash.Seed) UnitSurvey {
	u := UnitSurvey{Spikes: len(times), Span: dataset.Span(times)}
	var h maphash.Hash
	h.SetSeed(seed)
	for i, t := range times {
		maphash.WriteComparable(&h, t)
		switch {
		case math.IsNaN(t) || math.IsInf(t, 0):
			u.NotFinite++
		case t < 0:
			u.Negative++
		}
		if i > 0 && t < times[i-1] {
			u.OutOfOrder++
		}
		if i > 0 && t == times[i-1] {
			u.Repeated++
		}
	}
	u.hash = h.Sum64()
	return u
}

// wider is the stretch that covers both.
func wider(a, b dataset.Interval) dataset.Interval {
	return dataset.Span([]float64{a.Start, a.Stop, b.Start, b.Stop})
}

func (s *Survey) rates(u *dataset.Units) {
	for i := range s.Units {
		duration := s.Span.Stop - s.Span.Start
		if u.Observed != nil {
			duration = 0
			for _, o := range u.Observed[i] {
				duration += o.Stop - o.Start
			}
		}
		s.Units[i].RateHz = math.NaN()
		if duration > 0 {
			s.Units[i].RateHz = float64(s.Units[i].Spikes) / duration
		}
	}
}

// duplicates finds units that have the same spikes: a channel that was stored
// twice.
func (s *Survey) duplicates() {
	type train struct {
		hash   uint64
		spikes int
	}
	first := map[train]string{}
	for i := range s.Units {
		u := &s.Units[i]
		key := train{u.hash, u.Spikes}
		if id, known := first[key]; known && u.Spikes > 0 {
			u.DuplicateOf = id
		} else {
			first[key] = u.ID
		}
	}
}
