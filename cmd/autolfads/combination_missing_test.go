package main

import (
	"math"
	"slices"
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

// hide makes what was not observed NaN. The first value of a split always was:
// a split of which nothing was is refused.
func (r *recorder) hide(split string, spikes []float64, trials int) {
	for i := range spikes {
		neuron, bin, trial := i%r.neurons(), i/r.neurons()%r.all(), i/r.neurons()/r.all()
		if i > 0 && r.hides(split, trial, bin, neuron, trials) {
			spikes[i] = math.NaN()
		}
	}
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
	s, r := c.sizes(), recorder{combination: c, sizes: c.sizes()}
	if c.is("missing", "a neuron") {
		return false // but for its first bin if it is the only one
	}
	for i := 1; i < s.valid*s.all()*s.neurons(); i++ {
		if r.hides("valid", i/s.neurons()/s.all(), i/s.neurons()%s.all(), i%s.neurons(), s.valid) {
			return true
		}
	}
	return false
}
