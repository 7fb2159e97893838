package stream

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/autolfads/autolfads/dataset"
)

// clock is what the time stamps of a stream are like. Samples whose time stamps are not
// behind all before them, or are no numbers, are left out.
type clock struct {
	times   *blocks
	first   float64 // s
	last    float64
	step    float64 // s: of even stamps their distance, else what is usual
	even    bool
	leftOut int
	index   []stamp // one in so many rows
}

// stamp is a sample that is not left out.
type stamp struct {
	row  int
	time float64
}

const (
	indexEvery  = 4096 // rows
	stepsSeen   = 4096 // that tell what is usual
	mostSteps   = 4.5  // between samples that a straight line joins: three are lost, and a little
	mostLeftOut = .01  // of the samples; more is no clock
	wholeOff    = 1e-6 // of a rate that is a whole number but for rounding
)

// readClock reads all time stamps once, in blocks.
func readClock(s *dataset.Stream) (*clock, error) {
	c := &clock{times: newBlocks(s.Clock, 1), first: math.NaN(), last: math.Inf(-1)}
	n := min(s.Len(), s.Clock.Len())
	var steps []float64
	for row := 0; row < n; row += indexEvery {
		times, err := c.times.Read(row, min(row+indexEvery, n))
		if err != nil {
			return nil, err
		}
		steps = c.add(row, times, steps)
	}
	if float64(c.leftOut) > mostLeftOut*float64(n) && c.leftOut > 1 {
		return nil, fmt.Errorf("%d of its %d time stamps are not behind those in front of them: they must ascend; leave it out if it lists events, which are no behaviour, else correct the file", c.leftOut, n)
	}
	if len(steps) == 0 {
		return nil, errors.New("it has no two time stamps, so that nothing lies between them: leave it out")
	}
	return c, c.findStep(steps, n)
}

// add takes over the time stamps of some rows.
func (c *clock) add(row int, times, steps []float64) []float64 {
	indexed := false
	for i, t := range times {
		if !(t > c.last) || math.IsInf(t, 0) {
			c.leftOut++
			continue
		}
		if d := t - c.last; len(steps) < stepsSeen && !math.IsInf(d, 0) {
			steps = append(steps, d)
		}
		if math.IsNaN(c.first) {
			c.first = t
		}
		if c.last = t; !indexed {
			c.index, indexed = append(c.index, stamp{row + i, t}), true
		}
	}
	return steps
}

// findStep finds whether time stamps are even, and how far apart they are.
func (c *clock) findStep(steps []float64, n int) error {
	c.step = (c.last - c.first) / float64(n-1)
	if c.leftOut == 0 {
		var err error
		if c.even, err = c.isEven(n); c.even || err != nil {
			return err
		}
	}
	slices.Sort(steps)
	c.step = steps[len(steps)/2]
	if rate := 1 / c.step; math.Abs(rate-math.Round(rate)) < c.wholeRateOff()*rate && rate >= 1 {
		c.step = 1 / math.Round(rate)
	}
	return nil
}

// isEven reports whether no time stamp lies off those of its step.
func (c *clock) isEven(n int) (bool, error) {
	for row := 0; row < n; row += c.times.rows {
		times, err := c.times.block(row / c.times.rows)
		if err != nil {
			return false, err
		}
		for i, t := range times[:min(len(times), n-row)] {
			if math.Abs(t-(c.first+float64(float64(row+i)*c.step))) > evenAsWritten*c.step {
				return false, nil
			}
		}
	}
	return true, nil
}

// wholeRateOff is how far, of itself, a rate may lie off a whole number to be taken for
// it: what the rounding of time stamps, such as seconds since 1970, does to a step.
func (c *clock) wholeRateOff() float64 {
	far := math.Max(math.Abs(c.first), math.Abs(c.last))
	return math.Max(wholeOff, (math.Nextafter(far, math.Inf(1))-far)/c.step)
}

func (c *clock) rate() float64 { return 1 / c.step }

// from returns the last sample of the index at or before a time; the first of all if
// there is none.
func (c *clock) from(time float64) stamp {
	i := sort.Search(len(c.index), func(i int) bool { return c.index[i].time > time })
	return c.index[max(0, i-1)]
}
