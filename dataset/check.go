package dataset

import (
	"errors"
	"fmt"
	"math"
)

// Kind is what the numbers of a recording are: limits differ.
type Kind int

// Kinds of numbers.
const (
	Counts     Kind = iota // of spikes in a bin: whole numbers from 0 on
	Continuous             // any finite number
)

// mostCount is more spikes than a neuron can fire in any bin: 100 s at 1 kHz
// are a tenth of it.
const mostCount = 1e6

// Check returns an error for numbers that no model can be made of: those that
// are not of the kind, those that a model cannot read, held-in neurons that are
// not among those reconstructed. [Dataset.Warnings] tells the rest.
func (d *Dataset) Check(k Kind) error {
	if k == Counts {
		if err := d.CheckCounts(); err != nil {
			return err
		}
	}
	if err := d.CheckFinite(); err != nil {
		return err
	}
	if k == Counts && !d.alone && d.silent() {
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

// CheckCounts checks that the spikes can be counts, which a Poisson likelihood
// needs: no NaN, nothing negative, nothing fractional, nothing beyond all
// reason. The error names the first such value, how many there are, and what to
// do.
func (d *Dataset) CheckCounts() error {
	return d.eachSpikes(func(key string, a *Array, neuron func(int) int) error { return a.checkCounts(key, neuron) })
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

func (a *Array) checkCounts(key string, inFile func(int) int) error {
	first, bad := -1, 0
	for i, v := range a.Data {
		if notCount(v) {
			if first < 0 {
				first = i
			}
			bad++
		}
	}
	if bad == 0 {
		return nil
	}
	trial, bin, neuron := a.place(first)
	v := a.Data[first]
	return fmt.Errorf("%s: trial %d, bin %d, neuron %d is %g, not a count of spikes (%d such values of %d): %s",
		key, trial, bin, inFile(neuron), v, bad, len(a.Data), remedy(v))
}

func notCount(v float32) bool {
	return !(v >= 0 && v <= mostCount) || v != float32(math.Trunc(float64(v)))
}

// remedy says what usually causes such a value and what to do.
func remedy(v float32) string {
	switch f := float64(v); {
	case f != f:
		return "NaN marks missing bins; cut the trials that have them or fill the bins"
	case f < 0 || math.IsInf(f, 1):
		return "counts cannot be that; the array may hold something else, such as centred or scaled spikes. A Gaussian likelihood takes any number (--set model.likelihood=gaussian)"
	case f > mostCount:
		return "no neuron fires so often in one bin; a fill value or an overflow, perhaps: cut the trials that have such values, or correct them"
	}
	return "a Poisson likelihood needs whole counts; bin the spikes without smoothing or scaling, or choose a Gaussian likelihood (--set model.likelihood=gaussian)"
}

func (a *Array) place(i int) (trial, bin, feature int) {
	feature = i % a.Features
	i /= a.Features
	return i / a.Bins, i % a.Bins, feature
}
