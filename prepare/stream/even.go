package stream

import (
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
)

// even is a stream with its samples evenly spaced.
type even struct {
	dataset.Series         // samples x width
	width          int     // values a sample
	start, rate    float64 // of the first sample, s; samples per second
	notes          []string
	grid           *onGrid // that brought them there
}

// through has the samples lie at a time, in s, if it is free where they lie.
func (e *even) through(time float64) {
	if e.grid != nil {
		e.grid.through(time)
		e.start = e.grid.start
	}
}

// evenAsWritten is how far, in steps, a time stamp may lie off evenly spaced ones to be
// taken for one of them: more than the rounding of seconds since 1970.
const evenAsWritten = .01

// evenly returns a stream with its samples evenly spaced, for bins of some seconds.
// Time stamps that are not even are brought on a grid: of their usual step, or, if
// samples are held, of bins.
func evenly(s *dataset.Stream, bin float64, hold bool) (*even, error) {
	e := &even{Series: newBlocks(s.Data, s.Features), width: s.Features, start: s.Start, rate: s.Rate}
	if s.Len() == 0 {
		return nil, fmt.Errorf("stream %s has no samples", s.Name)
	}
	if s.Clock == nil {
		if !(s.Rate > 0) || math.IsInf(s.Rate, 0) || s.Start-s.Start != 0 {
			return nil, fmt.Errorf("stream %s has a rate of %g Hz from %g s on: both must be numbers, the rate above 0; correct the file", s.Name, s.Rate, s.Start)
		}
		return e, nil
	}
	c, err := readClock(s)
	if err != nil {
		return nil, fmt.Errorf("stream %s: %w", s.Name, err)
	}
	e.start, e.rate = c.first, c.rate()
	if c.even {
		return e, nil
	}
	e.bring(s.Name, c, bin, hold)
	if c.leftOut > 0 {
		e.notes = append(e.notes, fmt.Sprintf("%s: %d of %d samples are left out, whose time stamps are not behind those in front of them", s.Name, c.leftOut, s.Len()))
	}
	return e, nil
}

// bring brings samples of uneven time stamps on a grid.
func (e *even) bring(name string, c *clock, bin float64, hold bool) {
	e.grid = &onGrid{clock: c, data: e.Series.(*blocks), longest: math.Max(mostSteps*c.step, bin), hold: hold, start: c.first, step: c.step}
	e.Series = e.grid
	how := fmt.Sprintf("its samples are brought on a grid of %.6g ms by straight lines, none", 1000*c.step)
	if hold {
		e.grid.step, e.rate = bin, 1/bin
		how = "its samples are held, none"
	}
	e.notes = append(e.notes, fmt.Sprintf("%s: its time stamps are not even: %s across more than %.4g ms", name, how, 1000*e.grid.longest))
}

// derivative is how fast a stream changes, per second: half the difference of the
// samples on both sides, or that to the one side where the other is not known.
type derivative struct {
	of    dataset.Series
	width int
	rate  float64
}

// Len implements dataset.Series.
func (d *derivative) Len() int { return d.of.Len() }

// Read implements dataset.Series.
func (d *derivative) Read(from, to int) ([]float64, error) {
	first, end := max(0, from-1), min(to+1, d.Len())
	x, err := d.of.Read(first, end)
	if err != nil {
		return nil, err
	}
	out := make([]float64, (to-from)*d.width)
	for i := range out {
		at := i + (from-first)*d.width
		before, behind := math.NaN(), math.NaN()
		if at >= d.width {
			before = x[at] - x[at-d.width]
		}
		if at+d.width < len(x) {
			behind = x[at+d.width] - x[at]
		}
		out[i] = d.rate * slope(before, behind)
	}
	return out, nil
}

// slope is the mean of two differences, or the one that is known.
func slope(a, b float64) float64 {
	switch {
	case a-a != 0:
		return b
	case b-b != 0:
		return a
	}
	return (a + b) / 2
}
