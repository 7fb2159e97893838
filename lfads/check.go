package lfads

import (
	"fmt"
	"math"
)

const (
	// maxDim bounds sizes so far above any sense that products of two of them, in
	// what memory they take, are still numbers.
	maxDim = 1 << 20
	// maxZIGScale bounds where scales start: products with numbers of any unit that the
	// likelihood takes are still numbers.
	maxZIGScale = 1e6
)

// Check returns an error that names the key for a configuration that no model
// can have.
func (c *Config) Check(s Shape) error {
	for _, check := range []func() error{
		c.checkSizes, func() error { return c.checkSegment(s) }, c.checkPositive, c.checkNotNegative, c.checkRanges,
		func() error { return checkICPrior(c.ICPrior) },
		func() error { _, err := c.NewLikelihood(); return err },
		func() error { _, err := c.newInputPrior(); return err },
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (c *Config) checkSizes() error {
	for _, v := range []struct {
		key   string
		value int
		least int
	}{
		{"model.generator_dim", c.GeneratorDim, 1},
		{"model.factors", c.Factors, 1},
		{"model.initial_condition_dim", c.InitialConditionDim, 1},
		{"model.ic_encoder_dim", c.ICEncoderDim, 1},
		{"model.inferred_inputs", c.InferredInputs, 0},
		{"model.ci_encoder_dim", c.CIEncoderDim, min(1, c.InferredInputs)},
		{"model.controller_dim", c.ControllerDim, min(1, c.InferredInputs)},
		{"model.ci_lag", c.CILag, 0},
		{"model.ic_segment_bins", c.ICSegmentBins, 0},
	} {
		if v.value < v.least {
			return fmt.Errorf("%s is %d: it must be at least %d", v.key, v.value, v.least)
		}
		if v.value > maxDim {
			return fmt.Errorf("%s is %d: it must be at most %d", v.key, v.value, maxDim)
		}
	}
	return nil
}

func (c *Config) checkSegment(s Shape) error {
	if c.ICSegmentBins >= s.Bins {
		return fmt.Errorf("model.ic_segment_bins is %d, but trials have %d bins: it must be smaller (0 uses the whole trial)", c.ICSegmentBins, s.Bins)
	}
	return nil
}

// setting is a number of the configuration.
type setting struct {
	key   string
	value float64
}

func (c *Config) checkPositive() error {
	for _, v := range []setting{
		{"model.cell_clip", c.CellClip},
		{"model.ic_prior_variance", c.ICPriorVariance},
		{"model.input_prior_tau", c.InputPriorTau},
		{"model.input_prior_noise_variance", c.InputPriorNoiseVariance},
	} {
		if !(v.value > 0) || math.IsInf(v.value, 1) {
			return fmt.Errorf("%s is %v: it must be greater than 0 and finite", v.key, v.value)
		}
	}
	return nil
}

func (c *Config) checkNotNegative() error {
	for _, v := range []setting{
		{"model.ic_posterior_min_variance", c.ICPosteriorMinVariance},
		{"model.zig_location", c.ZIGLocation},
		{"model.zig_scale", c.ZIGScale},
		{"model.zig_scale_penalty", c.ZIGScalePenalty},
	} {
		if !(v.value >= 0) || math.IsInf(v.value, 1) {
			return fmt.Errorf("%s is %v: it must be at least 0 and finite", v.key, v.value)
		}
	}
	return nil
}

func (c *Config) checkRanges() error {
	if c.ZIGScale > maxZIGScale {
		return fmt.Errorf("model.zig_scale is %v: it must be at most %v; where data need larger scales, these start larger by themselves", c.ZIGScale, maxZIGScale)
	}
	if !(c.InputPriorDegreesOfFreedom >= .1 && c.InputPriorDegreesOfFreedom <= 1e6) {
		return fmt.Errorf("model.input_prior_degrees_of_freedom is %v: it must be .1 to 1e6 (from 100 on normal, in effect)", c.InputPriorDegreesOfFreedom)
	}
	return nil
}
