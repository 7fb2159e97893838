package train

import (
	"fmt"
	"math"
	"strconv"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/lfads"
)

// Config holds the settings of training: the keys train.* of a configuration.
// In a file or on the command line zero means zero; DefaultConfig holds the
// defaults.
type Config struct {
	BatchSize                  int     `yaml:"batch_size" known:"batch_size" search:"always"` // the last, smaller batch is used
	DropoutRate                float64 `yaml:"dropout_rate" known:"dropout_rate" search:"always"`
	CoordinatedDropoutRate     float64 `yaml:"coordinated_dropout_rate" known:"cd_rate" search:"always"` // share of inputs zeroed
	CoordinatedDropoutPassRate float64 `yaml:"coordinated_dropout_pass_rate" known:"cd_pass_rate" search:"always"`
	// Augment holds other augmentations by name, with a strength each.
	Augment augment.Strengths `yaml:"augment,omitempty"`

	LearningRate         float64 `yaml:"learning_rate" known:"lr_init" search:"always"`
	LearningRateDecay    float64 `yaml:"learning_rate_decay" known:"lr_decay" search:"single"`       // single models only
	LearningRatePatience int     `yaml:"learning_rate_patience" known:"lr_patience" search:"single"` // epochs
	LearningRateMin      float64 `yaml:"learning_rate_min" known:"lr_stop" search:"single"`
	AdamBeta1            float64 `yaml:"adam_beta1" known:"lr_adam_beta1" search:"always"`
	AdamBeta2            float64 `yaml:"adam_beta2" known:"lr_adam_beta2" search:"always"`
	AdamEpsilon          float64 `yaml:"adam_epsilon" known:"lr_adam_epsilon" search:"always"`
	WeightDecay          float64 `yaml:"weight_decay" known:"weight_decay" search:"always"` // decoupled, ramped like L2

	// AverageHalfLife is the half-life of the running average of the weights, in
	// optimiser steps; 0: none is kept.
	AverageHalfLife float64 `yaml:"average_half_life"`

	GradientClip      float64 `yaml:"gradient_clip" known:"gradient_clip_val" search:"always"` // bound of the global norm
	LossScale         float64 `yaml:"loss_scale" known:"loss_scale" search:"always"`
	KLICScale         float64 `yaml:"kl_ic_scale" known:"kl_ic_scale" search:"always"`
	KLInputScale      float64 `yaml:"kl_input_scale" known:"kl_co_scale" search:"always"`
	L2GeneratorScale  float64 `yaml:"l2_generator_scale" known:"l2_gen_scale" search:"always"`
	L2ControllerScale float64 `yaml:"l2_controller_scale" known:"l2_con_scale" search:"always"`
	L2ICEncoderScale  float64 `yaml:"l2_ic_encoder_scale" known:"l2_ic_enc_scale" search:"always"`
	L2CIEncoderScale  float64 `yaml:"l2_ci_encoder_scale" known:"l2_ci_enc_scale" search:"always"`
	KLRampStart       int     `yaml:"kl_ramp_start" known:"kl_start_epoch" search:"ramps"`
	KLRampEpochs      int     `yaml:"kl_ramp_epochs" known:"kl_increase_epoch" search:"ramps"`
	L2RampStart       int     `yaml:"l2_ramp_start" known:"l2_start_epoch" search:"ramps"`
	L2RampEpochs      int     `yaml:"l2_ramp_epochs" known:"l2_increase_epoch" search:"ramps"`

	MaxEpochs         int `yaml:"max_epochs" known:"max_epochs"`       // single models only
	EarlyStopPatience int `yaml:"early_stop_patience" search:"single"` // epochs without a better score, counted after the ramps
}

// DefaultConfig returns the settings of a single model; in a population those
// in the search space are drawn. They are the AutoLFADS paper's (Keshtkaran,
// Sedler et al. 2022) where it names one.
func DefaultConfig() Config {
	return Config{
		BatchSize: 64, DropoutRate: .3, CoordinatedDropoutRate: .5,
		LearningRate: 4e-3, LearningRateDecay: .95, LearningRatePatience: 6, LearningRateMin: 1e-5,
		AdamBeta1: .9, AdamBeta2: .999, AdamEpsilon: 1e-8, // Kingma and Ba's
		AverageHalfLife: 60,                       // beyond the paper, which has none: smooths the last steps; with 30 less, with 100 scores lag behind
		GradientClip:    200,                      // recurrent gradients explode now and then
		LossScale:       1e4,                      // keeps gradients far above Adam's epsilon
		KLICScale:       1e-5, KLInputScale: 1e-5, // small: recon is a mean, KL a sum
		L2GeneratorScale: .1, L2ControllerScale: .1,
		KLRampEpochs: 80, L2RampEpochs: 80,
		MaxEpochs: 1000, EarlyStopPatience: 200,
	}
}

