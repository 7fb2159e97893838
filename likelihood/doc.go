// Package likelihood is the family of distributions that data may have given
// what the model reads out.
//
// The readout of a model gives [Likelihood.Outputs] numbers for each neuron and
// bin; a likelihood says what they mean: how probable data are, with what
// gradient, what is expected, and what the data may be at all. Everything else
// asks it: the loss, where the readout starts, which data are refused, which
// scores and figures make sense, in what unit rates are written. No other package
// knows a likelihood by name.
//
// # To add one
//
// Write a file beside poisson.go with a type that implements [Likelihood], name it
// in the list of registry.go, and give it a row in docs/configuration.md. The suite
// in likelihoodtest holds every registered likelihood to the contract: gradients
// against finite differences, both masks, the mean against samples, the start
// against its neighbours, no allocation. A program that imports this module adds
// its own with [Register].
//
// One that has more parameters than its mean tells implements [Parametric], so that
// files hold them; one that learns parameters of its own, beside what is read out,
// implements [Learned]; one whose mean says all implements [OfMean].
//
// Use package maths for exponentials and logarithms, and round each product that
// is added, float32(a*b) + c: a run must have the same bits on every machine.
package likelihood
