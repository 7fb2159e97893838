package ingest

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/tree"
)

// namesRate are names of the sampling rate of times in samples.
var namesRate = []string{"sample_rate", "sampling_rate", "sampling_frequency", "fs", "samplerate", "sr"}

// clock returns by how much spike times are divided to be in seconds. What an
// attribute of theirs says of their unit goes first; else times of an integer type,
// or all whole, are in samples of the rate that the user says, or the file.
func (a *arrays) clock(g tree.Group, all []tree.Array) (float64, error) {
	rate := a.rate(g)
	if a.options.SampleRate > 0 {
		rate = a.options.SampleRate
	}
	for _, times := range all {
		if times == nil || sizeOf(times.Shape()) == 0 {
			continue
		}
		if per := a.unitOf(times); per > 0 {
			return per, nil
		}
		if !strings.Contains(times.Type(), "int") {
			return a.secondsOr(times, rate)
		}
		if !(rate > 0) || math.IsInf(rate, 0) {
			return 0, fmt.Errorf("%s holds whole numbers (%s): samples, and no rate is said: add --sample-rate HZ (1000 if they are milliseconds), or store times in seconds as floating point", times.Path(), times.Type())
		}
		return rate, nil
	}
	return 1, nil
}

// rate is the sampling rate that the file says; 0: none.
func (a *arrays) rate(g tree.Group) (rate float64) {
	for _, name := range namesRate {
		if v, ok := a.scalar(g, firstOf(g, []string{name})); ok && rate == 0 {
			rate = v
		}
		if v, ok, err := tree.Number(g, name); err == nil && ok && rate == 0 {
			rate = v
		}
	}
	return rate
}

// unitOf is how many of the unit that an attribute of times names make a second;
// 0: none does.
func (a *arrays) unitOf(times tree.Array) float64 {
	for _, name := range namesUnit {
		word, _ := tree.Text(times, name)
		if per := timeUnits[strings.ToLower(strings.TrimSpace(word))]; per > 0 {
			if per > 1 {
				a.note("spike times are in %s, by the attribute %s of %s", strings.TrimSpace(word), name, times.Path())
			}
			return per
		}
	}
	return 0
}

// secondsOr is the clock of times that are no integers: seconds, unless all of
// the first unit's are whole, as samples are, and a rate is known.
func (a *arrays) secondsOr(times tree.Array, rate float64) (float64, error) {
	first, err := headOf(times)
	if err == nil && a.options.SampleRate > 0 && !areWhole(first) {
		a.note("spike times have fractions and are taken for seconds: --sample-rate is not used")
	}
	if err != nil || len(first) < 3 || !areWhole(first) {
		return 1, err
	}
	if rate > 0 {
		a.note("spike times are whole numbers: they are taken for samples at %g Hz", rate)
		return rate, nil
	}
	a.note("spike times are whole numbers, taken for seconds: if they are samples, say --sample-rate HZ; if they are milliseconds, --sample-rate 1000")
	return 1, nil
}

// headOf are the first times of an array; none, if they do not lie along one axis.
func headOf(times tree.Array) ([]float64, error) {
	n, ok := lengthOf(times.Shape())
	if !ok {
		return nil, nil
	}
	head, err := part(times, 0, min(n, 1000))
	if err != nil {
		return nil, err
	}
	first, err := head.Float64s()
	return slices.DeleteFunc(first, math.IsNaN), err
}
