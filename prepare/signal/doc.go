// Package signal makes bins of sampled signals that are modelled instead of spikes: of
// muscles, fields and calcium.
//
//	o = o.Resolved(10)                          // what its kind has for bins of 10 ms
//	channels, err := signal.Open(streams, o, 10) // reads clocks, plans filters
//	filled, err := channels.Fill(windows, channels.IDs)
//
// Data goes one way: samples about windows are read in blocks, with a margin for the
// filters; each channel is filtered without delay (dsp), made an envelope of, and averaged
// or summed in bins, in which samples are put as spikes are (grid); then all bins of a
// channel are scaled together. A bin that a gap touches is NaN.
//
// # A new kind of signal
//
// A kind is a row of defaults: a word (KindEMG), a case of Options.Resolved with its steps
// and a word in Check's list; the words by which package prepare guesses it, and the preset
// that suits it, stand there (wordsOfKinds, RunFlags). A new step is a case of newChain.
//
// # Clocks
//
// The ruler says when each sample was taken, and where the clock jumps: filters do not
// cross a jump, and nothing is moved or made up. Package stream, for behaviour, has a clock
// of another purpose: it brings uneven samples on an even one by straight lines.
package signal
