package pbt

import (
	"errors"
	"math"
	"strconv"
)

// Epochs is a number of epochs, or [Auto].
type Epochs int

// Auto stands for a number of epochs that follows from the data: see [Config.Resolve].
const Auto Epochs = -1

// The least optimiser steps of generations whose epochs are automatic. A score shows
// what a member is worth after steps, not after epochs: with few trials, of which an
// epoch makes two steps, members that little holds back are ahead after the paper's
// first generation, and would be overtaken by its second. docs/results/search.md has what was
// measured.
const (
	FirstGenerationSteps = 520
	GenerationSteps      = 100
)

// The epochs of a generation in the paper.
const paperEpochs = 25

// Resolve puts numbers in place of automatic ones, for data of which an epoch makes so
// many optimiser steps: as many epochs as the paper has, or more if they are too few
// steps. rampEnd is the epoch at which the KL and L2 ramps end.
func (c *Config) Resolve(stepsPerEpoch, rampEnd int) {
	atLeast := func(epochs, steps int) Epochs {
		return Epochs(max(epochs, (steps+stepsPerEpoch-1)/stepsPerEpoch))
	}
	if c.EpochsPerGeneration == Auto {
		c.EpochsPerGeneration = atLeast(paperEpochs, GenerationSteps)
	}
	if c.FinishEpochs == Auto {
		c.FinishEpochs = c.EpochsPerGeneration
	}
	if c.FirstGenerationEpochs == Auto {
		c.FirstGenerationEpochs = atLeast(rampEnd+int(c.EpochsPerGeneration), FirstGenerationSteps)
	}
}

// String writes the number, or auto.
func (e Epochs) String() string {
	if e == Auto {
		return "auto"
	}
	return strconv.Itoa(int(e))
}

// known is the number, or another if it is automatic.
func (e Epochs) known(auto int) int {
	if e == Auto {
		return auto
	}
	return int(e)
}

// MarshalYAML writes a number as a number.
func (e Epochs) MarshalYAML() (any, error) {
	if e == Auto {
		return "auto", nil
	}
	return int(e), nil
}

// UnmarshalText reads a whole number or auto.
func (e *Epochs) UnmarshalText(text []byte) error {
	if string(text) == "auto" {
		*e = Auto
		return nil
	}
	n, err := strconv.ParseFloat(string(text), 64) // 25.0 is a whole number, too
	if err != nil || n < 0 || n > 2*MaxEpochs || n != math.Trunc(n) {
		return errors.New("want a whole number of epochs, for example 25, or auto")
	}
	*e = Epochs(n)
	return nil
}
