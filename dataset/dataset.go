package dataset

import "time"

// Dataset is one session of binned spikes with its splits.
//
// Encoders read the held-in neurons of the first bins; the model reconstructs
// all neurons, held-in first, over all bins.
type Dataset struct {
	Name     string
	BinWidth time.Duration // 0: not known
	Train    *Split        // nil only if spikes alone were asked for, as is Valid
	Valid    *Split
	Test     *Split // nil if the file has none

	OrderByPlace bool       // Order is a guess, for some neurons have equal spikes
	Order        []int      // of the neurons: neuron i here is Order[i] in the file; nil: as in the file
	Neurons      []string   // their ids, in the file's order; nil: it gives none
	SetAside     []string   // ids of the neurons of Split.SetAside, or their places in the file; nil: there are none
	Drawn        *Drawn     // which neurons of the file were set aside when it was loaded; nil: none
	Scale        *Scale     // what their numbers stand for; nil: themselves
	Outputs      []Quantity // the dimensions of behaviour; nil: the file does not say
	Inputs       []Quantity // the external inputs; nil: the file does not say
	Chop         *Chop      // how trials were cut from a continuous recording; nil: they were not
	Conditions   []string   // the file's words for the numbers in Split.Condition; nil: they are the file's
	TruthDivisor float64    // what the file's true rates were divided by to be counts per bin; 0: they were not read from a file
	TruthUnknown string     // why the file's true rates could not be used; "": there are none, or they are in Truth
	Unread       []string   // keys of the file that no field holds

	// OracleLikelihood names the likelihood, as model.likelihood does, of which
	// Oracle is a bound: the negative log likelihood per element of the validation
	// trials (Recon) under the distribution that they were drawn from, in nats, with
	// all terms. "": it is not known, or follows from Truth, as that of counts does.
	OracleLikelihood string
	Oracle           float64
	Divided          *Division      // how trials were divided where the file does not say; nil: it says
	Attributes       map[string]any // what else Write says of the recording, by the attribute's name; Load keeps where a prepared file comes from

	whole  *whole   // of a file that was glanced at: what all of it is; nil: d is all
	layout *layout  // of the file it was read from; nil: lfads-torch
	alone  bool     // spikes alone were asked for: any split is enough
	notes  []string // what reading found and went on with
	judged string   // what the trials of Valid are called; "": validation
	unlike string   // how held-in neurons differ from those reconstructed; "": they do not
}

// Split is the trials of one part of a Dataset. Arrays of one split have the
// same number of trials.
type Split struct {
	Encod     *Array  // spike counts read, [trials, bins, held-in neurons]
	Recon     *Array  // spike counts reconstructed, [trials, bins + forward bins, neurons]; held-in first; nil for a test split without them
	SetAside  *Array  // spike counts of neurons that no model sees, neither read nor reconstructed, over the bins of Recon; nil: none
	External  *Array  // external inputs, [trials, bins + forward bins, inputs]; nil: none
	Truth     *Array  // true rates in counts per bin, or on the Scale of what is no count, as Recon; nil: unknown
	Latents   *Array  // true latent states, [trials, bins or bins + forward bins, states]; nil: unknown
	Behavior  *Array  // for example hand velocity, [trials, bins or bins + forward bins, dimensions]; nil: none
	Condition []int64 // condition of each trial; nil: unknown
	TrialIDs  []int64 // index of each trial in the recording, as the file says; nil: unknown
	Starts    []int64 // bin of the recording at which each trial begins, where Dataset.Chop says that they are windows of one

	// DecodeMask says by numbers other than 0 which trials, or bins of trials, go
	// with behaviour, [trials, 1 or bins, masks]; nil: none. It is kept; no score
	// uses it.
	DecodeMask *Array

	words []string // conditions in words, while Load reads them
}

// Trials returns the number of trials; 0 for a nil split.
func (s *Split) Trials() int {
	if s == nil {
		return 0
	}
	return s.Encod.Trials
}

// counts returns the spikes of most neurons that there are.
func (s *Split) counts() *Array {
	if s.Recon != nil {
		return s.Recon
	}
	return s.Encod
}

// namedSplit is a split and the word that its keys begin with.
type namedSplit struct {
	name string
	*Split
}

// splits returns the splits that d has.
func (d *Dataset) splits() []namedSplit {
	var all []namedSplit
	for _, s := range []namedSplit{{"train", d.Train}, {"valid", d.Valid}, {"test", d.Test}} {
		if s.Split != nil {
			all = append(all, s)
		}
	}
	return all
}

// First returns the first split that there is.
func (d *Dataset) First() *Split { return d.splits()[0].Split }

// Reconstructed returns the first array of spikes to be reconstructed; nil for
// spikes alone.
func (d *Dataset) Reconstructed() *Array {
	for _, s := range d.splits() {
		if s.Recon != nil {
			return s.Recon
		}
	}
	return nil
}

// InFile returns the place that neuron i has in the file, without those set aside when it
// was loaded ([Dataset.Place] counts them): that in Neurons, Scale and outputs.
func (d *Dataset) InFile(i int) int {
	if i < len(d.Order) {
		return d.Order[i]
	}
	return i
}
