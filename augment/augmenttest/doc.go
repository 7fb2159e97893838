// Package augmenttest holds an augmentation to the contract of package augment:
// what every member of the family owes, those of other modules too.
//
//	func TestMine(t *testing.T) { augmenttest.Run(t, "mine") }
//
// The name must be registered. It is tested at each of a few strengths that it takes,
// alone, with coordinated dropout, and beside every other registered augmentation.
// The suite's own tests plant faults that it finds.
//
// # What often goes wrong
//
// Random numbers must be functions of the trial's key, the bin, the neuron and, where
// each spike has its own, the spike's number in its bin. Drawn in sequence, those of
// all later spikes are others as soon as one count is: [Copies], which adds a spike
// and looks what changes, then reports a leak that is none.
//
// What moves a trial in time must not repeat the bins at its ends to fill what comes
// in from outside. A count would be in two bins, and coordinated dropout, which draws
// for each, hides it in one and has it asked for there while it is read in the other.
// What comes in is 0 and not observed.
//
// A recording may lack elements: what moves data must move their bits of Observed
// along, and must not move spikes out of, or to, what is not observed ([KeepsMissing]).
//
// An [augment.Holdout] must draw by [augment.Block.RunKey], so that the same elements are
// kept in all epochs, and have read the same when they are scored ([HoldsOut]).
package augmenttest
