package ingest

import (
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// Description is what there is to say about a recording, by name.
type Description struct {
	Name       string              `json:"name"`
	Format     string              `json:"format"` // name of the source
	Title      string              `json:"title"`  // what a sentence calls the format
	Attributes []dataset.Attribute `json:"attributes"`
	Units      UnitsFacts          `json:"units"`
	Intervals  []TableFacts        `json:"intervals"`
	Trials     string              `json:"trials"` // the table of intervals that are the trials; "": none is, or the user must say which
	Events     []TableFacts        `json:"events"`
	Streams    []StreamFacts       `json:"streams"`
	Notes      []string            `json:"notes"`    // what was assumed or left out
	Oddities   []string            `json:"oddities"` // what is odd
	Next       string              `json:"next"`     // a command to try
}

// UnitsFacts are facts of the units. Times are in seconds, rates in Hz; null: not
// known.
type UnitsFacts struct {
	Units      int           `json:"units"`
	Spikes     int           `json:"spikes"`
	Start      *float64      `json:"start_s"` // the first spike
	Stop       *float64      `json:"stop_s"`  // the last
	LeastRate  *float64      `json:"least_rate_hz"`
	MedianRate *float64      `json:"median_rate_hz"`
	MostRate   *float64      `json:"most_rate_hz"`
	Observed   bool          `json:"observed"` // the file says when each was observed
	Columns    []ColumnFacts `json:"columns"`
	Each       []UnitFacts   `json:"each"`
}

// UnitFacts are facts of one unit.
type UnitFacts struct {
	UnitSurvey
	RateHz *float64 `json:"rate_hz"`
	Start  *float64 `json:"start_s"`
	Stop   *float64 `json:"stop_s"`
}

// TableFacts are facts of a table. Lengths are in seconds; null: it has none.
type TableFacts struct {
	Name    string        `json:"name"`
	About   string        `json:"about,omitempty"`
	Rows    int           `json:"rows"`
	Least   *float64      `json:"least_length_s,omitempty"`
	Median  *float64      `json:"median_length_s,omitempty"`
	Most    *float64      `json:"most_length_s,omitempty"`
	Columns []ColumnFacts `json:"columns"`
}

// ColumnFacts are facts of a column.
type ColumnFacts struct {
	Name     string   `json:"name"`
	About    string   `json:"about,omitempty"`
	Kind     string   `json:"kind"`
	Unknown  int      `json:"unknown"`  // rows without a value
	Distinct int      `json:"distinct"` // different values
	Examples []string `json:"examples"` // the first different values
}

// StreamFacts are facts of a stream.
type StreamFacts struct {
	Name     string   `json:"name"`
	About    string   `json:"about,omitempty"`
	Samples  int      `json:"samples"`
	Features int      `json:"features"`
	Names    []string `json:"feature_names,omitempty"` // of the features, if the file gives them
	Unit     string   `json:"unit"`
	Even     bool     `json:"even"`    // sampled at a fixed rate; else each sample has its time
	RateHz   *float64 `json:"rate_hz"` // the fixed rate, or what most samples are apart
	Start    *float64 `json:"start_s"`
	Stop     *float64 `json:"stop_s"` // of the last sample
}

// Describe tells what a recording holds, after a survey of it.
func Describe(r *dataset.Recording, s *Survey) (*Description, error) {
	d := &Description{
		Name: r.Name, Format: r.Format, Attributes: nonNil(r.Attributes), Notes: nonNil(r.Notes),
		Oddities: s.Oddities, Units: s.facts(&r.Units), Intervals: tables(r.Intervals), Events: tables(r.Events),
		Streams: []StreamFacts{},
	}
	if source, err := Get(r.Format); err == nil {
		d.Title = source.Title()
	}
	if t := r.Trials(); t != nil {
		d.Trials = t.Name
	}
	for _, stream := range r.Streams {
		f, err := streamFacts(stream)
		if err != nil {
			return nil, err
		}
		d.Streams = append(d.Streams, f)
	}
	return d, nil
}

func (s *Survey) facts(u *dataset.Units) UnitsFacts {
	f := UnitsFacts{
		Units: u.Len(), Spikes: s.Spikes, Observed: u.Observed != nil, Columns: columns(&u.Columns), Each: []UnitFacts{},
		Start: known(s.Span.Start), Stop: known(s.Span.Stop),
	}
	var rates []float64
	for _, unit := range s.Units {
		if !math.IsNaN(unit.RateHz) {
			rates = append(rates, unit.RateHz)
		}
		f.Each = append(f.Each, UnitFacts{unit, known(unit.RateHz), known(unit.Span.Start), known(unit.Span.Stop)})
	}
	if len(rates) > 0 {
		slices.Sort(rates)
		f.LeastRate, f.MedianRate, f.MostRate = &rates[0], &rates[len(rates)/2], &rates[len(rates)-1]
	}
	return f
}

func tables(all []*dataset.Table) []TableFacts {
	facts := []TableFacts{}
	for _, t := range all {
		f := TableFacts{Name: t.Name, About: t.About, Rows: t.Rows, Columns: columns(t)}
		if l := lengthsOf(t.Intervals()); l.known > 0 {
			f.Least, f.Median, f.Most = &l.least, &l.median, &l.most
		}
		facts = append(facts, f)
	}
	return facts
}

func columns(t *dataset.Table) []ColumnFacts {
	facts := []ColumnFacts{}
	for _, c := range t.Columns {
		facts = append(facts, columnFacts(c))
	}
	return facts
}

// mostExamples is how many values of a column are shown.
const mostExamples = 4

func columnFacts(c *dataset.Column) ColumnFacts {
	f := ColumnFacts{Name: c.Name, About: c.About, Kind: c.Kind(), Examples: []string{}}
	seen := map[string]bool{}
	for i := range c.Len() {
		if c.Words != nil && c.Words[i] == "" || c.Numbers != nil && math.IsNaN(c.Numbers[i]) {
			f.Unknown++
			continue
		}
		text := c.Text(i)
		if seen[text] {
			continue
		}
		seen[text] = true
		if len(f.Examples) < mostExamples {
			f.Examples = append(f.Examples, text)
		}
	}
	f.Distinct = len(seen)
	return f
}

func streamFacts(s *dataset.Stream) (StreamFacts, error) {
	f := StreamFacts{
		Name: s.Name, About: s.About, Samples: s.Len(), Features: s.Features, Names: s.Names, Unit: s.Unit, Even: s.Clock == nil,
	}
	span, err := s.Span()
	if err != nil {
		return f, err
	}
	f.Start, f.Stop = known(span.Start), known(span.Stop)
	switch {
	case f.Even:
		f.RateHz = known(s.Rate)
	case s.Len() > 1:
		apart, err := step(s)
		if err != nil {
			return f, err
		}
		f.RateHz = known(1 / apart) // of no step, infinite: not known
	}
	return f, nil
}

// known returns a number that JSON can hold, or nil.
func known(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// nonNil returns an empty list for none, which JSON shows as such.
func nonNil[T any](v []T) []T {
	if v == nil {
		return []T{}
	}
	return v
}
