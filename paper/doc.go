// Package paper makes the figures of the AutoLFADS paper again (Keshtkaran, Sedler et al.
// 2022, "A large-scale neural network training framework for generalized estimation of
// single-trial population dynamics"), each as one command that begins with data and ends
// with a figure and a sentence that says whether the claim holds here.
//
// An [Experiment] is a file of this package and a line of [List]. It says
//
//	what is trained   Plan: runs, or comparisons of ways of searching (experiment.Search)
//	what is measured  Judge: numbers by panel of the paper, into a [Result]
//	what is drawn     Draw: figures of these numbers
//	what was found    Found: for each panel a sentence, and whether its claim holds
//
// The last two see the numbers alone, so that a page can be made of results that another
// machine has left ([ResultsPage]). A claim that does not hold is told as one that does:
// Found compares numbers, and has no words of its own for how it should end.
//
// Experiments stand in a [Lab], which makes data sets, runs, rates and scores on demand and
// keeps them in one folder:
//
//	DIR/data/SET.h5            data sets that experiments make
//	DIR/runs/SET-SEARCH-SEED-HASH/  runs; experiments that want the same data, seed and settings share them
//	DIR/ways/NAME-SCALE/       comparisons of ways, laid out as `autolfads experiment search` does
//	DIR/scores, DIR/rates      what was asked of runs: may be removed
//	DIR/results/NAME.json      numbers; NAME.md: tables, and what was found in words
//	DIR/figures/NAME-*.png, .svg
//
// What is there is not made again, and what was stopped goes on: [Make] called once more
// comes to the same numbers.
//
// Every experiment has two sizes ([Scale]): quick ends in minutes on two cores, full is the
// paper's. Seeds stand in the source, named before any run, and all of them are reported.
//
// The room holds no model: it runs the program as anyone does (package autolfads).
package paper
