package main

import (
	"fmt"
	"math"
	"regexp"
)

// flaw is something for which a row must be refused before training.
type flaw struct {
	name   string
	needs  combination    // values that the row must have for it to be one
	says   *regexp.Regexp // the refusal
	inData bool           // so info must not call the file fine
}

// flaws are refused with any other combination beside them: see errors_test.go
// for all that is refused.
func flaws() []flaw {
	data := func(name, says string, needs combination) flaw {
		return flaw{name, needs, regexp.MustCompile(says), true}
	}
	setting := func(name, says string, needs combination) flaw {
		return flaw{name, needs, regexp.MustCompile(says), false}
	}
	return []flaw{
		// What is read of a neuron that is set aside is used by nothing.
		data("a count that is NaN", `valid_\w+: trial 0, bin 0, \w+ 0 is NaN`, combination{"stored as": "float32", "missing": "none, and refused", "data.set_aside": "0"}),
		data("training without a count", `train_\w+: nothing was observed`, combination{"stored as": "float32", "missing": "none"}),
		data("an input that is infinite", `valid_ext_input: trial 0, bin 0, feature 0 is \+Inf`, combination{"external inputs": "2"}),
		data("behaviour of more trials", `valid_behavior has \d+ trials`, combination{"behaviour": "of bins read"}),
		data("ids of fewer trials", `train_inds has \d+ values for \d+ trials`, combination{"trial ids": "all", "training trials": "3"}),
		data("more neurons in validation", `bins and features must agree`, nil),
		setting("a segment of all bins", `model.ic_segment_bins is \d+, but trials have \d+ bins`, nil),
		setting("a rate above one", `train.dropout_rate is 1.5`, nil),
	}
}

// with is a combination with a flaw.
func (c combination) with(f flaw) combination {
	flawed := combination{"flaw": f.name}
	for _, values := range []combination{c, f.needs} {
		for name, value := range values {
			flawed[name] = value
		}
	}
	return flawed
}

// spoil puts a flaw of single values into an array of a recording.
func (c combination) spoil(key string, a []float64) {
	switch {
	case c.is("flaw", "a count that is NaN") && (key == "valid_encod_data" || key == "valid_data"):
		a[0] = math.NaN()
	case c.is("flaw", "training without a count") && (key == "train_recon_data" || key == "train_data"):
		for i := range a {
			a[i] = math.NaN()
		}
	case c.is("flaw", "an input that is infinite") && key == "valid_ext_input":
		a[0] = math.Inf(1)
	}
}

// flawedSettings are those of a flaw.
func (c combination) flawedSettings() []string {
	switch c["flaw"] {
	case "a segment of all bins":
		return []string{"--set", "model.ic_segment_bins=" + c["bins"]}
	case "a rate above one":
		return []string{"--set", "train.dropout_rate=1.5"}
	}
	return nil
}

// judgeFlaw checks that the row was refused for its flaw, and that info, too,
// has something to say of the file.
func (r *judge) judgeFlaw(refusal string) error {
	for _, f := range flaws() {
		if !r.is("flaw", f.name) {
			continue
		}
		if !f.says.MatchString(refusal) {
			return fmt.Errorf("with %s, run does not say %q: %q", f.name, f.says, refusal)
		}
		if !f.inData {
			return nil
		}
		got := execute(r.t, command(r.infoArgs(r.data)...))
		if got.code != exitError || !f.says.MatchString(got.stderr) {
			return fmt.Errorf("info calls fine what run refuses for %s: exit code %d\n%s%s", f.name, got.code, got.stdout, got.stderr)
		}
		return nil
	}
	return fmt.Errorf("refused, though nothing is wrong with it: %s", refusal)
}
