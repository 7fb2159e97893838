package main

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
)

// outputs looks at the rates that run writes: of every trial, known, positive where they
// must be, with the names of the units and the recording's unit.
func (j *sourceJudge) outputs() (err error) {
	if j.rates, err = readTensors(filepath.Join(j.out, "outputs", "made.h5")); err != nil {
		return err
	}
	for split, n := range j.report.splits() {
		if n > 0 {
			err = errors.Join(err, j.rates.has(split+"_output_params", n, j.report.Bins+j.report.Forward, len(j.report.Units)))
		}
		if !slices.Equal(j.rates.values[split+"_inds"], j.prepared.values[split+"_inds"]) {
			err = errors.Join(err, fmt.Errorf("%s of the rates are %v", split+"_inds", j.rates.values[split+"_inds"]))
		}
	}
	for _, ids := range []string{"unit_ids", "set_aside_ids"} {
		if has, want := j.rates.words[ids], j.prepared.words[ids]; !slices.Equal(has, want) {
			err = errors.Join(err, fmt.Errorf("%s of rates are %q, of trials %q", ids, has, want))
		}
	}
	return errors.Join(err, j.known(j.rates), j.inTheirUnit(j.rates))
}

// known looks that all of trials is a number, and rates positive.
func (j *sourceJudge) known(a *tensors) error {
	positive := !j.is("model.likelihood", "gaussian")
	for key, values := range a.values {
		rates := strings.HasSuffix(key, "_output_params") || key == "rates_hz"
		for i, v := range values {
			if merged := strings.HasPrefix(key, "continuous/"); v-v != 0 && !merged || rates && positive && v <= 0 {
				return fmt.Errorf("%s: value %d of %s is %v", a.path, i, key, v)
			}
		}
	}
	return nil
}

// inTheirUnit looks that means are of the size of the recording's numbers, which are
// tens: those of the file, if these are not scaled.
func (j *sourceJudge) inTheirUnit(a *tensors) error {
	if j.is("signal", "none") {
		return nil
	}
	unit := map[bool]string{false: "uV", true: "uV^2"}[j.is("signal", "lfp")]
	if has := a.words["train_output_params"]; !slices.Equal(has, []string{unit}) {
		return fmt.Errorf("%s: rates are in %q, not in %s", a.path, has, unit)
	}
	if j.is("signal", "lfp") || !j.is("model.likelihood", "gaussian") {
		return nil
	}
	size := 0.
	for _, v := range a.all("output_params") {
		size = max(size, math.Abs(v))
	}
	if scaled := !j.is("scale", "none"); scaled && !(size > .01 && size < 200) {
		return fmt.Errorf("%s: rates of signals of some tens of uV are up to %g", a.path, size)
	}
	return nil
}

// merged looks that outputs of windows are merged over exactly what these cover, each bin
// between the windows that have it.
func (j *sourceJudge) merged() error {
	origin := j.rates.values["continuous/time"]
	if !j.chopped() {
		if origin != nil {
			return errors.New("trials are merged")
		}
		return nil
	}
	key := "continuous/rates_hz"
	if !j.is("model.likelihood", "poisson") {
		key = "continuous/output_params"
	}
	bins, units := len(origin), len(j.report.Units)
	if err := j.rates.has(key, bins, units); err != nil {
		return err
	}
	least, most := j.bounds(bins, units)
	for i, v := range j.rates.values[key] {
		if key == "continuous/rates_hz" {
			v *= j.width() / 1000
		}
		slack := 1e-5 * (math.Abs(most[i]) + 1e-3)
		if covered := !math.IsInf(least[i], 1); covered != (v == v) || covered && !(v >= least[i]-slack && v <= most[i]+slack) {
			return fmt.Errorf("%s, number %d is %g, between %g and %g", key, i, v, least[i], most[i])
		}
	}
	return nil
}

func (j *sourceJudge) width() float64 { return float64(j.number("bin")) }

// bounds are the least and the most that a window has of each bin and unit of the
// recording: infinities where there is none.
func (j *sourceJudge) bounds(bins, units int) (least, most []float64) {
	least, most = slices.Repeat([]float64{math.Inf(1)}, bins*units), slices.Repeat([]float64{math.Inf(-1)}, bins*units)
	rates, starts, window := j.rates.all("output_params"), j.rates.all("start_bin"), j.report.Bins*units
	for w, start := range starts {
		for i, v := range rates[w*window:][:window] {
			at := int(start)*units + i
			least[at], most[at] = min(least[at], v), max(most[at], v)
		}
	}
	return least, most
}

// infer has rates inferred of the file: those of the run; or of the recording: of its
// trials those of the run are, if the model has no noise.
func (j *sourceJudge) infer() error {
	again := filepath.Join(j.dir, "again.h5")
	data := j.made
	if j.is("inferred", "the recording") {
		data = j.source
	}
	if _, err := j.succeeds("infer", j.out, data, "--out", again, "--threads", "1"); err != nil {
		return err
	}
	if data == j.made {
		return sameTensors(j.rates.path, again)
	}
	a, err := readTensors(again)
	if err == nil {
		err = j.known(a)
	}
	if err != nil || j.is("model.variational", "true") {
		return err
	}
	return j.sameTrials(a)
}

// sameTrials looks that rates inferred of the recording's trials are the run's. Windows
// are known by when they begin, trials by their row.
func (j *sourceJudge) sameTrials(a *tensors) error {
	size := (j.report.Bins + j.report.Forward) * len(j.report.Units)
	want := map[float64][]float64{}
	for i, id := range j.marks(j.rates) {
		want[id] = j.rates.all("output_params")[i*size:][:size]
	}
	found, rates := 0, a.all("output_params")
	for i, id := range j.marks(a) {
		w, has := want[id]
		if !has {
			continue
		}
		found++
		for k, v := range rates[i*size:][:size] {
			if math.Abs(v-w[k]) > j.slack()*(math.Abs(w[k])+1e-3) {
				return fmt.Errorf("%s: trial %g, number %d is %g, of the run %g", a.path, id, k, v, w[k])
			}
		}
	}
	if found < len(want) && !j.byUnitsNotRead() {
		return fmt.Errorf("%s has %d of the %d trials of the run", a.path, found, len(want))
	}
	return nil
}

// slack is how far a rate may lie from the run's, as a share of it. Spikes are the same,
// and so are rates. Of signals the scale, and the least that an envelope is raised to, 1 %
// of its mean, are those of the trials there are, which may be more than the run had.
func (j *sourceJudge) slack() float64 {
	if j.is("signal", "none") {
		return 0
	}
	return 1e-3
}

// byUnitsNotRead reports whether which windows there are depends on units that the model
// does not read: on when these were observed, or on their first and last spike.
func (j *sourceJudge) byUnitsNotRead() bool {
	counted := j.chopped() || j.is("observed", "in intervals")
	return counted && (!j.is("held out", "none") || !j.is("set aside", "none") || j.is("correlated", "dropped") || j.is("units", "rate"))
}

// marks say which each trial is: its row, or when its window begins, in ms.
func (j *sourceJudge) marks(a *tensors) []float64 {
	if !j.chopped() {
		return a.all("inds")
	}
	marks := a.all("start_bin")
	for i, bin := range marks {
		marks[i] = math.Round(1000 * a.values["continuous/time"][int(bin)])
	}
	return marks
}
