package prepare

import (
	"fmt"
	"math"
	"time"
)

// grid is the bins of a window: so many of one width, from the window's start on.
type grid struct {
	width int64 // ns
	bins  int
}

// mostLength of a window in ns: whole numbers up to here are exact in a float64. It
// is 104 days.
const mostLength = 1 << 53

// newGrid returns the bins of a window. The error names the nearest window that is a
// whole number of bins, if this one is not.
func newGrid(w Window, binMs float64) (grid, error) {
	width := nanosecondsOf(binMs)
	length := math.Round(w.length() * nsPerMs)
	if !(length > 0 && length <= mostLength) {
		return grid{}, fmt.Errorf("the window %v ms is %g ms long: it must be longer than 0 and at most 100 days (--window)", w, w.length())
	}
	bins := int64(length) / width
	if bins*width != int64(length) {
		if bins == 0 {
			return grid{}, fmt.Errorf("the window %v ms is shorter than one bin of %g ms: widen it (if %v s are meant: --window=%v), or take narrower bins (--bin-ms)", w, binMs, w, w.inMs())
		}
		fits := Window{w.From, w.From + float64(bins*width)/nsPerMs}
		return grid{}, fmt.Errorf("the window %v ms is %.6g bins of %g ms: it must be a whole number of them, such as --window=%v", w, length/float64(width), binMs, fits)
	}
	return grid{width, int(bins)}, nil
}

// length is in ns.
func (g grid) length() int64 { return g.width * int64(g.bins) }

// seconds is the length in s.
func (g grid) seconds() float64 { return float64(g.length()) / nsPerS }

func (g grid) duration() time.Duration { return time.Duration(g.width) }

const (
	nsPerMs = 1e6
	nsPerS  = 1e9
)

// nanosecondsOf rounds a width in ms.
func nanosecondsOf(ms float64) int64 { return int64(math.Round(ms * nsPerMs)) }

// behind returns how far a time lies behind another, both in s, in whole ns, which
// are 1e-6 ms: as round((t - from) * 1000, 6) of NumPy does.
func behind(t, from float64) float64 { return math.RoundToEven(float64((t-from)*1000) * nsPerMs) }

// bin returns the bin that a time lies in, in a window that starts at start, both in
// s; ok is false if it lies outside.
func (g grid) bin(t, start float64) (bin int, ok bool) {
	ns := behind(t, start)
	if !(ns >= 0 && ns < float64(g.length())) {
		return 0, false
	}
	return int(int64(ns) / g.width), true
}

// within returns the bins from up to, but not with, to that lie in a stretch of time
// as a whole; none if from is not less than to.
func (g grid) within(from, to, start float64) (first, last int) {
	length := float64(g.length())
	a := min(max(behind(from, start), 0), length)
	b := min(max(behind(to, start), 0), length)
	return int((int64(a) + g.width - 1) / g.width), int(int64(b) / g.width)
}
