// Package outputs holds what a program says of a dataset's trials: rates of all
// neurons, and perhaps factors, inferred inputs and more. It writes such files and
// reads them, whatever made them: a model of this program, a baseline, lfads-torch, or
// a submission to the Neural Latents Benchmark.
//
// The layout that [Write] writes is HDF5 with the names that lfads-torch uses, so that
// people's scripts go on working. For each split there are rates, in the order of the
// data file's neurons and in the recording's unit; in memory they are in the dataset's
// order and on its scale (dataset.Order, dataset.Scale).
package outputs
