// Package synth makes recordings whose true rates are known, so that what a
// model infers can be compared with the truth.
//
// # Lorenz
//
// The states of the Lorenz system (Lorenz 1963),
//
//	dx/dt = 10 (y - x)    dy/dt = x (28 - z) - y    dz/dt = x y - 8/3 z
//
// drive a population of neurons, as in Sussillo et al. 2016 ("LFADS"). Each
// condition starts at a random state, runs until it is on the attractor, and
// is then recorded; its trials share the trajectory and differ in their spikes
// alone. With the states s standardised over all conditions, neuron n has the
// log rate
//
//	ln r_n = sum_i W_ni s_i + b_n
//
// where |W_ni| is uniform in 1..2, divided by the root of 3, of random sign,
// and b_n gives every neuron the same mean rate. A bin's rate is the mean over
// its milliseconds; its spikes are Poisson.
//
// # Reproducibility
//
// A set is a function of its [LorenzOptions]: the same bits on every amd64,
// for every trial whatever the number of the others. Split.Truth holds rates
// in counts per bin; the likelihood of the spikes under them is the oracle's
// (package metric).
package synth
