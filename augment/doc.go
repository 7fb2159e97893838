// Package augment holds what is done to the data in training alone.
//
// The first is coordinated dropout, without which an auto-encoder with
// inferred inputs learns to pass each spike from its input to its output
// (identity overfitting): its likelihood rises above that of the true rates
// while its rates become the spikes themselves.
//
// A block of trials carries what is read, what is reconstructed, where it was
// observed and where gradient passes; an augmentation changes any of these, and
// says which.
package augment
