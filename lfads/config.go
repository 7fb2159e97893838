package lfads

import (
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/prior"
)

// Config is the architecture of a model: the keys model.* of a configuration.
// In a file or on the command line zero means zero; DefaultConfig holds the
// defaults.
type Config struct {
	GeneratorDim               int     `yaml:"generator_dim" known:"gen_dim" search:"shapes"` // units of the generator
	Factors                    int     `yaml:"factors" known:"fac_dim" search:"shapes"`
	InitialConditionDim        int     `yaml:"initial_condition_dim" known:"ic_dim" search:"shapes"`
	ICEncoderDim               int     `yaml:"ic_encoder_dim" known:"ic_enc_dim" search:"shapes"` // units a direction
	CIEncoderDim               int     `yaml:"ci_encoder_dim" known:"ci_enc_dim" search:"shapes"` // units a direction
	ControllerDim              int     `yaml:"controller_dim" known:"con_dim" search:"shapes"`
	InferredInputs             int     `yaml:"inferred_inputs" known:"co_dim" search:"shapes"`                    // 0: no controller, no CI encoder
	CILag                      int     `yaml:"ci_lag" known:"ci_lag" search:"always"`                             // bins
	ICSegmentBins              int     `yaml:"ic_segment_bins" known:"ic_enc_seq_len"`                            // 0: whole trial
	CellClip                   float64 `yaml:"cell_clip" known:"cell_clip" search:"always"`                       // bound of every GRU state
	Variational                bool    `yaml:"variational" known:"variational"`                                   // false: samples are posterior means, and no prior counts
	ICPrior                    string  `yaml:"ic_prior" known:"ic_prior"`                                         // normal, or none
	ICPriorVariance            float64 `yaml:"ic_prior_variance" known:"ic_prior_var" search:"always"`            // fixed
	ICPosteriorMinVariance     float64 `yaml:"ic_posterior_min_variance" known:"ic_post_var_min" search:"always"` // added to the posterior's variance
	InputPrior                 string  `yaml:"input_prior" known:"co_prior"`                                      // a name of package prior
	InputPriorTau              float64 `yaml:"input_prior_tau" known:"tau" search:"start"`                        // bins, where ar1 starts
	InputPriorNoiseVariance    float64 `yaml:"input_prior_noise_variance" known:"nvar" search:"start"`            // where ar1 starts; fixed variance of normal, squared scale of student_t
	InputPriorDegreesOfFreedom float64 `yaml:"input_prior_degrees_of_freedom"`                                    // of student_t
	Likelihood                 string  `yaml:"likelihood" known:"recon"`                                          // a name of package likelihood
	ZIGLocation                float64 `yaml:"zig_location"`                                                      // where zero_inflated_gamma's events begin
	ZIGScale                   float64 `yaml:"zig_scale"`                                                         // where its learned scales start, at least
	ZIGScalePenalty            float64 `yaml:"zig_scale_penalty" search:"always"`                                 // on their distance from the start
}

// DefaultConfig returns the sizes that the AutoLFADS paper's models use on
// motor cortex (Keshtkaran, Sedler et al. 2022, Supplementary Table 1), with
// 40 factors and 4 inferred inputs.
func DefaultConfig() Config {
	return Config{
		GeneratorDim: 100, Factors: 40, InitialConditionDim: 100,
		ICEncoderDim: 100, CIEncoderDim: 80, ControllerDim: 80, InferredInputs: 4,
		CILag:           1,    // the controller must not see the bin it explains
		CellClip:        5,    // keeps an untrained generator from running away
		Variational:     true, // inferred inputs mean little without their uncertainty
		ICPrior:         icPriorNormal,
		ICPriorVariance: .1, ICPosteriorMinVariance: 1e-4, // Sussillo et al. 2016
		InputPrior: "ar1", InputPriorTau: 10, InputPriorNoiseVariance: .1,
		InputPriorDegreesOfFreedom: 5, // tails heavy enough for rare strong inputs; the variance is still finite
		Likelihood:                 "poisson",
		ZIGLocation:                0,    // the one that refuses no positive datum
		ZIGScale:                   20,   // room above the shapes and rates of data of the size of 1
		ZIGScalePenalty:            1e-5, // holds scales that data say little of, and no others
	}
}

// Shape is what a model must know of the data.
type Shape struct {
	HeldIn    int // neurons read
	Neurons   int // neurons reconstructed, held-in first
	Bins      int // time bins read
	ReconBins int // time bins reconstructed: Bins and forward bins
	External  int // external inputs
}

// NewLikelihood makes the configured likelihood.
func (c *Config) NewLikelihood() (likelihood.Likelihood, error) {
	return likelihood.New(c.Likelihood, likelihood.Settings{ZIGLocation: c.ZIGLocation, ZIGScale: c.ZIGScale, ZIGScalePenalty: c.ZIGScalePenalty})
}

// newInputPrior makes the prior of inferred inputs: whatever its name, none for a model
// that is not variational.
func (c *Config) newInputPrior() (prior.Prior, error) {
	p, err := prior.New(c.InputPrior, prior.Settings{
		Tau: c.InputPriorTau, NoiseVariance: c.InputPriorNoiseVariance, DegreesOfFreedom: c.InputPriorDegreesOfFreedom,
	})
	if !c.Variational && err == nil {
		return prior.None{}, nil
	}
	return p, err
}

// Samples is how many posterior samples there are to average, of those wanted: one,
// if all are the same.
func (c *Config) Samples(wanted int) int {
	if !c.Variational {
		return min(wanted, 1)
	}
	return wanted
}
