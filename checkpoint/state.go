package checkpoint

import (
	"fmt"
	"maps"
	"slices"
)

// State is a member between two epochs.
type State struct {
	// Names and Shapes describe the tensors in order; Params, AdamM and AdamV
	// (first and second moment) are their concatenations, row-major.
	Names                []string
	Shapes               [][]int
	Params, AdamM, AdamV []float32

	Epoch int // completed epochs over the member's life
	Step  int // optimiser steps over the member's life

	Score        float64 // smoothed validation reconstruction loss; NaN before the first epoch
	LearningRate float64 // of the next step
	Schedule     Schedule
	Hyper        map[string]float64 // hyper-parameters in force, by configuration key
}

// Schedule is the memory of the learning-rate schedule and of early stopping
// in single models; a population uses neither.
type Schedule struct {
	Best      float64 // lowest smoothed score so far
	BestEpoch int     // the epoch that reached it
	BadEpochs int     // epochs since it, or since the last decay of the learning rate
	Stopped   bool    // training is over
}

// Clone returns a copy that shares nothing with s.
func (s *State) Clone() *State {
	c := *s
	c.Names = slices.Clone(s.Names)
	c.Shapes = slices.Clone(s.Shapes)
	for i, shape := range c.Shapes {
		c.Shapes[i] = slices.Clone(shape)
	}
	c.Params, c.AdamM, c.AdamV = slices.Clone(s.Params), slices.Clone(s.AdamM), slices.Clone(s.AdamV)
	c.Hyper = maps.Clone(s.Hyper)
	return &c
}

// check panics if the parts of s do not fit together.
func (s *State) check() {
	total := 0
	for _, shape := range s.Shapes {
		total += product(shape)
	}
	if len(s.Names) != len(s.Shapes) || len(s.Params) != total || len(s.AdamM) != total || len(s.AdamV) != total {
		panic(fmt.Sprintf("checkpoint: %d names, %d shapes of %d values; %d parameters, %d and %d moments",
			len(s.Names), len(s.Shapes), total, len(s.Params), len(s.AdamM), len(s.AdamV)))
	}
}

func product(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}
