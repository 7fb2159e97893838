package augment

// Augmentation changes a block of trials before a training step. One value
// serves all threads at a time: what it must remember while it works lies in the
// block. It is off in validation and inference.
type Augmentation interface {
	// Changes says what Apply may change beside Input and Pass.
	Changes() Changes
	// Apply changes the block's first Trials lanes, each by itself: what becomes
	// of a trial depends neither on its lane nor on the trials beside it. Its
	// random numbers are functions of the trial's key, the bin and the neuron. It
	// allocates nothing.
	Apply(b *Block)
}

// Choosy is an augmentation that some data cannot have.
type Choosy interface {
	Augmentation
	// Takes returns an error that says why, and what to do, if it cannot be applied to
	// data that are counts of spikes, or to those that are none.
	Takes(counts bool) error
}

// Changes are the parts of a block that are costly to have changed: the part of
// the loss that depends on the data alone is then no longer that of the
// recording, and a mask nobody changes need not be there.
type Changes struct{ Data, Observed bool }

// ChangesOf returns what at least one of several augmentations changes.
func ChangesOf(list []Augmentation) Changes {
	var all Changes
	for _, a := range list {
		c := a.Changes()
		all.Data, all.Observed = all.Data || c.Data, all.Observed || c.Observed
	}
	return all
}

// Any says whether there is anything to change.
func (c Changes) Any() bool { return c.Data || c.Observed }
