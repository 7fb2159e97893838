// Package augment holds what is done to the data in training alone.
//
// The first is coordinated dropout, without which an auto-encoder with
// inferred inputs learns to pass each spike from its input to its output
// (identity overfitting): its likelihood rises above that of the true rates
// while its rates become the spikes themselves.
//
// To add an augmentation, write a type with an Apply method in a file of its
// own and append it to the list that package train builds.
package augment
