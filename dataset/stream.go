package dataset

import (
	"fmt"
	"math"
	"slices"
)

// Stream is a signal sampled beside the spikes: hand velocity, muscle activity,
// a field potential. Its samples are read a range at a time.
type Stream struct {
	Name     string
	About    string   // the file's own description; "": none
	Comments string   // what the file says besides, as it stands there; "": nothing
	Unit     string   // of the values; "": not known
	Features int      // values a sample
	Names    []string // of the features; nil: they have none

	Data  Series  // samples x Features, in Unit
	Start float64 // s; of the first sample, if Rate is not 0
	Rate  float64 // samples per second; 0: Clock tells the times
	Clock Series  // a time in seconds a sample; nil: samples are evenly spaced
}

// Series is numbers in a file, read a range of rows at a time. The methods may be
// called by several goroutines.
type Series interface {
	// Len returns the number of rows.
	Len() int
	// Read returns rows from up to, but not with, to, row after row. The caller may
	// change what it is given.
	Read(from, to int) ([]float64, error)
}

// Stored is a Series whose numbers are not in the file as Read returns them: a
// conversion, and perhaps an offset, make the stream's unit of them.
type Stored interface {
	Series
	// Stored returns what Read does, as it stands in the file.
	Stored(from, to int) ([]float64, error)
	// Type is that of the numbers in the file, in NumPy's words: float32, int16.
	Type() string
}

// Values is a Series in memory.
type Values struct {
	Data  []float64
	Width int // values a row
}

// Len implements Series.
func (v Values) Len() int { return len(v.Data) / v.Width }

// Read implements Series.
func (v Values) Read(from, to int) ([]float64, error) {
	if from < 0 || to < from || to > v.Len() {
		return nil, fmt.Errorf("rows %d to %d of %d", from, to, v.Len())
	}
	return slices.Clone(v.Data[from*v.Width : to*v.Width]), nil
}

// Len returns the number of samples.
func (s *Stream) Len() int { return s.Data.Len() }

// Times returns the moments of samples from up to, but not with, to, in seconds.
func (s *Stream) Times(from, to int) ([]float64, error) {
	if s.Clock != nil {
		return s.Clock.Read(from, to)
	}
	if from < 0 || to < from || to > s.Len() {
		return nil, fmt.Errorf("samples %d to %d of %d", from, to, s.Len())
	}
	times := make([]float64, to-from)
	for i := range times {
		times[i] = s.Start + float64(from+i)/s.Rate
	}
	return times, nil
}

// Span returns the moments of the first and the last sample; NaN if there are
// none. Moments that the file gives one by one are taken to ascend.
func (s *Stream) Span() (Interval, error) {
	n := s.Len()
	if n == 0 {
		return Interval{math.NaN(), math.NaN()}, nil
	}
	first, err := s.Times(0, 1)
	if err != nil {
		return Interval{}, err
	}
	last, err := s.Times(n-1, n)
	if err != nil {
		return Interval{}, err
	}
	return Interval{first[0], last[0]}, nil
}
