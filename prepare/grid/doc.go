// Package grid says which bin a moment lies in: all that counts, samples or marks bins
// asks it, so that spikes, events and samples of one moment share a bin.
//
//	g := grid.Grid{Width: grid.Nanoseconds(10), Bins: 70} // a window of 700 ms
//	bin, ok := g.Bin(spike, start)                        // both in s
//
// Times of a recording are in s, on its clock. How far one lies behind another is
// rounded to whole ns, which are 1e-6 ms (halves to even, as NumPy's round does), and
// only then divided by the width of bins and floored: what lies on an edge on paper, and
// a little before it in binary, is in the later bin.
//
// Stretches of time are dataset.Interval. Those that are Merged are in order and do not
// touch; what asks which bins lie in them wants them so.
package grid
