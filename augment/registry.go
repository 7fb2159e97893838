package augment

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/autolfads/autolfads/internal/registry"
)

// Maker makes an augmentation of a strength, finite and above 0, whose meaning is its
// own: a rate, bins, a deviation. The error says what the strength must be.
type Maker func(strength float64) (Augmentation, error)

// family holds what train.augment may name, in the order in which augmentations
// are applied; those of other modules follow. Coordinated dropout, which has keys of
// its own, comes after all of them (List): what it hides from the encoders must stay
// hidden. Were spikes moved after it, one that is hidden could come into view where
// its own loss term passes gradient.
var family = registry.New[Maker](
	"train.augment",
	registry.Entry[Maker]{Name: "sample_validation", Member: newSampleValidation}, // before what moves data: its mask lies over the recording
	registry.Entry[Maker]{Name: "temporal_shift", Member: newTemporalShift},
	registry.Entry[Maker]{Name: "spike_jitter", Member: newSpikeJitter}, // after the shift: what came in from outside takes no spikes
)

// Register adds an augmentation under a name for train.augment. It is for programs
// that import this module, before they start anything: a run is resumed by programs
// that have it alone. It panics if the name is taken.
func Register(name string, m Maker) { family.Register(name, m) }

// Names returns the names of all augmentations that train.augment may name.
func Names() []string { return family.Names() }

// Strengths are the augmentations in use by name, the keys train.augment.NAME; one
// of strength 0 is off.
type Strengths map[string]float64

// CheckName returns an error that lists the known names if one is not known.
func (Strengths) CheckName(name string) error {
	_, err := family.Get(name)
	return err
}

// Check returns an error for augmentations in use that cannot be applied to data that
// are counts of spikes, or to those that are none.
func (s Strengths) Check(counts bool) error {
	for _, name := range slices.Sorted(maps.Keys(s)) {
		a, err := s.make(name)
		if err != nil {
			return err
		}
		if c, ok := a.(Choosy); ok {
			if err := c.Takes(counts); err != nil {
				return fmt.Errorf("train.augment.%s: %w", name, err)
			}
		}
	}
	return nil
}

// check returns an error for names that are not known, and for strengths that no
// augmentation has. What else a strength must be, its maker knows.
func (s Strengths) check() error {
	for _, name := range slices.Sorted(maps.Keys(s)) {
		if err := s.CheckName(name); err != nil {
			return err
		}
		if v := s[name]; !(v >= 0 && v <= math.MaxFloat64) {
			return fmt.Errorf("train.augment.%s is %v: a strength is a finite number above 0, and 0 is off", name, v)
		}
	}
	return nil
}

// make returns the augmentation of a name that is known; nil if it is off.
func (s Strengths) make(name string) (Augmentation, error) {
	if s[name] == 0 {
		return nil, nil
	}
	maker, err := family.Get(name)
	if err != nil {
		return nil, err
	}
	a, err := maker(s[name])
	if err != nil {
		return nil, fmt.Errorf("train.augment.%s is %v: %w", name, s[name], err)
	}
	return a, nil
}

// wholeBins makes a number of bins of a strength.
func wholeBins(strength float64) (int, error) {
	if strength != math.Trunc(strength) || strength < 1 || strength > mostBins {
		return 0, fmt.Errorf("it is the most bins, a whole number from 1 to %d; give 1, for example", mostBins)
	}
	return int(strength), nil
}

// mostBins is more than any trial has.
const mostBins = 1_000_000

// List returns the augmentations to apply, in order.
func List(s Strengths, dropout CoordinatedDropout) ([]Augmentation, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	var list []Augmentation
	for _, name := range family.Names() {
		a, err := s.make(name)
		if err != nil {
			return nil, err
		}
		if a != nil {
			list = append(list, a)
		}
	}
	if dropout.Rate > 0 {
		list = append(list, dropout)
	}
	return slices.Clip(list), nil
}
