package main

import "github.com/autolfads/autolfads/prepare"

// windowFlags say which stretches of a recording become trials.
type windowFlags struct {
	Trials         string `help:"Table of trials, if the recording has several." placeholder:"TABLE" group:"Trials:"`
	Align          string `help:"Column of the moments that trials are aligned to; start_time if not given." placeholder:"COLUMN" group:"Trials:"`
	AlignFromStart bool   `help:"That column counts from each trial's start, not from the recording's." group:"Trials:"`
	Window         string `help:"Of each trial, in ms about its moment: --window=-250..450; to the end of the shortest trial if not given." placeholder:"A..B" group:"Trials:"`
	Condition      string `help:"Column of the trials' conditions." placeholder:"COLUMN" group:"Trials:"`
}

func (f *windowFlags) fillWindow(o *prepare.Options) error {
	o.Table, o.Align, o.FromStart, o.Condition = f.Trials, f.Align, f.AlignFromStart, f.Condition
	if f.Window == "" {
		return nil
	}
	w, err := prepare.ParseWindow(f.Window)
	o.Window = &w
	return err
}
