package main

import (
	"fmt"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/likelihood"
)

// augmentations are a factor each: off, or of a strength that it takes.
func augmentations() []factor {
	var all []factor
	for _, name := range augment.Names() {
		all = append(all, factor{name: "train.augment." + name, values: []string{"0", fmt.Sprint(strengthOf(name))}})
	}
	return all
}

// strengthOf returns a strength that an augmentation takes.
func strengthOf(name string) float64 {
	for _, strength := range []float64{2, .3} {
		if _, err := augment.List(augment.Strengths{name: strength}, augment.CoordinatedDropout{}); err == nil {
			return strength
		}
	}
	panic(fmt.Sprintf("train.augment.%s takes neither 2 nor .3: give it a strength to try", name))
}

// choosyAugmentations are the pairs of augmentations and of data that they cannot be
// applied to.
func choosyAugmentations() []clash {
	var all []clash
	for _, name := range augment.Names() {
		strength := strengthOf(name)
		if (augment.Strengths{name: strength}).Check(false) == nil {
			continue
		}
		key, value := "train.augment."+name, fmt.Sprint(strength)
		for _, spikes := range []string{"real numbers", "positive numbers"} {
			all = append(all, clash{"spikes", spikes, key, value})
		}
		for _, of := range likelihood.Names() {
			if l, err := likelihood.New(of, likelihood.Settings{}); err == nil && !l.Counts() {
				all = append(all, clash{"model.likelihood", of, key, value})
			}
		}
	}
	return all
}
