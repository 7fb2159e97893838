// Package augment holds what is done to the data in training alone.
//
// The first is coordinated dropout, without which an auto-encoder with
// inferred inputs learns to pass each spike from its input to its output
// (identity overfitting): its likelihood rises above that of the true rates
// while its rates become the spikes themselves.
//
// Others hold out a share of the elements for the whole run, so that they can be
// scored ([SampleValidation]), or keep a model from taking the bin in which a spike
// happened to fall for a feature of the rates ([TemporalShift], [SpikeJitter]).
//
// A block of trials carries what is read, what is reconstructed, where it was
// observed and where gradient passes; an augmentation changes any of these, and
// says which. What the recording lacks is not observed, and read as 0: an augmentation
// that moves data moves that along, and none makes it seen.
//
// # To add one
//
// Write a file beside coordinated_dropout.go with a type that implements
// [Augmentation], name it at its place in the list of registry.go, which is the order
// in which they are applied, and give it a row in docs/configuration.md. Its
// strength is the setting train.augment.NAME. The suite in augmenttest holds it to the
// contract: above all that with coordinated dropout no count that is read is asked for
// where gradient passes. A program that imports this module adds its own with
// [Register].
package augment
