package dataset

import "time"

// Dataset is one session of binned spikes with its splits.
//
// Encoders read the held-in neurons of the first bins; the model reconstructs
// all neurons, held-in first, over all bins.
type Dataset struct {
	Name     string
	BinWidth time.Duration // 0: not known
	Train    *Split
	Valid    *Split
	Test     *Split // nil if the file has none

	TruthDivisor float64  // what the file's true rates were divided by to be counts per bin; 0: they were not read from a file
	TruthUnknown string   // why the file's true rates could not be used; "": there are none, or they are in Truth
	Unread       []string // keys of the file that no field holds

	layout *layout // of the file it was read from; nil: lfads-torch
}

// Split is the trials of one part of a Dataset. Arrays of one split have the
// same number of trials.
type Split struct {
	Encod     *Array  // spike counts read, [trials, bins, held-in neurons]
	Recon     *Array  // spike counts reconstructed, [trials, bins + forward bins, neurons]; held-in first; nil for a test split without them
	External  *Array  // external inputs, [trials, bins + forward bins, inputs]; nil: none
	Truth     *Array  // true rates in counts per bin, as Recon; nil: unknown
	Latents   *Array  // true latent states, [trials, bins + forward bins, states]; nil: unknown
	Behavior  *Array  // for example hand velocity, [trials, bins, dimensions]; nil: none
	Condition []int64 // condition of each trial; nil: unknown
	TrialIDs  []int64 // index of each trial in the recording; nil: unknown
}

// Trials returns the number of trials; 0 for a nil split.
func (s *Split) Trials() int {
	if s == nil {
		return 0
	}
	return s.Encod.Trials
}

// namedSplit is a split and the word that its keys begin with.
type namedSplit struct {
	name string
	*Split
}

// splits returns the splits that d has.
func (d *Dataset) splits() []namedSplit {
	all := []namedSplit{{"train", d.Train}, {"valid", d.Valid}}
	if d.Test != nil {
		all = append(all, namedSplit{"test", d.Test})
	}
	return all
}
