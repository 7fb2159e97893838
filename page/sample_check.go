package page

import (
	"errors"
	"fmt"
	"slices"
)

// check says what is wrong with a sample from a file: whoever draws it counts on its shapes.
func (k *kept) check() error {
	if k.Format != Format {
		return fmt.Errorf("its format is %d, and that of this program %d", k.Format, Format)
	}
	if k.Sample == nil {
		return nil
	}
	return k.Sample.check()
}

func (s *Sample) check() error {
	trials, neurons, conditions := len(s.Trials), len(s.Neurons), len(s.Conditions)
	if s.Bins < 1 || s.Read < 0 || s.Read > s.Bins || trials == 0 || neurons == 0 {
		return fmt.Errorf("%d trials of %d neurons and %d bins, of which %d are read", trials, neurons, s.Bins, s.Read)
	}
	for _, t := range s.Trials {
		if t.Condition < -1 || t.Condition >= conditions {
			return fmt.Errorf("a trial of condition %d of %d", t.Condition, conditions)
		}
	}
	for _, a := range []struct {
		name                 string
		of                   *Array
		needed               bool
		trials, bins, values int // below 0: any
	}{
		{"rates", s.Rates, true, trials, s.Bins, neurons},
		{"true rates", s.Truth, false, trials, s.Bins, neurons},
		{"factors", s.Factors, false, trials, -1, -1},
		{"inputs", s.Inputs, false, trials, -1, -1},
	} {
		if err := a.of.fits(a.needed, a.trials, a.bins, a.values); err != nil {
			return fmt.Errorf("%s: %w", a.name, err)
		}
	}
	if err := s.checkSpikes(); err != nil {
		return fmt.Errorf("spikes: %w", err)
	}
	return errors.Join(s.Space.check(trials, conditions), s.Means.check(s), s.Behavior.check(trials))
}

// checkSpikes checks what was measured against the rates, which are known to fit. It alone may be
// sparse: rates have a byte for each number, so no more numbers come of a file than it has bytes.
func (s *Sample) checkSpikes() error {
	a := s.Spikes
	if a == nil || !a.Sparse {
		return a.fits(true, s.Rates.Shape...)
	}
	if !slices.Equal(a.Shape, s.Rates.Shape) {
		return fmt.Errorf("an array of shape %v, where %v is due", a.Shape, s.Rates.Shape)
	}
	return a.check()
}

// fits says whether an array has a shape, of which numbers below 0 may be any, and a byte for each
// of its numbers.
func (a *Array) fits(needed bool, shape ...int) error {
	switch {
	case a == nil && needed:
		return errors.New("there are none")
	case a == nil:
		return nil
	case a.Sparse:
		return errors.New("steps from event to event, which only spikes have")
	}
	if err := a.check(); err != nil {
		return err
	}
	for i, n := range shape {
		if n >= 0 && a.Shape[i] != n {
			return fmt.Errorf("an array of shape %v, where %v is due", a.Shape, shape)
		}
	}
	return nil
}

func (s *Space) check(trials, conditions int) error {
	if s == nil {
		return nil
	}
	if err := s.Trials.fits(true, trials, -1, len(s.Share)); err != nil {
		return fmt.Errorf("the factors' space: %w", err)
	}
	return s.Means.fits(false, conditions, -1, len(s.Share))
}

func (m *Means) check(s *Sample) error {
	if m == nil {
		return nil
	}
	for _, list := range []struct {
		places []int
		of     int
	}{{m.Conditions, len(s.Conditions)}, {m.Neurons, len(s.Neurons)}} {
		for _, at := range list.places {
			if at < 0 || at >= list.of {
				return fmt.Errorf("means by condition: place %d of %d", at, list.of)
			}
		}
	}
	if len(m.Trials) != len(m.Conditions) {
		return errors.New("means by condition: numbers of trials do not fit")
	}
	for _, a := range []*Array{m.Data, m.Rates} {
		if err := a.fits(true, len(m.Conditions), s.Bins, len(m.Neurons)); err != nil {
			return fmt.Errorf("means by condition: %w", err)
		}
	}
	return nil
}

func (b *Behavior) check(trials int) error {
	if b == nil {
		return nil
	}
	if err := b.Measured.fits(true, trials, -1, len(b.Names)); err != nil {
		return fmt.Errorf("behaviour: %w", err)
	}
	if err := b.Decoded.fits(false, trials, b.Measured.Shape[1], len(b.Names)); err != nil {
		return fmt.Errorf("decoded behaviour: %w", err)
	}
	if len(b.Plane) != 0 && len(b.Plane) != 2 {
		return fmt.Errorf("a plane of %d outputs", len(b.Plane))
	}
	for _, at := range b.Plane {
		if at < 0 || at >= len(b.Names) {
			return fmt.Errorf("a plane of output %d of %d", at, len(b.Names))
		}
	}
	return nil
}
