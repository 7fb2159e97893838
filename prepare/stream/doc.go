// Package stream says what a sampled stream is in the bins of windows, such as how fast
// a hand moves in each bin of a trial: what it is at a bin's first moment, or a lag later.
//
//	s, err := stream.New(hand, stream.Wanted{Features: []int{0, 1}, LagMs: 100}, bins)
//	err = s.Window(start, func(bin, feature int, v float64) { ... }) // NaN: not known
//
// Data goes one way: the file's samples, in blocks that are kept for the next window; on
// an even clock, if their time stamps are not even; perhaps their change per second; and
// dsp.Resampler, which says what lies at a moment. Of a long stream little is in memory.
//
// # Clocks
//
// Time stamps that lie on even ones but for rounding are these. Others are those of a
// clock that jitters or loses samples, or of one that runs in trials alone: the stream
// is brought on a grid of its usual step by straight lines, none across more than a few
// steps. The grid passes through each window's start, so that samples taken from there
// on are there as they are. Where signals stand in the place
// of spikes, clocks are read otherwise, on purpose: their samples are averaged in the
// bins in which they were taken, and are never moved or made up, and filters must not
// cross a gap. A hand between two samples is known well enough by a line; a muscle is
// not.
package stream
