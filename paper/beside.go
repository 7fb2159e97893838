package paper

import (
	"fmt"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/dataset"
)

// What tables and figures call methods. Smoothing is of the width that suits what it is
// asked, chosen on training trials.
const (
	autoLFADS    = "AutoLFADS"
	randomSearch = "random search"
	gpfaMethod   = "GPFA"
	smoothing    = "smoothing"
	knownRates   = "true rates"
)

// besideSeed is of the searches of experiments that set a population beside older methods.
const besideSeed = 1

// besideUnits and besideBatch are of the models of such an experiment in quick: so many
// trials in a batch leave a small set enough optimiser steps.
const (
	besideUnits = 48
	besideBatch = 16
)

// besideSize is how long models train in quick: a member of a population in its first
// generation, in each that follows, and in how many.
type besideSize struct{ first, each, generations int }

// epochs are those of a member, and of each model of the random search beside it.
func (z besideSize) epochs() int { return z.first + (z.generations-1)*z.each }

// settings are those of all models.
func (z besideSize) settings(s Scale) []string {
	all := append(sized(scaled(s, 4, besideUnits, 0)), ramped(z.first/2)...)
	return append(all, fmt.Sprintf("train.batch_size=%d", besideBatch))
}

// population is the population on a set: in quick of 4 members.
func (z besideSize) population(l *Lab, s *Set) *Run {
	r := &Run{Label: "population", Set: s, Search: autolfads.PBT, Seed: besideSeed}
	if l.Scale == Full {
		return r
	}
	r.Settings = append(z.settings(l.Scale), fmt.Sprintf("pbt.members=%d", scaled(l.Scale, 2, 4, 0)), "pbt.stop_errors=0",
		fmt.Sprintf("pbt.first_generation_epochs=%d", z.first), fmt.Sprintf("pbt.epochs_per_generation=%d", z.each), fmt.Sprintf("pbt.max_generations=%d", z.generations))
	return r
}

// random is the random search beside it: in quick of 8 models, so of twice the epochs.
func (z besideSize) random(l *Lab, s *Set) *Run {
	r := &Run{Label: randomSearch, Set: s, Search: autolfads.Random, Seed: besideSeed, Settings: randomSettings(l, besideUnits)}
	if l.Scale != Full {
		r.Settings = append(z.settings(l.Scale), fmt.Sprintf("pbt.members=%d", scaled(l.Scale, 3, 8, 0)), fmt.Sprintf("train.max_epochs=%d", z.epochs()))
	}
	return r
}

// givenOr is the set that was given or, without, the one that is made. One that an experiment
// cannot measure is an error before anything is trained.
func (l *Lab) givenOr(made func() (*Set, error), check func(d *dataset.Dataset) error) (*Set, error) {
	s, err := l.GivenSet()
	if s == nil && err == nil {
		return made()
	}
	if err != nil {
		return nil, err
	}
	d, err := s.Load()
	if err == nil {
		err = check(d)
	}
	return s, err
}

// hasBehavior is an error of data without behaviour.
func hasBehavior(d *dataset.Dataset) error {
	if d.Train.Behavior == nil || d.Valid.Behavior == nil {
		return fmt.Errorf("%s has no behaviour, and that is what is decoded", d.Name)
	}
	return nil
}

// plan is a population and a random search of a set.
func (z besideSize) plan(l *Lab, made func() (*Set, error), check func(d *dataset.Dataset) error) (*Plan, error) {
	s, err := l.givenOr(made, check)
	if err != nil {
		return nil, err
	}
	if l.Scale == tiny {
		z = besideSize{2, 1, 2}
	}
	return &Plan{Seeds: []uint64{besideSeed}, Sets: []*Set{s}, Runs: []*Run{z.population(l, s), z.random(l, s)}}, nil
}
