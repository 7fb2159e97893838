// Package baseline makes rates the way it was done before models: by smoothing
// spikes.
//
// [Smooth] convolves the counts of each trial and neuron with a Gaussian,
//
//	r_t = sum_s K(t-s) k_s / sum_s K(t-s)    K(d) = exp(-d^2 / 2 sd^2)
//
// where both sums run over the recorded bins of the trial, so that neither its
// edges nor missing bins pull rates down. Rates are in the unit of the counts:
// expected spikes per bin.
//
// The standard deviation is a hyper-parameter: [Sweep] tries several and keeps
// the best, so that a comparison is with the best smoothing there is.
package baseline
