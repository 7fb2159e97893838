package lfads

import (
	"math"
	"testing"
)

func TestConfigCheck(t *testing.T) {
	shape := Shape{HeldIn: 5, Neurons: 6, Bins: 10, ReconBins: 12}
	for _, c := range []struct {
		change func(*Config)
		want   string // "": no error
	}{
		{func(*Config) {}, ""},
		{func(c *Config) { c.InferredInputs, c.CIEncoderDim, c.ControllerDim = 0, 0, 0 }, ""},
		{func(c *Config) { c.ICSegmentBins = 9 }, ""},
		{func(c *Config) { c.CILag = 0 }, ""},
		{func(c *Config) { c.CILag = 40 }, ""}, // the controller sees nothing of the data
		{func(c *Config) { c.Likelihood, c.InputPrior = "gaussian", "normal" }, ""},
		{func(c *Config) { c.ICPosteriorMinVariance = 0 }, ""},

		{func(c *Config) { c.GeneratorDim = 0 }, "model.generator_dim is 0: it must be at least 1"},
		{func(c *Config) { c.GeneratorDim = math.MaxInt }, "model.generator_dim is 9223372036854775807: it must be at most 1048576"},
		{func(c *Config) { c.Factors = -1 }, "model.factors is -1: it must be at least 1"},
		{func(c *Config) { c.InitialConditionDim = 0 }, "model.initial_condition_dim is 0: it must be at least 1"},
		{func(c *Config) { c.ICEncoderDim = 0 }, "model.ic_encoder_dim is 0: it must be at least 1"},
		{func(c *Config) { c.InferredInputs = -2 }, "model.inferred_inputs is -2: it must be at least 0"},
		{func(c *Config) { c.CIEncoderDim = 0 }, "model.ci_encoder_dim is 0: it must be at least 1"},
		{func(c *Config) { c.ControllerDim = 0 }, "model.controller_dim is 0: it must be at least 1"},
		{func(c *Config) { c.InferredInputs, c.ControllerDim = 0, -1 }, "model.controller_dim is -1: it must be at least 0"},
		{func(c *Config) { c.CILag = -1 }, "model.ci_lag is -1: it must be at least 0"},
		{func(c *Config) { c.ICSegmentBins = -1 }, "model.ic_segment_bins is -1: it must be at least 0"},
		{func(c *Config) { c.ICSegmentBins = 10 }, "model.ic_segment_bins is 10, but trials have 10 bins: it must be smaller (0 uses the whole trial)"},
		{func(c *Config) { c.CellClip = 0 }, "model.cell_clip is 0: it must be greater than 0 and finite"},
		{func(c *Config) { c.ICPriorVariance = math.NaN() }, "model.ic_prior_variance is NaN: it must be greater than 0 and finite"},
		{func(c *Config) { c.ICPosteriorMinVariance = -1 }, "model.ic_posterior_min_variance is -1: it must be at least 0 and finite"},
		{func(c *Config) { c.ICPosteriorMinVariance = math.NaN() }, "model.ic_posterior_min_variance is NaN: it must be at least 0 and finite"},
		{func(c *Config) { c.ICPriorVariance = math.Inf(1) }, "model.ic_prior_variance is +Inf: it must be greater than 0 and finite"},
		{func(c *Config) { c.ICPosteriorMinVariance = math.Inf(1) }, "model.ic_posterior_min_variance is +Inf: it must be at least 0 and finite"},
		{func(c *Config) { c.InputPriorTau = -3 }, "model.input_prior_tau is -3: it must be greater than 0 and finite"},
		{func(c *Config) { c.InputPriorNoiseVariance = 0 }, "model.input_prior_noise_variance is 0: it must be greater than 0 and finite"},
		{func(c *Config) { c.Likelihood = "poison" }, `model.likelihood is "poison": known are poisson, gaussian, gamma, zero_inflated_gamma and mse`},
		{func(c *Config) { c.InputPrior = "" }, `model.input_prior is "": known are ar1, normal, student_t and none`},
		{func(c *Config) { c.InputPrior = "student_t" }, ""},
		{func(c *Config) { c.ICPrior, c.InputPrior = "none", "none" }, ""},
		{func(c *Config) { c.Variational = false }, ""},
		{func(c *Config) { c.Variational, c.InputPrior = false, "who" }, `model.input_prior is "who": known are ar1, normal, student_t and none`},
		{func(c *Config) { c.ZIGScale = 1e6 }, ""},
		{func(c *Config) { c.ZIGScale = 2e6 }, "model.zig_scale is 2e+06: it must be at most 1e+06; where data need larger scales, these start larger by themselves"},
		{func(c *Config) { c.ZIGLocation = -1 }, "model.zig_location is -1: it must be at least 0 and finite"},
		{func(c *Config) { c.ICPrior = "ar1" }, `model.ic_prior is "ar1": known are normal and none`},
		{func(c *Config) { c.InputPriorDegreesOfFreedom = 0 }, "model.input_prior_degrees_of_freedom is 0: it must be .1 to 1e6 (from 100 on normal, in effect)"},
		{func(c *Config) { c.InputPriorDegreesOfFreedom = math.NaN() }, "model.input_prior_degrees_of_freedom is NaN: it must be .1 to 1e6 (from 100 on normal, in effect)"},
	} {
		config := DefaultConfig()
		c.change(&config)
		got := ""
		if err := config.Check(shape); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("error %q, want %q", got, c.want)
		}
		if _, err := New(config, shape); (err != nil) != (c.want != "") {
			t.Errorf("New gives error %v, Check %q", err, c.want)
		}
	}
}

func TestFirstNotFinite(t *testing.T) {
	c := DefaultConfig()
	m, err := New(c, Shape{HeldIn: 2, Neurons: 2, Bins: 3, ReconBins: 3})
	if err != nil {
		t.Fatal(err)
	}
	if got := m.FirstNotFinite(m.Params); got != "" {
		t.Errorf("zeros: %q", got)
	}
	m.Params[len(m.Params)-1] = float32(math.Inf(-1))
	if got, want := m.FirstNotFinite(m.Params), "readout.bias[1] = -Inf"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	m.initial.head.Weight.Of(m.Params)[7] = float32(math.NaN())
	if got, want := m.FirstNotFinite(m.Params), "initial_condition.weight[7] = NaN"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
