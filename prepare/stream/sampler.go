package stream

import (
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/dsp"
	"github.com/autolfads/autolfads/prepare/grid"
)

// Wanted says what of a stream is wanted.
type Wanted struct {
	Features []int
	Change   bool    // how fast they change, per second
	Hold     bool    // the last sample at or before a moment
	LagMs    float64 // how much later
}

// Sampler says what a stream is in the bins of windows: what it is at a bin's first
// moment, by the rules of dsp.Resampler.
type Sampler struct {
	wanted Wanted
	grid   grid.Grid
	stream *even
	r      *dsp.Resampler
	factor float64     // samples a bin
	lag    float64     // ns
	x      [][]float64 // samples of each feature
	out    []float64   // a value of each
}

// New returns a sampler of a stream for windows of some bins. It reads the stream's clock.
func New(s *dataset.Stream, w Wanted, g grid.Grid) (*Sampler, error) {
	e, err := evenly(s, float64(g.Width)/grid.NsPerS, w.Hold)
	if err != nil {
		return nil, err
	}
	if w.Change {
		e.Series = &derivative{of: e.Series, width: e.width, rate: e.rate}
	}
	m := &Sampler{
		wanted: w, grid: g, stream: e,
		factor: e.rate * float64(g.Width) / grid.NsPerS, lag: float64(grid.Nanoseconds(w.LagMs)),
		x: make([][]float64, len(w.Features)), out: make([]float64, len(w.Features)),
	}
	if m.r = dsp.NewResampler(m.factor); w.Hold {
		m.r = dsp.NewHolder()
	}
	if m.factor < slow {
		e.notes = append(e.notes, fmt.Sprintf("%s has a sample every %.4g s, a bin is %.4g s long: is its clock in seconds?", s.Name, 1/e.rate, g.BinWidth().Seconds()))
	}
	return m, nil
}

// slow is how many samples a bin are so few that a clock may have another unit.
const slow = .02

// RateHz is how many samples a second the stream has, usually.
func (m *Sampler) RateHz() float64 {
	if m.stream.grid != nil {
		return m.stream.grid.clock.rate()
	}
	return m.stream.rate
}

// Notes say what should be known of the stream's clock.
func (m *Sampler) Notes() []string { return m.stream.notes }

// Method says how a bin's value is made.
func (m *Sampler) Method() string {
	taps, filters := m.r.Filters()
	switch {
	case m.wanted.Hold:
		return "the last sample at or before the bin's first moment"
	case filters:
		return fmt.Sprintf("low-passed below %.4g Hz (%d taps, no delay), at the bin's first moment", m.stream.rate/m.factor/2, taps)
	case m.r.Lines() || m.stream.grid != nil:
		return "on a straight line between samples, at the bin's first moment"
	}
	return "the sample in the bin"
}

// Window tells what each feature is in each bin of the window that starts at start, in
// s; NaN where it is not known. Few samples are in memory at a time.
func (m *Sampler) Window(start float64, put func(bin, feature int, v float64)) error {
	m.stream.through(start + m.lag/grid.NsPerS)
	bins := max(1, int(math.Min(float64(m.grid.Bins), blockValues/(m.factor*float64(m.stream.width)))))
	for from := 0; from < m.grid.Bins; from += bins {
		if err := m.piece(start, from, min(from+bins, m.grid.Bins), put); err != nil {
			return err
		}
	}
	return nil
}

// piece tells what is in some bins.
func (m *Sampler) piece(start float64, from, to int, put func(bin, feature int, v float64)) error {
	n := float64(m.stream.Len())
	first := int(min(max(m.place(start, from)-float64(m.r.Reach()), 0), n))
	end := int(min(max(m.place(start, to-1)+float64(m.r.Reach()+2), 0), n))
	values, err := m.stream.Read(first, max(first, end))
	if err != nil {
		return err
	}
	m.r.Load(m.columns(values))
	for bin := from; bin < to; bin++ {
		m.r.At(m.place(start, bin)-float64(first), m.out)
		for k, v := range m.out {
			put(bin, k, v)
		}
	}
	return nil
}

// columns takes the features apart.
func (m *Sampler) columns(values []float64) [][]float64 {
	for k, feature := range m.wanted.Features {
		m.x[k] = m.x[k][:0]
		for i := feature; i < len(values); i += m.stream.width {
			m.x[k] = append(m.x[k], values[i])
		}
	}
	return m.x
}

// place returns where a bin's first moment lies among the samples. It is rounded to
// what times in s and 1e-6 samples tell apart, so that what is on a sample lies on it.
func (m *Sampler) place(start float64, bin int) float64 {
	ns := grid.Behind(start, m.stream.start) + m.lag + float64(int64(bin)*m.grid.Width)
	far := math.Max(math.Abs(start), math.Abs(m.stream.start))
	ulp := math.Nextafter(far, math.Inf(1)) - far
	unit := math.Exp2(math.Ceil(math.Log2(math.Max(1e-6, 8*ulp*m.stream.rate))))
	return math.Round(ns*m.stream.rate/grid.NsPerS/unit) * unit
}
