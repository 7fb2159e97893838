package dataset

import (
	"fmt"
	"slices"
)

// RefuseMissing returns an error if spikes hold NaN, which marks what was not
// observed: for those who want no missing data. It names the first place, how many
// there are, and what to do.
func (d *Dataset) RefuseMissing() error {
	return d.eachSpikes(func(key string, a *Array, neuron func(int) int) error { return a.refuseMissing(key, neuron) })
}

func (a *Array) refuseMissing(key string, inFile func(int) int) error {
	missing := a.missing()
	if missing == 0 {
		return nil
	}
	trial, bin, neuron := a.place(slices.IndexFunc(a.Data, IsMissing))
	return fmt.Errorf("%s: trial %d, bin %d, neuron %d is NaN, and data.missing is refuse (%d such values of %d): NaN marks missing bins; cut the trials that have them or fill them in, or have the model leave them out (--missing hidden, data.missing=hidden)",
		key, trial, bin, inFile(neuron), missing, len(a.Data))
}

// checkObserved returns an error for a split to learn from, to score or to infer
// from of which nothing was observed. From a test split of a run nothing is asked.
func (d *Dataset) checkObserved() error {
	for _, s := range d.splits() {
		if s.name == "test" && !d.alone {
			continue
		}
		encod, recon := d.keys().keysOf(s.name)
		err := s.Encod.checkObserved(encod, d.lackOf(s.name))
		if err == nil && !d.alone {
			err = s.Recon.checkObserved(recon, d.lackOf(s.name))
		}
		if err != nil {
			return fmt.Errorf("dataset: %s: %w", d.Name, err)
		}
	}
	return nil
}

// lackOf says what a split is missed for.
func (d *Dataset) lackOf(split string) string {
	switch {
	case d.alone:
		return "there is nothing to infer from"
	case split == "valid":
		return "there is no score to choose a model by"
	}
	return "there is nothing to learn from"
}

func (a *Array) checkObserved(key, lack string) error {
	if anyObserved(a.Data) {
		return nil
	}
	return fmt.Errorf("%s: nothing was observed, all %d values are NaN: %s; was another array meant?", key, len(a.Data), lack)
}

// IsMissing reports whether a value of an array was not observed: NaN.
func IsMissing(v float32) bool { return v != v }

// missing counts what was not observed.
func (a *Array) missing() (n int) {
	for _, v := range a.Data {
		if IsMissing(v) {
			n++
		}
	}
	return n
}

func anyObserved(values []float32) bool {
	return slices.ContainsFunc(values, func(v float32) bool { return !IsMissing(v) })
}

// Observed counts what was observed of each feature: what is not NaN.
func (a *Array) Observed() []int {
	n := make([]int, a.Features)
	for i, f := 0, 0; i < len(a.Data); i++ {
		if !IsMissing(a.Data[i]) {
			n[f]++
		}
		if f++; f == a.Features {
			f = 0
		}
	}
	return n
}
