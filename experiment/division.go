package experiment

import (
	"errors"
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/rng"
)

// divisionSeed makes the order of trials of which all divisions are cut: named once, so
// that nobody chooses it.
const divisionSeed = 15

// Division says how the trials of a recording are divided, once for each split.
type Division struct {
	Splits int // how many, with test sets that share no trial
	Test   int // trials in each
	Valid  int // validation trials
	Train  int // training trials; 0: all that are left
}

// Check returns an error unless n trials are enough.
func (v Division) Check(n int) error {
	if v.Splits < 1 || v.Test < 1 || v.Valid < 1 || v.Train < 0 {
		return fmt.Errorf("%d splits with %d test and %d validation trials make no experiment: give 1 or more of each (--splits, --test, --valid)", v.Splits, v.Test, v.Valid)
	}
	if v.Splits*v.Test > n {
		return fmt.Errorf("%d disjoint test sets of %d trials need %d, and there are %d: lower --splits or --test", v.Splits, v.Test, v.Splits*v.Test, n)
	}
	if left := n - v.Test - v.Valid; left < max(1, v.Train) {
		return fmt.Errorf("of %d trials %d are left to train on, and %d are wanted: lower --test, --valid or --train-trials", n, left, max(1, v.Train))
	}
	return nil
}

// Parts returns which of n trials train, validate and test in a split, each ascending.
// The test sets are slices of one random order of all trials; behind a split's own, as if
// the order were a ring, come its validation trials, then those that train.
func (v Division) Parts(n, split int) (train, valid, test []int) {
	order := rng.NewSource(rng.Derive(divisionSeed, rng.Split)).Perm(n)
	from := split * v.Test
	ring := slices.Concat(order[from:], order[:from])
	test, valid, train = ring[:v.Test], ring[v.Test:v.Test+v.Valid], ring[v.Test+v.Valid:]
	if v.Train > 0 {
		train = train[:v.Train]
	}
	for _, part := range [][]int{train, valid, test} {
		slices.Sort(part)
	}
	return train, valid, test
}

// divide returns a recording divided as a split is, of trials that were pooled again.
func (v Division) divide(d *dataset.Dataset, split int) *dataset.Dataset {
	all := d.Pooled()
	train, valid, test := v.Parts(all.Trials(), split)
	out := *d
	out.Train, out.Valid, out.Test = all.Pick(train), all.Pick(valid), all.Pick(test)
	out.Divided, out.OracleLikelihood = nil, ""
	if out.Order != nil { // names and scales are in the file's order, numbers in the model's
		out.Order, out.Neurons, out.Scale = nil, namesOf(d), nil
	}
	return &out
}

// namesOf are the neurons' ids in the order of the arrays; nil: the file gives none.
func namesOf(d *dataset.Dataset) (names []string) {
	if d.Neurons == nil {
		return nil
	}
	for i := range d.Train.Recon.Features {
		names = append(names, d.NeuronID(i))
	}
	return names
}

// divisible returns an error for a recording whose trials cannot be pooled and divided
// anew.
func divisible(d *dataset.Dataset) error {
	if d.Chop != nil {
		return errors.New("its trials are windows of one recording that overlap: test trials would share bins with training trials; give a file of trials")
	}
	if d.Train == nil || d.Valid == nil || d.Train.Recon == nil || d.Valid.Recon == nil {
		return errors.New("it has no training and validation trials to divide anew")
	}
	return nil
}
