// Package prepare turns a recording into binned trials: a dataset.Recording into a
// dataset.Dataset, with a report that says what was done, and what was left out and
// why.
//
//	d, report, err := prepare.Trials(recording, prepare.Options{BinMs: 10, Align: "go_cue_time", Window: &prepare.Window{From: -250, To: 450}})
//	fmt.Print(report)
//	err = d.Write("session.h5")
//
// # How it goes
//
// Data goes one way, by the steps of a maker (trials.go):
//
//	recording   units chosen by their ids and columns (units*.go), or channels of signals in their place (signal.go)
//	plan        windows about moments (align.go), or over all that was recorded (chop*.go)
//	counts      spikes counted (count*.go), or signals averaged
//	choice      trials in which anything was observed, units that fire (choose.go) and are not like others (units_correlated.go)
//	split       what each trial is for (split*.go)
//	aside       units that no model sees (aside.go)
//	order       units held out behind the others (holdout.go), forward bins (forward.go)
//	beside      conditions (condition.go), true rates of a simulation (truth.go), behaviour and inputs (behavior*.go)
//
// and out come a dataset and a Report, in which each concern has its lines (report*.go).
// Options have a struct for each concern that checks itself, and the command line flags
// for each. Suggest guesses options for a recording (suggest*.go), an Origin tells where a
// file comes from (origin.go).
//
// Rooms below it do the work that knows no trials: grid says which bin a moment lies in,
// stream what behaviour is in bins, signal what muscles, fields and calcium are, correlate
// which units fire together. Room nlb prepares the Neural Latents Benchmark in its own way.
//
// # Where a spike is counted
//
// A trial is a window: it begins at its event plus the window's start, and its bins
// lie on a grid that begins there. How far a spike lies behind the grid's start is
// rounded to 1e-6 ms (halves to even, as NumPy's round does), then divided by the
// bin's width and floored: a spike on an edge is counted in the later bin. So times
// that are whole milliseconds on paper, and a little less in binary, are counted
// where they are on paper. Where windows overlap, a spike is counted in each.
//
// # Continuous recordings
//
// With Options.Chop trials are windows over all that was recorded, or over the rows of a
// table: they overlap, lie on one grid of bins from the first moment on, and reach across
// no gap. dataset.Chop says where they stand, so that what a model infers of them can be
// merged.
//
// # What was not observed
//
// Where the recording says when each unit was observed, bins that lie in no such
// stretch as a whole are NaN: not observed. A trial in which nothing was observed is
// dropped. Where the recording does not say it, all is taken to be observed.
//
// # Behaviour
//
// A bin's behaviour is what its stream is at the bin's first moment, or a lag later (see
// room stream): under an anti-aliasing filter without delay where the stream is faster
// than the bins, the sample in the bin where it is as fast, on the straight line between
// samples where it is slower. What is not known is NaN.
//
// # Signals
//
// Channels of signals may stand in the place of units (see room signal): filtered without
// delay, made an envelope of, and averaged in bins. A bin that a gap touches is NaN.
// Scaled, each channel is of the size of 1 over the trials, and dataset.Scale keeps what a
// 1 stands for.
//
// # Memory
//
// Units are read a few at a time: memory holds the counts, 4 bytes a trial, bin and
// unit, half as much again while trials are divided, twice that where units are held
// out or there are forward bins, 4 bytes more where units are set aside, and 32 MiB of spikes, or one unit's. Counts that do not
// fit are refused before they are made. Correlations take 4 bytes a spike of the recording, and
// 2 bytes a unit and unit for each core, but at most 256 MiB for all cores together,
// unless those of one core are more. Of a stream, blocks of 1 MiB are read, and only
// what lies about windows. Numbers of signals take 20 bytes each instead
// of 6, and their streams blocks of 16 MiB for rows and again for columns, or four times
// the filters' margins, if these are longer (at 65 and 50 Hz half a second together).
package prepare
