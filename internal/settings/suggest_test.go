package settings

import (
	"strings"
	"testing"
)

// Suggestions go by what a name means, by its letters where those are nearly
// right, and there is none where nothing is near.
func TestSuggestions(t *testing.T) {
	var config struct {
		Data struct {
			BinMs     float64 `yaml:"bin_ms"`
			TruthUnit string  `yaml:"truth_unit"`
		} `yaml:"data"`
		Model struct {
			GeneratorDim        int     `yaml:"generator_dim" known:"gen_dim"`
			Factors             int     `yaml:"factors" known:"fac_dim"`
			InitialConditionDim int     `yaml:"initial_condition_dim" known:"ic_dim"`
			ICEncoderDim        int     `yaml:"ic_encoder_dim" known:"ic_enc_dim"`
			ControllerDim       int     `yaml:"controller_dim" known:"con_dim"`
			InferredInputs      int     `yaml:"inferred_inputs" known:"co_dim"`
			CellClip            float64 `yaml:"cell_clip" known:"cell_clip"`
			Likelihood          string  `yaml:"likelihood" known:"recon"`
		} `yaml:"model"`
		Train struct {
			BatchSize              int     `yaml:"batch_size"`
			DropoutRate            float64 `yaml:"dropout_rate"`
			CoordinatedDropoutRate float64 `yaml:"coordinated_dropout_rate" known:"cd_rate"`
			LearningRate           float64 `yaml:"learning_rate" known:"lr_init"`
			LearningRateDecay      float64 `yaml:"learning_rate_decay" known:"lr_decay"`
			WeightDecay            float64 `yaml:"weight_decay"`
			GradientClip           float64 `yaml:"gradient_clip" known:"gradient_clip_val"`
			KLICScale              float64 `yaml:"kl_ic_scale"`
			KLInputScale           float64 `yaml:"kl_input_scale" known:"kl_co_scale"`
			L2GeneratorScale       float64 `yaml:"l2_generator_scale" known:"l2_gen_scale"`
			MaxEpochs              int     `yaml:"max_epochs"`
		} `yaml:"train"`
		PBT struct {
			Members             int `yaml:"members" known:"num_samples"`
			EpochsPerGeneration int `yaml:"epochs_per_generation"`
			MaxGenerations      int `yaml:"max_generations"`
		} `yaml:"pbt"`
	}
	for name, want := range map[string]string{
		"lr":                  `did you mean "train.learning_rate"?`,
		"train.lr":            `did you mean "train.learning_rate"?`,
		"kl_co":               `did you mean "train.kl_input_scale"?`,
		"kl_ic":               `did you mean "train.kl_ic_scale"?`,
		"kl_weight":           `did you mean "train.kl_ic_scale" or "train.kl_input_scale"?`,
		"l2_gen":              `did you mean "train.l2_generator_scale"?`,
		"gen_dm":              `did you mean "model.generator_dim"?`,
		"generator_size":      `did you mean "model.generator_dim"?`,
		"gen_units":           `did you mean "model.generator_dim"?`,
		"data.bin_width":      `did you mean "data.bin_ms"?`,
		"bin_size_ms":         `did you mean "data.bin_ms"?`,
		"dropuot":             `did you mean "train.dropout_rate"?`,
		"train.01":            "a number has a decimal point and no comma",
		"dropout":             `did you mean "train.dropout_rate"?`,
		"cd":                  `did you mean "train.coordinated_dropout_rate"?`,
		"coordinated_dropout": `did you mean "train.coordinated_dropout_rate"?`,
		"num_factors":         `did you mean "model.factors"?`,
		"latent_dim":          `did you mean "model.factors"?`,
		"epochs":              `did you mean "train.max_epochs"`,
		"num_epochs":          `"pbt.epochs_per_generation"`,
		"generations":         `"pbt.max_generations"`,
		"population_size":     `did you mean "pbt.members"?`,
		"batchsize":           `did you mean "train.batch_size"?`,
		"trian.batch_size":    `did you mean "train.batch_size"?`,
		"trian":               `did you mean "train"?`,
		"wd":                  `did you mean "train.weight_decay"?`,
		"grad_norm_clip":      `did you mean "train.gradient_clip"?`,
		"clip":                `did you mean "model.cell_clip" or "train.gradient_clip"?`,
		"loss":                `did you mean "model.likelihood"?`,
		"seed":                "--seed N",
		"train.seeds":         "--seed N",
		"encod_data_dim":      "the data file says it",
		"model.readin.n":      "nor one like it",
		"train_aug_stack":     "train.augment.NAME=1",
		"_target_":            "classes are not named here",
		"foo":                 "nor one like it",
		"gamma_shape":         "nor one like it",
		"foo_rate":            "nor one like it",
		"x":                   "nor one like it",

		strings.Repeat("batch_size", 1000): "nor one like it",
	} {
		_, err := Key(&config, name)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s: %v, want %s", name, err, want)
		}
	}
}
