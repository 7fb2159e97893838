package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// sourceReport is of prepare's report what rows are judged by.
type sourceReport struct {
	Bins     int                        `json:"bins"`
	Forward  int                        `json:"forward_bins"`
	Trials   int                        `json:"trials"`
	Of       int                        `json:"trials_of"`
	Dropped  []struct{ Trials []int64 } `json:"dropped"`
	Units    []struct{ ID string }      `json:"units"`
	HeldOut  []string                   `json:"units_held_out"`
	SetAside []string                   `json:"units_set_aside"`
	Train    int                        `json:"train"`
	Valid    int                        `json:"valid"`
	Test     int                        `json:"test"`
	Behavior []struct{ Features []string }
}

func (r *sourceReport) splits() map[string]int {
	return map[string]int{"train": r.Train, "valid": r.Valid, "test": r.Test}
}

// prepare makes trials, with a report that adds up.
func (j *sourceJudge) prepare() error {
	got, err := j.succeeds(j.prepareArgs()...)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(got.stdout), &j.report); err != nil {
		return fmt.Errorf("prepare --json: %w: %s", err, got.stdout)
	}
	r := &j.report
	dropped := 0
	for _, d := range r.Dropped {
		dropped += len(d.Trials)
	}
	if r.Train+r.Valid+r.Test != r.Trials || r.Trials+dropped != r.Of {
		return fmt.Errorf("the report's trials do not add up: %s", got.stdout)
	}
	if width := j.number("bin"); r.Bins != j.windowMs()/width || r.Forward != j.number("forward")/width {
		return fmt.Errorf("%d bins and %d forward: %s", r.Bins, r.Forward, got.stdout)
	}
	return nil
}

// windowMs is how long trials are.
func (j *sourceJudge) windowMs() int {
	if j.is("windows", "rows") {
		return 400
	}
	return 200
}

// file looks that what was made has the arrays and names that the row is of, with values
// where these must be.
func (j *sourceJudge) file() (err error) {
	if j.prepared, err = readTensors(j.made); err != nil {
		return err
	}
	a, r := j.prepared, &j.report
	units, read, all := len(r.Units), len(r.Units)-len(r.HeldOut), r.Bins+r.Forward
	for split, n := range r.splits() {
		if n == 0 {
			continue
		}
		err = errors.Join(err, a.has(split+"_recon_data", n, all, units), a.has(split+"_encod_data", n, r.Bins, read), a.has(split+"_inds", n))
		if aside := len(r.SetAside); aside > 0 {
			err = errors.Join(err, a.has(split+"_set_aside_data", n, all, aside))
		}
		if dims := j.dimensions(); dims > 0 {
			err = errors.Join(err, a.has(split+"_behavior", n, r.Bins, dims))
		}
		if j.is("external", "stream") {
			err = errors.Join(err, a.has(split+"_ext_input", n, all, len(a.values[split+"_ext_input"])/n/all))
		}
		if j.is("condition", "side") {
			err = errors.Join(err, a.has(split+"_condition", n))
		}
	}
	if aside := len(a.words["set_aside_ids"]); aside != len(r.SetAside) || (aside == 0) != j.is("set aside", "none") {
		err = errors.Join(err, fmt.Errorf("set aside are %q", a.words["set_aside_ids"]))
	}
	if err == nil && len(a.words["unit_ids"]) != units || len(a.words["behavior_names"]) != j.dimensions() {
		err = fmt.Errorf("units %q and behaviour %q", a.words["unit_ids"], a.words["behavior_names"])
	}
	return errors.Join(err, j.counts(), j.readAsReconstructed())
}

// dimensions are those of behaviour.
func (j *sourceJudge) dimensions() int {
	n := map[string]int{"stream": 2, "feature": 1, "velocity": 2, "held": 2, "column": 1, "two": 3}
	return n[j.combination["behaviour"]]
}

// counts looks that spikes are whole numbers, some of them not 0, and that what is not
// known is not known for a reason.
func (j *sourceJudge) counts() error {
	gaps, sum := 0, 0.
	values := j.prepared.all("recon_data")
	for _, v := range values {
		switch {
		case v != v:
			gaps++
		case j.is("signal", "none") && v != math.Trunc(v), v < 0 && (j.is("signal", "none") || j.is("signal", "emg") || j.is("signal", "lfp")):
			return fmt.Errorf("%s has %g", j.made, v)
		default:
			sum += math.Abs(v)
		}
	}
	if mayLack := j.is("observed", "in intervals") && j.is("signal", "none"); sum == 0 || gaps > 0 && !mayLack || 4*gaps > len(values) {
		return fmt.Errorf("%s: %d of %d numbers are not known, and others are %g together", j.made, gaps, len(values), sum)
	}
	return nil
}

// readAsReconstructed looks that what the model reads is what it reconstructs, but
// without forward bins and what is held out.
func (j *sourceJudge) readAsReconstructed() error {
	r := &j.report
	units, read, all := len(r.Units), len(r.Units)-len(r.HeldOut), r.Bins+r.Forward
	whole, part := j.prepared.all("recon_data"), j.prepared.all("encod_data")
	for i, v := range part {
		row, unit := i/read, i%read
		if w := whole[(row/r.Bins*all+row%r.Bins)*units+unit]; v != w && (v == v || w == w) {
			return fmt.Errorf("%s: number %d that is read is %g, and %g is reconstructed", j.made, i, v, w)
		}
	}
	return nil
}

// info must read what was made.
func (j *sourceJudge) info() error {
	likelihood := "model.likelihood=" + j.combination["model.likelihood"]
	got, err := j.succeeds("info", j.made, "--set", likelihood, "--json")
	if err != nil {
		return err
	}
	var said struct {
		Bins    int `json:"bins"`
		Forward int `json:"forward_bins"`
		HeldIn  int `json:"held_in"`
		HeldOut int `json:"held_out"`
	}
	r := &j.report
	if err := json.Unmarshal([]byte(got.stdout), &said); err != nil || said.Bins != r.Bins || said.Forward != r.Forward || said.HeldOut != len(r.HeldOut) || said.HeldIn+said.HeldOut != len(r.Units) {
		return fmt.Errorf("info --json (%w) of %d bins, %d units: %s", err, r.Bins, len(r.Units), got.stdout)
	}
	if got, err = j.succeeds("info", j.made, "--set", likelihood); err == nil && strings.Contains(got.stdout, "continuous ") != j.chopped() {
		err = fmt.Errorf("info says\n%s", got.stdout)
	}
	return err
}

// chopped reports whether trials are windows of a continuous recording.
func (j *sourceJudge) chopped() bool {
	return slices.Contains([]string{"chopped", "chopped by half", "chopped in rows", "chopped side by side"}, j.combination["windows"])
}
