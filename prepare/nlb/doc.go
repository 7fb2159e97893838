// Package nlb prepares recordings of the Neural Latents Benchmark (Pei et al. 2021)
// as the benchmark's own tools, nlb_tools, do: the same tensors under the same keys.
//
//	set, report, err := nlb.Prepare(files, nlb.Options{Preset: "mc_maze_large", BinMs: 5})
//	fmt.Print(report)
//	err = set.Write("mc_maze_large.h5", nil)
//
// # What comes out
//
// At the top of the file stand the tensors that a model trains on and is evaluated
// on, in a group named by the data set those that its predictions are compared with:
// what make_train_input_tensors (with behaviour and forward bins),
// make_eval_input_tensors and make_eval_target_tensors (with PSTHs) give.
//
// # How a recording is binned
//
// All times are whole milliseconds of one clock that begins at 0: spikes are counted
// in the millisecond that (t * 1000) rounded to 6 decimals is truncated to. Bins are
// of that clock, from 0 on, not of the event: a trial's are those that begin in its
// window. A bin is observed if its first millisecond is. Units count as observed when
// the first of those held in is, those held out when the first of them is.
//
// Signals are sampled at 1 kHz on the same clock; one that has a sample elsewhere is
// left out. Where there are no samples, a signal is interpolated, filtered by 501 taps
// and decimated, and then it is not known again where it was not.
//
// Bins in which any signal or unit is missing are taken out of the trials, but for
// behaviour and for the spikes that are read of evaluated trials; then trials are no
// longer equally long, which is refused, as nlb_tools refuse it.
//
// # Memory
//
// Units and signals are read one at a time: memory holds the tensors, a few numbers
// for each millisecond of the recording, and one unit's spikes.
package nlb
