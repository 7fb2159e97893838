// Package prior is the family of priors of inferred inputs: what the controller's
// outputs are like before any data are seen.
//
// The controller gives a posterior of each inferred input in each bin, a normal
// distribution; its divergence from the prior is a term of the loss. A prior may
// have learned parameters.
//
// # To add one
//
// Write a file beside ar1.go with a type that implements [Prior], name it in the
// list of registry.go, and give it a row in docs/configuration.md. The suite in
// priortest holds every registered prior to the contract: gradients against finite
// differences, lanes without trials, a tiny run to its end. A program that imports
// this module adds its own with [Register].
//
// Use package maths for exponentials and logarithms, and round each product that
// is added, float64(a*b) + c: a run must have the same bits on every machine.
package prior
