// Package baseline makes rates the way it was done before single trials were modelled:
// an open family of methods that learn from training trials alone, for a model to be
// compared with.
//
// A [Method] is fitted to the training trials of a dataset, chooses its settings by
// cross-validation among them, and estimates the rates of the trials of any split.
// [New] knows methods by name: smooth ([Smoothing]), gpfa ([GPFA]) and psth ([ConditionMean]). A member
// is a file and a line in registry.go; the suite baselinetest holds it to the contract.
//
// # Smoothing
//
// [Smooth] convolves the counts of each trial and neuron with a Gaussian,
//
//	r_t = sum_s K(t-s) k_s / sum_s K(t-s)    K(d) = exp(-d^2 / 2 sd^2)
//
// where both sums run over the recorded bins of the trial, so that neither its
// edges nor missing bins pull rates down. Rates are in the unit of the counts:
// expected spikes per bin.
//
// Such rates hold each bin's own count, and so a part of what they are scored against.
// [SmoothOthers] leaves it out.
//
// The standard deviation is a hyper-parameter: [Sweep] tries several and keeps
// the best, so that a comparison is with the best smoothing there is.
package baseline
