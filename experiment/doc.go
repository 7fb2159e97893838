// Package experiment compares ways of the program with each other on recordings, so
// that what is said of them can be made again.
//
// An [Experiment] makes cells. A [Cell] is one way on one division of a recording by one
// seed: a run, scored on trials that no choice has seen. It is a small JSON file of
// numbers, seeds, command, version and checksum of the data, which outlasts the run and
// its machine: an experiment that is killed goes on where it was, and one with cells of
// another machine goes on with those that are missing. Pages and figures are made of
// cells alone ([SearchPage]).
//
// [Search] is the comparison of the ways in which hyper-parameters are found: the
// program's own, the paper's population, random search and one model with the configured
// values, at equal numbers of epochs. Each gives rates in several manners (variants), all
// read from the same run: what a way chose, the mean of its models' rates. What it chose
// may be trained again, from other seeds and on all trials ([Search.Again]).
//
// The room holds no model: it runs the program as anyone does (package autolfads) and
// scores as evaluate does.
package experiment
