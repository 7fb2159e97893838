package dataset

import (
	"errors"
	"fmt"
)

// Expected is what a likelihood says of the data that it can have.
type Expected interface {
	Check(y float32) (fault string) // what is wrong with a value and what to do; "": nothing
	Counts() bool                   // they are counts of spikes
}

// Check returns an error for numbers that no model can be made of: those that
// are not as expected, those that a model cannot read, held-in neurons that are
// not among those reconstructed. [Dataset.Warnings] tells the rest.
func (d *Dataset) Check(e Expected) error {
	if err := d.CheckValues(e); err != nil {
		return err
	}
	if err := d.CheckFinite(); err != nil {
		return err
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
		if v != 0 {
			return false
		}
	}
	return true
}

// CheckValues checks that the spikes, or whatever the data are, are as expected.
// The error names the first value that is not, how many there are, and what to do.
func (d *Dataset) CheckValues(e Expected) error {
	return d.eachSpikes(func(key string, a *Array, neuron func(int) int) error { return a.checkValues(e, key, neuron) })
}

// CheckFinite checks that what a model reads has no NaN and no infinity. The
// error names the first such value and what to do.
func (d *Dataset) CheckFinite() error {
	err := d.eachSpikes(func(key string, a *Array, neuron func(int) int) error { return a.checkFinite(key, neuron) })
	if err != nil {
		return err
	}
	for _, s := range d.splits() {
		if s.External == nil {
			continue
		}
		if err := s.External.checkFinite(s.name+suffixExternal, same); err != nil {
			return fmt.Errorf("dataset: %s: %w", d.Name, err)
		}
	}
	return nil
}

// eachSpikes calls check for every array of spikes, with its key and the place
// in the file of each of its neurons.
func (d *Dataset) eachSpikes(check func(key string, a *Array, neuron func(int) int) error) error {
	l := d.keys()
	for _, s := range d.splits() {
		encod, recon := l.keysOf(s.name)
		err := check(encod, s.Encod, same)
		if err == nil && s.Recon != nil && s.Recon != s.Encod {
			err = check(recon, s.Recon, d.InFile)
		}
		if err != nil {
			return fmt.Errorf("dataset: %s: %w", d.Name, err)
		}
	}
	return nil
}

func same(i int) int { return i }

func (a *Array) checkFinite(key string, inFile func(int) int) error {
	for i, v := range a.Data {
		if v-v != 0 {
			trial, bin, feature := a.place(i)
			return fmt.Errorf("%s: trial %d, bin %d, feature %d is %g: a model cannot read that; cut the trials that have such values, or fill them in",
				key, trial, bin, inFile(feature), v)
		}
	}
	return nil
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
