package nlb

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	prepared "github.com/autolfads/autolfads/prepare/nlb"
)

// Prepared returns how the dataset's file was prepared, if it was by `autolfads prepare
// --preset nlb/NAME`.
func Prepared(d *dataset.Dataset) (o prepared.Options, known bool) {
	text, _ := d.Attributes["prepare_options"].(string)
	known = json.Unmarshal([]byte(text), &o) == nil && slices.Contains(prepared.Names(), o.Preset)
	return o, known
}

// Gather makes a submission of rates by split, in the dataset's order of trials and
// neurons. The benchmark's training trials are those that train and those that validate,
// in the file's order; evaluated trials are the split test. Without valid (nil, where the
// file's training trials were divided) behaviour is not decoded.
func Gather(d *dataset.Dataset, train, valid, test *dataset.Array) (*Submission, error) {
	if test == nil {
		return nil, errors.New("there are no rates of the evaluated trials, the split test: infer them with autolfads infer")
	}
	if d.Order != nil {
		return nil, errors.New("neurons read are not the first of those that are reconstructed: the data file is none of the benchmark's")
	}
	s := &Submission{HeldIn: d.First().Encod.Features, Eval: test}
	switch {
	case d.Divided == nil:
		s.Train = train
	case train != nil && valid != nil:
		var err error
		if s.Train, err = together(train, valid, *d.Divided); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// together undoes a division of trials.
func together(train, valid *dataset.Array, by dataset.Division) (*dataset.Array, error) {
	trials := train.Trials + valid.Trials
	if len(by.Validation(trials)) != valid.Trials || train.Bins != valid.Bins || train.Features != valid.Features {
		return nil, fmt.Errorf("rates of training trials are %v, of validation trials %v: a share of %g of the file's validates", train, valid, by.Share)
	}
	all := dataset.NewArray(trials, train.Bins, train.Features)
	for trial, was := range by.Undo(trials) {
		of := train
		if was.Validates {
			of = valid
		}
		copy(all.Trial(trial), of.Trial(was.Trial))
	}
	return all, nil
}
