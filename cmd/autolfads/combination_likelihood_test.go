package main

import (
	"slices"

	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/likelihood"
)

// wholeNumbers are the kinds of storage that hold no others.
func wholeNumbers() []string { return []string{"int8", "uint8", "uint16", "int64"} }

// spikeKinds are values of the factor spikes, each with numbers that it has.
var spikeKinds = []struct {
	kind    string
	numbers []float32
	whole   bool
}{
	{"ordinary", []float32{0, 1, 2}, true},
	{"a silent neuron", []float32{0, 1, 2}, true},
	{"none in validation", []float32{0, 1, 2}, true},
	{"real numbers", []float32{-.3, .1}, false},
	{"positive numbers", []float32{.6, 1.3}, false},
}

// choosyLikelihoods are the pairs of likelihoods and of data that they cannot have.
func choosyLikelihoods() []clash {
	var all []clash
	for _, name := range likelihood.Names() {
		counts := false
		for _, s := range spikeKinds {
			if allows(name, s.numbers) {
				counts = counts || s.whole
			} else {
				all = append(all, clash{"spikes", s.kind, "model.likelihood", name})
			}
		}
		for _, stored := range wholeNumbers() {
			if !counts {
				all = append(all, clash{"stored as", stored, "model.likelihood", name})
			}
		}
	}
	return all
}

// allows says whether data may be all of some numbers.
func allows(name string, numbers []float32) bool {
	c := lfads.DefaultConfig()
	c.Likelihood = name
	l, err := c.NewLikelihood()
	return err == nil && !slices.ContainsFunc(numbers, func(y float32) bool { return l.Check(y) != "" })
}

// parameters are the data sets of a likelihood's parameters, for each split.
func (r *judge) parameters() (names []string) {
	c := lfads.DefaultConfig()
	c.Likelihood = r.combination["model.likelihood"]
	l, _ := c.NewLikelihood()
	for _, p := range likelihood.ParametersOf(l) {
		names = append(names, "_output_"+p.Name)
	}
	return names
}
