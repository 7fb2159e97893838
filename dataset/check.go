package dataset

import (
	"errors"
	"fmt"
	"slices"
)

// Expected is what a likelihood says of the data that it can have.
type Expected interface {
	Check(y float32) (fault string) // what is wrong with a number and what to do; "": nothing
	Counts() bool                   // they are counts of spikes
}

// Check returns an error for numbers that no model can be made of: those that
// are not as expected, those that a model cannot read, splits without any that
// was observed (NaN was not), held-in neurons that are not among those
// reconstructed. [Dataset.Warnings] tells the rest.
func (d *Dataset) Check(e Expected) error {
	for _, check := range []func() error{
		func() error { return d.CheckValues(e) },
		d.CheckFinite, d.checkObserved,
	} {
		if err := check(); err != nil {
			return err
		}
	}
	if e.Counts() && !d.alone && d.silent() {
		return fmt.Errorf("dataset: %s: no neuron fires in any training trial: all counts are 0; was another array meant?", d.Name)
	}
	if d.unlike != "" {
		return errors.New("dataset: " + d.Name + ": " + d.unlike)
	}
	return nil
}

// silent reports whether training trials hold no spike; false without any.
func (d *Dataset) silent() bool {
	if d.Train == nil {
		return false
	}
	for _, v := range d.Train.counts().Data {
		if v != 0 && !IsMissing(v) {
			return false
		}
	}
	return true
}

// CheckValues checks that the spikes, or whatever the data are, are as expected
// where they were observed. The error names the first value that is not, how many
// there are, and what to do.
func (d *Dataset) CheckValues(e Expected) error {
	return d.eachSpikes(func(key string, a *Array, neuron func(int) int) error { return a.checkValues(e, key, neuron) })
}

// CheckFinite checks that what a model reads has no infinity, and that external
// inputs are known everywhere. The error names the first value that is not and
// what to do.
func (d *Dataset) CheckFinite() error {
	err := d.eachSpikes(func(key string, a *Array, neuron func(int) int) error {
		return a.checkEach(key, neuron, isInfinite, "a model cannot read that; cut the trials that have such values, or fill them in")
	})
	if err != nil {
		return err
	}
	for _, s := range d.splits() {
		if s.External == nil {
			continue
		}
		notFinite := func(v float32) bool { return v-v != 0 }
		err := s.External.checkEach(s.name+suffixExternal, same, notFinite,
			"only spikes may be missing, external inputs must be known in every bin; cut the trials that have such values, or fill them in")
		if err != nil {
			return fmt.Errorf("dataset: %s: %w", d.Name, err)
		}
	}
	return nil
}

// eachSpikes calls check for every array of spikes, of neurons set aside too, with its key and the place
// in the file of each of its neurons.
func (d *Dataset) eachSpikes(check func(key string, a *Array, neuron func(int) int) error) error {
	l := d.keys()
	for _, s := range d.splits() {
		encod, recon := l.keysOf(s.name)
		err := check(encod, s.Encod, d.placeRead)
		if err == nil && s.Recon != nil && s.Recon != s.Encod {
			err = check(recon, s.Recon, d.Place)
		}
		if err != nil {
			return fmt.Errorf("dataset: %s: %w", d.Name, err)
		}
	}
	return d.eachAside(check)
}

func same(i int) int { return i }

func isInfinite(v float32) bool { return v-v != 0 && !IsMissing(v) }

// checkEach returns an error that names the first value that is bad.
func (a *Array) checkEach(key string, inFile func(int) int, bad func(float32) bool, do string) error {
	i := slices.IndexFunc(a.Data, bad)
	if i < 0 {
		return nil
	}
	trial, bin, feature := a.place(i)
	return fmt.Errorf("%s: trial %d, bin %d, feature %d is %g: %s", key, trial, bin, inFile(feature), a.Data[i], do)
}

// keys is the layout whose names errors use.
func (d *Dataset) keys() *layout {
	if d.layout != nil {
		return d.layout
	}
	return &layouts[0]
}

func (a *Array) checkValues(e Expected, key string, inFile func(int) int) error {
	first, bad, fault := 0, 0, ""
	for i, v := range a.Data {
		if IsMissing(v) {
			continue
		}
		f := e.Check(v)
		if f == "" {
			continue
		}
		if bad == 0 {
			first, fault = i, f
		}
		bad++
	}
	if bad == 0 {
		return nil
	}
	trial, bin, neuron := a.place(first)
	what := "which the likelihood does not allow"
	if e.Counts() {
		what = "not a count of spikes"
	}
	return fmt.Errorf("%s: trial %d, bin %d, neuron %d is %g, %s (%d such values of %d): %s",
		key, trial, bin, inFile(neuron), a.Data[first], what, bad, len(a.Data), fault)
}

func (a *Array) place(i int) (trial, bin, feature int) {
	feature = i % a.Features
	i /= a.Features
	return i / a.Bins, i % a.Bins, feature
}
