// Package outputs holds what a program says of a dataset's trials: rates of all
// neurons, and perhaps factors, inferred inputs and more. It writes such files and
// reads them, whatever made them: a model of this program, a baseline, lfads-torch, or
// a submission to the Neural Latents Benchmark.
//
// The layout that [Write] writes is HDF5 with the names that lfads-torch uses, so that
// people's scripts go on working. For each split there are rates, in the order of the
// data file's neurons and in the recording's unit; in memory they are in the dataset's
// order and on its scale (dataset.Order, dataset.Scale).
//
// # Writing
//
// [Content] is what a file is to hold, a [Part] for each split: rates, and any named
// quantities beside them, each with its unit and what its values go with. Beside the
// splits stand the rates of all trials in the recording's order, and of windows of a
// continuous recording these merged. Where rates are the mean of several models', the
// file says of each array whose it is ([WriteEnsemble]). [Describe] says in words what a file holds.
//
// # Reading
//
// What others wrote is trusted in nothing. [Read] finds the layout by the names that
// are there, plans by shapes alone where each number goes (which trial by its index in
// the recording, which neuron by the order of the data file), and only then reads, a
// block of trials at a time. Numbers that cannot be rates of these data, negative,
// infinite or those of other trials, are an error that says what to do; what is odd and
// can be gone on with is a sentence in [File.Notes].
package outputs
