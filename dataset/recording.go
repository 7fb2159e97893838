package dataset

import (
	"io"
	"math"
	"slices"
)

// Recording is a session that is not yet binned: spike times of its units, its
// trials and events, and the signals recorded beside them, all in seconds on one
// clock. Package ingest opens what laboratories have as one.
//
// Tables are in memory; spike times and signals are read when asked for, so that
// a recording of many gigabytes opens at once. It is used until Close.
type Recording struct {
	Name       string
	Format     string // the name of the source that opened it, such as "nwb"
	Units      Units
	Intervals  []*Table    // tables with a start and a stop time a row; the trials first, if one is called so
	Events     []*Table    // tables with a time a row
	Streams    []*Stream   // behaviour, fields, whatever was sampled
	Attributes []Attribute // what the file says of the session, in its order
	Beside     []string    // files that lie beside the one opened and were read with it
	Notes      []string    // sentences: what was assumed, what was left out and why

	Closer io.Closer // what holds the file open; nil: nothing does
}

// Close closes the file. Spike times and signals cannot be read any more.
func (r *Recording) Close() error {
	if r.Closer == nil {
		return nil
	}
	return r.Closer.Close()
}

// Trials returns the table of trials: the one of that name, else the only table
// of intervals, else nil.
func (r *Recording) Trials() *Table {
	for _, t := range r.Intervals {
		if t.Name == TrialsTable {
			return t
		}
	}
	if len(r.Intervals) == 1 {
		return r.Intervals[0]
	}
	return nil
}

// Stream returns the stream of a name; nil if there is none.
func (r *Recording) Stream(name string) *Stream {
	for _, s := range r.Streams {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// Attribute is one thing that a file says of its session.
type Attribute struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Units are the neurons, or what a spike sorter takes for one each.
type Units struct {
	IDs      []string     // as the file calls them, each once
	Spikes   SpikeTimes   // of each, in seconds
	Observed [][]Interval // when each was observed; nil: the file does not say
	Columns  Table        // what else the file says of each: a row a unit
}

// Len returns the number of units.
func (u *Units) Len() int { return len(u.IDs) }

// Total returns the number of spikes of all units.
func (u *Units) Total() (n int) {
	for i := range u.IDs {
		n += u.Spikes.Count(i)
	}
	return n
}

// Interval is a stretch of time, in seconds.
type Interval struct{ Start, Stop float64 }

// SpikeTimes are the spikes of units, read one unit at a time. The methods may be
// called by several goroutines.
type SpikeTimes interface {
	// Count returns how many spikes a unit has, without reading them.
	Count(unit int) int
	// Times returns a unit's spikes in seconds, in the file's order, which need
	// not ascend. The caller may change what it is given.
	Times(unit int) ([]float64, error)
}

// SpikeTrains are spike times in memory: those of each unit, in seconds.
type SpikeTrains [][]float64

// Count implements SpikeTimes.
func (s SpikeTrains) Count(unit int) int { return len(s[unit]) }

// Times implements SpikeTimes.
func (s SpikeTrains) Times(unit int) ([]float64, error) { return slices.Clone(s[unit]), nil }

// Span returns the first and the last moment of finite times; NaN if there are
// none.
func Span(times []float64) Interval {
	s := Interval{math.NaN(), math.NaN()}
	for _, t := range times {
		if math.IsNaN(t) || math.IsInf(t, 0) {
			continue
		}
		if !(t >= s.Start) {
			s.Start = t
		}
		if !(t <= s.Stop) {
			s.Stop = t
		}
	}
	return s
}
