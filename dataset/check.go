package dataset

import (
	"fmt"
	"math"
)

// CheckCounts checks that the spikes can be counts, which a Poisson likelihood
// needs: no NaN, nothing negative, nothing fractional. The error names the
// first such value, how many there are, and what to do.
func (d *Dataset) CheckCounts() error {
	l := d.keys()
	for _, s := range d.splits() {
		if err := s.Encod.checkCounts(s.name + l.encod); err != nil {
			return fmt.Errorf("dataset: %s: %w", d.Name, err)
		}
		if s.Recon == nil || s.Recon == s.Encod {
			continue
		}
		if err := s.Recon.checkCounts(s.name + l.recon); err != nil {
			return fmt.Errorf("dataset: %s: %w", d.Name, err)
		}
	}
	return nil
}

// CheckFinite checks that what a model reads has no NaN and no infinity. The
// error names the first such value and what to do.
func (d *Dataset) CheckFinite() error {
	l := d.keys()
	for _, s := range d.splits() {
		for _, p := range []struct {
			suffix string
			a      *Array
		}{{l.encod, s.Encod}, {l.recon, s.Recon}, {suffixExternal, s.External}} {
			if err := p.a.checkFinite(s.name + p.suffix); err != nil {
				return fmt.Errorf("dataset: %s: %w", d.Name, err)
			}
		}
	}
	return nil
}

func (a *Array) checkFinite(key string) error {
	if a == nil {
		return nil
	}
	for i, v := range a.Data {
		if v-v != 0 {
			trial, bin, feature := a.place(i)
			return fmt.Errorf("%s: trial %d, bin %d, feature %d is %g: a model cannot read that; cut the trials that have such values, or fill them in",
				key, trial, bin, feature, v)
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

func (a *Array) checkCounts(key string) error {
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
		key, trial, bin, neuron, v, bad, len(a.Data), remedy(v))
}

func notCount(v float32) bool {
	return !(v >= 0) || v != float32(math.Trunc(float64(v))) || math.IsInf(float64(v), 1)
}

// remedy says what usually causes such a value and what to do.
func remedy(v float32) string {
	switch f := float64(v); {
	case f != f:
		return "NaN marks missing bins; cut the trials that have them or fill the bins"
	case f < 0 || math.IsInf(f, 1):
		return "counts cannot be that; the array may hold something else, such as centred or scaled spikes"
	}
	return "a Poisson likelihood needs whole counts; bin the spikes without smoothing or scaling, or choose a Gaussian likelihood"
}

func (a *Array) place(i int) (trial, bin, feature int) {
	feature = i % a.Features
	i /= a.Features
	return i / a.Bins, i % a.Bins, feature
}

// check checks that the arrays fit each other.
func (d *Dataset) check() error {
	l := d.keys()
	for _, s := range d.splits() {
		switch {
		case s.Split == nil || s.Encod == nil:
			return fmt.Errorf("no %s%s", s.name, l.encod)
		case s.Recon == nil && s.name != "test":
			return fmt.Errorf("no %s%s: only a test split may lack it", s.name, l.recon)
		}
		if err := s.check(s.name, l, d.Train.Recon); err != nil {
			return err
		}
	}
	for _, s := range d.splits()[1:] {
		for _, p := range []struct {
			suffix string
			a, b   *Array
		}{{l.encod, d.Train.Encod, s.Encod}, {l.recon, d.Train.Recon, s.Recon}, {suffixExternal, d.Train.External, s.External}} {
			if err := sameShape(p.suffix, s.name, p.a, p.b); err != nil {
				return err
			}
		}
	}
	return nil
}

// sameShape compares the bins and features of an array in two splits.
func sameShape(suffix, split string, train, other *Array) error {
	testWithoutRecon := split == "test" && other == nil && suffix != suffixExternal
	if testWithoutRecon || train == nil && other == nil {
		return nil
	}
	if train == nil || other == nil || train.Bins != other.Bins || train.Features != other.Features {
		return fmt.Errorf("train%s has %v, %s%s has %v: bins and features must agree", suffix, train, split, suffix, other)
	}
	return nil
}

// check compares the arrays of one split with its spikes; train has the bins
// and neurons of a split without reconstructed spikes.
func (s *Split) check(name string, l *layout, train *Array) error {
	e := s.Encod
	if e.Trials == 0 || e.Bins == 0 || e.Features == 0 {
		return fmt.Errorf("%s%s is empty: it has %v", name, l.encod, e)
	}
	all := s.Recon
	if all == nil {
		all = &Array{Trials: e.Trials, Bins: train.Bins, Features: train.Features}
	}
	if all.Bins < e.Bins || all.Features < e.Features {
		return fmt.Errorf("%s%s has %v, %s%s has %v: it must hold at least the bins and neurons read",
			name, l.recon, all, name, l.encod, e)
	}
	for _, p := range []struct {
		suffix         string
		a              *Array
		bins, features int // 0: any
	}{
		{l.recon, s.Recon, 0, 0},
		{suffixTruth, s.Truth, all.Bins, all.Features},
		{suffixExternal, s.External, all.Bins, 0},
		{suffixLatents, s.Latents, all.Bins, 0},
		{suffixBehavior, s.Behavior, 0, 0},
	} {
		a := p.a
		if a != nil && (a.Trials != e.Trials || p.bins > 0 && a.Bins != p.bins || p.features > 0 && a.Features != p.features) {
			return fmt.Errorf("%s%s has %v, which does not fit the spikes' %v", name, p.suffix, a, all)
		}
	}
	return s.checkPerTrial(name)
}

func (s *Split) checkPerTrial(name string) error {
	for _, p := range []struct {
		suffix string
		v      []int64
	}{{suffixTrialIDs, s.TrialIDs}, {suffixesCondition[0], s.Condition}} {
		if p.v != nil && len(p.v) != s.Encod.Trials {
			return fmt.Errorf("%s%s has %d values for %d trials", name, p.suffix, len(p.v), s.Encod.Trials)
		}
	}
	return nil
}
