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
}

// Split is the trials of one part of a Dataset. Arrays of one split have the
// same number of trials.
type Split struct {
	Encod     *Array  // spike counts read, [trials, bins, held-in neurons]
	Recon     *Array  // spike counts reconstructed, [trials, bins + forward bins, neurons]; held-in first
	External  *Array  // external inputs, [trials, bins, inputs]; nil: none
	Truth     *Array  // true rates in counts per bin; nil: unknown
	Latents   *Array  // true latent states; nil: unknown
	Behavior  *Array  // for example hand velocity; nil: none
	Condition []int64 // condition of each trial; nil: unknown
	TrialIDs  []int64 // index of each trial in the recording
}

// Trials returns the number of trials; 0 for a nil split.
func (s *Split) Trials() int {
	if s == nil {
		return 0
	}
	return s.Encod.Trials
}
