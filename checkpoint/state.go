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
	// Average is the running average of Params over the member's steps, as long
	// as they are; nil: the member keeps none.
	Average []float32

	Epoch int // completed epochs over the member's life
	Step  int // optimiser steps over the member's life

	Score        float64 // smoothed validation reconstruction loss; NaN before the first epoch
	LearningRate float64 // of the next step, before annealing, which follows from the epoch
	Schedule     Schedule
	Hyper        map[string]float64 // hyper-parameters in force, by configuration key

	// MeanOf are the members, GENERATION/MEMBER each, of whose weights Params are the mean;
	// nil: a member's own. A mean has no moments, which are 0: nobody trains on it.
	MeanOf []string
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
	c.Average = slices.Clone(s.Average)
	c.Hyper, c.MeanOf = maps.Clone(s.Hyper), slices.Clone(s.MeanOf)
	return &c
}

// Weights returns the weights that validate, score and infer: the average where
// one is kept, else those that are trained. They are the state's own.
func (s *State) Weights() []float32 {
	if s.Average != nil {
		return s.Average
	}
	return s.Params
}

// values are those of the file's groups of tensors, in their order.
func (s *State) values() [][]float32 {
	all := [][]float32{s.Params, s.AdamM, s.AdamV}
	if s.Average != nil {
		all = append(all, s.Average)
	}
	return all
}

// check panics if the parts of s do not fit together.
func (s *State) check() {
	total := 0
	for _, shape := range s.Shapes {
		total += product(shape)
	}
	if len(s.Names) != len(s.Shapes) {
		panic(fmt.Sprintf("checkpoint: %d names, %d shapes", len(s.Names), len(s.Shapes)))
	}
	for i, values := range s.values() {
		if len(values) != total {
			panic(fmt.Sprintf("checkpoint: %d values of %s*, shapes of %d", len(values), groups[i], total))
		}
	}
}

func product(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}
