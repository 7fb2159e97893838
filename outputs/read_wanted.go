package outputs

import (
	"math"

	"github.com/autolfads/autolfads/dataset"
)

// wanted is a split of the dataset, what rates of it must be like, and what is read of it.
type wanted struct {
	name                  string
	split                 *dataset.Split
	trials, bins, neurons int
	ids                   []int64        // of its trials, as the data file says; nil: it does not
	key                   string         // of its rates in the file, for messages
	is                    *Estimates     // nil: the file has none
	data                  *dataset.Array // counts of most neurons that there are
}

// wantedOf returns the splits that a dataset has. Rates of a split of which held-in
// neurons alone are known are of all neurons, as are those of the others.
func wantedOf(d *dataset.Dataset) []*wanted {
	var all []*wanted
	numbers := d.Numbering()
	forward, neurons := hidden(d)
	for _, s := range []*wanted{{name: "train", split: d.Train, ids: numbers.Train}, {name: "valid", split: d.Valid, ids: numbers.Valid}, {name: "test", split: d.Test, ids: numbers.Test}} {
		if s.split == nil {
			continue
		}
		if !numbers.Recorded || s.split.TrialIDs == nil {
			s.ids = nil
		}
		s.trials, s.bins, s.neurons, s.data = s.split.Trials(), s.split.Encod.Bins+forward, s.split.Encod.Features+neurons, s.split.Encod
		if s.split.Recon != nil {
			s.bins, s.neurons, s.data = s.split.Recon.Bins, s.split.Recon.Features, s.split.Recon
		}
		all = append(all, s)
	}
	return all
}

// hidden returns how many forward bins and held-out neurons a dataset has.
func hidden(d *dataset.Dataset) (forward, neurons int) {
	for _, s := range []*dataset.Split{d.Train, d.Valid, d.Test} {
		if s != nil && s.Recon != nil {
			return s.Recon.Bins - s.Encod.Bins, s.Recon.Features - s.Encod.Features
		}
	}
	return 0, 0
}

// rates are where rates of the split go: NaN until they are read.
func (s *wanted) rates() *dataset.Array {
	if s.is == nil {
		a := dataset.NewArray(s.trials, s.bins, s.neurons)
		for i := range a.Data {
			a.Data[i] = float32(math.NaN())
		}
		s.is = &Estimates{Rates: a}
	}
	return s.is.Rates
}
