package main

import (
	"slices"

	"github.com/autolfads/autolfads/prepare"
)

// otherwiseFlags say what of a recording is not as it was of the one that a model was
// trained on.
type otherwiseFlags struct {
	Trials         string   `help:"Table of trials." placeholder:"TABLE" group:"If a recording is not as the run's:"`
	Align          string   `help:"Column of the moments that trials are aligned to." placeholder:"COLUMN" group:"If a recording is not as the run's:"`
	AlignFromStart bool     `help:"That column counts from each trial's start, not from the recording's." group:"If a recording is not as the run's:"`
	Window         string   `help:"Of each trial, in ms about its moment: --window=-250..450." placeholder:"A..B" group:"If a recording is not as the run's:"`
	Where          []string `help:"Infer trials of which a condition on their columns is true. Of several all must be." placeholder:"CONDITION" sep:"none" group:"If a recording is not as the run's:"`
	External       []string `help:"Stream that the model is told as an external input. Can be given again." placeholder:"NAME" sep:"none" group:"If a recording is not as the run's:"`
}

// options are what the flags say; nil: nothing.
func (f *otherwiseFlags) options() (*prepare.Options, error) {
	if !slices.Contains([]bool{f.Trials != "", f.Align != "", f.AlignFromStart, f.Window != "", len(f.Where) > 0, len(f.External) > 0}, true) {
		return nil, nil
	}
	o := &prepare.Options{
		Table: f.Trials, Align: f.Align, FromStart: f.AlignFromStart, Where: allOf(f.Where),
		Behavior: prepare.BehaviorOptions{Inputs: f.External},
	}
	if f.Window == "" {
		return o, nil
	}
	w, err := prepare.ParseWindow(f.Window)
	o.Window = &w
	return o, err
}