// RampEnd is the number of epochs after which all penalties are in full force.
func (c *Config) RampEnd() int {
	return max(c.KLRampStart+c.KLRampEpochs, c.L2RampStart+c.L2RampEpochs)
}

// ScaleRamps keeps the ramps in optimiser steps where an epoch has is of them and not
// was: they begin and end at the nearest epoch.
func (c *Config) ScaleRamps(was, is int) {
	epoch := func(of int) int { return (2*of*was + is) / (2 * is) }
	for _, ramp := range []struct{ start, epochs *int }{
		{&c.KLRampStart, &c.KLRampEpochs}, {&c.L2RampStart, &c.L2RampEpochs},
	} {
		start, end := epoch(*ramp.start), epoch(*ramp.start+*ramp.epochs)
		*ramp.start, *ramp.epochs = start, end-start
	}
}

// maxEpochs is more than anyone waits for, and small enough to be added up.
const maxEpochs = 1_000_000

// Check returns an error that names the key for settings that cannot work.
func (c *Config) Check() error {
	for _, v := range []struct {
		key         string
		value       float64
		least, most float64
	}{
		{"train.batch_size", float64(c.BatchSize), 1, 1 << 20},
		{"train.dropout_rate", c.DropoutRate, 0, .999},
		{"train.coordinated_dropout_rate", c.CoordinatedDropoutRate, 0, .999},
		{"train.coordinated_dropout_pass_rate", c.CoordinatedDropoutPassRate, 0, 1},
		{"train.learning_rate", c.LearningRate, 0, 1e6},
		{"train.learning_rate_decay", c.LearningRateDecay, 0, 1},
		{"train.adam_beta1", c.AdamBeta1, 0, .999999},
		{"train.adam_beta2", c.AdamBeta2, 0, .999999},
		{"train.adam_epsilon", c.AdamEpsilon, 1e-30, 1},
		{"train.average_half_life", c.AverageHalfLife, 0, maxEpochs},
		{"train.gradient_clip", c.GradientClip, 1e-30, 1e30},
		{"train.loss_scale", c.LossScale, 1e-30, 1e30},
		{"train.weight_decay", c.WeightDecay, 0, 1e6},
		{"train.kl_ic_scale", c.KLICScale, 0, 1e30},
		{"train.kl_input_scale", c.KLInputScale, 0, 1e30},
		{"train.l2_generator_scale", c.L2GeneratorScale, 0, 1e30},
		{"train.l2_controller_scale", c.L2ControllerScale, 0, 1e30},
		{"train.l2_ic_encoder_scale", c.L2ICEncoderScale, 0, 1e30},
		{"train.l2_ci_encoder_scale", c.L2CIEncoderScale, 0, 1e30},
		{"train.learning_rate_min", c.LearningRateMin, 0, 1e6},
		{"train.learning_rate_patience", float64(c.LearningRatePatience), 0, maxEpochs},
		{"train.kl_ramp_start", float64(c.KLRampStart), 0, maxEpochs},
		{"train.kl_ramp_epochs", float64(c.KLRampEpochs), 0, maxEpochs},
		{"train.l2_ramp_start", float64(c.L2RampStart), 0, maxEpochs},
		{"train.l2_ramp_epochs", float64(c.L2RampEpochs), 0, maxEpochs},
		{"train.max_epochs", float64(c.MaxEpochs), 1, maxEpochs},
		{"train.early_stop_patience", float64(c.EarlyStopPatience), 1, maxEpochs},
	} {
		if !(v.value >= v.least && v.value <= v.most) {
			return fmt.Errorf("%s is %s: it must lie between %s and %s", v.key, number(v.value), number(v.least), number(v.most))
		}
	}
	_, err := c.augmentations()
	return err
}

// number writes whole numbers as people do, others shortest.
func number(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// objective returns the loss's weights in an epoch (from 0).
func (c *Config) objective(epoch int) *lfads.Objective {
	return &lfads.Objective{
		LossScale: c.LossScale, KLICScale: c.KLICScale, KLInputScale: c.KLInputScale,
		KLRamp:      lfads.Ramp(c.KLRampStart, c.KLRampEpochs, epoch),
		L2Generator: c.L2GeneratorScale, L2Controller: c.L2ControllerScale,
		L2ICEncoder: c.L2ICEncoderScale, L2CIEncoder: c.L2CIEncoderScale,
		L2Ramp: lfads.Ramp(c.L2RampStart, c.L2RampEpochs, epoch),
	}
}

// augmentations returns what is done to training data.
func (c *Config) augmentations() ([]augment.Augmentation, error) {
	return augment.List(c.Augment, augment.CoordinatedDropout{Rate: c.CoordinatedDropoutRate, PassRate: c.CoordinatedDropoutPassRate})
}
