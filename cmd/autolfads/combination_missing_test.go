package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// missingKinds are what may be missing of a recording.
func missingKinds() []string {
	var kinds []string
	for _, f := range fixedFactors() {
		if f.name == "missing" {
			kinds = slices.Clone(f.values[2:])
		}
	}
	return kinds
}

// hasMissing says whether anything is.
func (c combination) hasMissing() bool { return slices.Contains(missingKinds(), c["missing"]) }

// hide makes what was not observed NaN.
func (r *recorder) hide(split string, spikes []float64, trials int) {
	for i := range spikes {
		neuron, bin, trial := i%r.neurons(), i/r.neurons()%r.all(), i/r.neurons()/r.all()
		if !r.keeps(trial, bin, neuron) && r.hides(split, trial, bin, neuron, trials) {
			spikes[i] = math.NaN()
		}
	}
}

// keeps says whether a value was observed whatever else was not: the first of a split,
// or, where neurons are set aside, the first of each neuron. A split of which nothing was
// observed is refused.
func (r *recorder) keeps(trial, bin, neuron int) bool {
	return trial+bin == 0 && (neuron == 0 || !r.is("data.set_aside", "0"))
}

func (r *recorder) hides(split string, trial, bin, neuron, trials int) bool {
	switch r.combination["missing"] {
	case "bins":
		return scatteredAt(trial, bin, neuron)
	case "ends of trials":
		return trial%2 == 1 && bin > r.bins/2
	case "a neuron":
		return neuron == r.neurons()-1
	case "a neuron in training":
		return split == "train" && neuron == r.neurons()-1
	case "a trial":
		return trial == trials-1
	}
	return false
}

// hidesRead says what of the spikes read is missing of them alone.
func (r *recorder) hidesRead(trial, bin, neuron int) bool {
	return r.is("missing", "bins of those read") && trial+bin+neuron > 0 && scatteredAt(trial, bin, neuron)
}

// scatteredAt is true at three places in ten.
func scatteredAt(trial, bin, neuron int) bool { return (trial*7+bin*3+neuron*11)%10 < 3 }

// missesLearned says whether validation trials miss values of neurons that were
// observed in training.
func (c combination) missesLearned() bool {
	r := &recorder{combination: c, sizes: c.sizes()}
	for n := range r.neurons() {
		values := r.train * r.all()
		if missed := r.missed("train", n, r.train); missed < values && r.missed("valid", n, r.valid) > 0 {
			return true
		}
	}
	return false
}

// missed counts what a split misses of a neuron.
func (r *recorder) missed(split string, neuron, trials int) (n int) {
	for trial := range trials {
		for bin := range r.all() {
			if !r.keeps(trial, bin, neuron) && r.hides(split, trial, bin, neuron, trials) {
				n++
			}
		}
	}
	return n
}

// saysMissing looks that a command says what is missing, if anything is.
func (c combination) saysMissing(command, text, words string) error {
	r, missed := &recorder{combination: c, sizes: c.sizes()}, 0
	for n := range r.neurons() {
		missed += r.missed("train", n, r.train)
	}
	if command != "info" && !r.is("data.set_aside", "0") { // of those set aside all may be
		missed = 0
	}
	says := strings.Contains(text, words)
	if says && !c.hasMissing() || !says && missed > 0 {
		return fmt.Errorf("%s says %q: %v, and %d values of training are missing:\n%s", command, words, says, missed, text)
	}
	return nil
}
