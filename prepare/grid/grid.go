package grid

import (
	"math"
	"time"
)

// Grid is the bins of a window: so many of one width, from the window's start on.
type Grid struct {
	Width int64 // ns
	Bins  int
}

// MostLength of a window in ns: whole numbers up to here are exact in a float64. It
// is 104 days.
const MostLength = 1 << 53

// Length is in ns.
func (g Grid) Length() int64 { return g.Width * int64(g.Bins) }

// Seconds is the length in s.
func (g Grid) Seconds() float64 { return float64(g.Length()) / NsPerS }

// BinWidth is that of a bin.
func (g Grid) BinWidth() time.Duration { return time.Duration(g.Width) }

// What a ms and a s are in ns.
const (
	NsPerMs = 1e6
	NsPerS  = 1e9
)

// Nanoseconds rounds a width in ms.
func Nanoseconds(ms float64) int64 { return int64(math.Round(ms * NsPerMs)) }

// Behind returns how far a time lies behind another, both in s, in whole ns, which
// are 1e-6 ms: as round((t - from) * 1000, 6) of NumPy does.
func Behind(t, from float64) float64 { return math.RoundToEven(float64((t-from)*1000) * NsPerMs) }

// Bin returns the bin that a time lies in, in a window that starts at start, both in
// s; ok is false if it lies outside.
func (g Grid) Bin(t, start float64) (bin int, ok bool) {
	ns := Behind(t, start)
	if !(ns >= 0 && ns < float64(g.Length())) {
		return 0, false
	}
	return int(int64(ns) / g.Width), true
}

// Within returns the bins from up to, but not with, to that lie in a stretch of time
// as a whole; none if from is not less than to.
func (g Grid) Within(from, to, start float64) (first, last int) {
	length := float64(g.Length())
	a := min(max(Behind(from, start), 0), length)
	b := min(max(Behind(to, start), 0), length)
	return int((int64(a) + g.Width - 1) / g.Width), int(int64(b) / g.Width)
}

// nearlyWhole is by how much of a bin a length may miss a whole number of bins: windows
// of 2000 ms are meant to fit bins of frames of calcium, 33.333333 ms.
const nearlyWhole = .01

// Whole returns how many bins of a width a length is, both in ns; ok is false for one
// that is not nearly a whole number of them, of which it returns those that fit in it.
func Whole(length, width int64) (bins int64, ok bool) {
	bins = int64(math.Round(float64(length) / float64(width)))
	if math.Abs(float64(length-bins*width)) <= nearlyWhole*float64(width) {
		return bins, true
	}
	return length / width, false
}
