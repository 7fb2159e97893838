package config

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/settings"
)

// paperOwn are the settings of which any value is the paper's search: what the data
// and the model are, and what training and a population have there, too.
var paperOwn = strings.Fields(`
	data.bin_ms data.truth_unit data.axes data.encod_differs data.group data.valid_share data.split_seed data.set_aside data.missing
	model.generator_dim model.factors model.initial_condition_dim model.ic_encoder_dim model.inferred_inputs model.ci_encoder_dim
	model.controller_dim model.ci_lag model.ic_segment_bins model.cell_clip model.variational model.ic_prior model.ic_prior_variance
	model.ic_posterior_min_variance model.input_prior model.input_prior_tau model.input_prior_noise_variance
	model.input_prior_degrees_of_freedom model.likelihood model.zig_location model.zig_scale model.zig_scale_penalty
	train.batch_size train.dropout_rate train.coordinated_dropout_rate train.coordinated_dropout_pass_rate train.augment
	train.learning_rate train.learning_rate_decay train.learning_rate_patience train.learning_rate_min
	train.adam_beta1 train.adam_beta2 train.adam_epsilon train.weight_decay train.gradient_clip train.loss_scale
	train.kl_ic_scale train.kl_input_scale train.l2_generator_scale train.l2_controller_scale train.l2_ic_encoder_scale
	train.l2_ci_encoder_scale train.kl_ramp_start train.kl_ramp_epochs train.l2_ramp_start train.l2_ramp_epochs
	train.max_epochs train.early_stop_patience
	pbt.members pbt.max_generations pbt.space random.epochs_budget infer.samples`)

// Nobody adds a setting without saying what the paper's population has of it.
func TestPaperKnowsEverySetting(t *testing.T) {
	c := Default()
	for _, s := range settings.List(&c) {
		own := slices.Contains(paperOwn, s.Key)
		beyond := slices.ContainsFunc(paperValues, func(p paperValue) bool { return p.key == s.Key })
		if own == beyond {
			t.Errorf("%s: own of the paper %v, in paperValues %v: put it into paperValues (paper.go) with the value that keeps the paper's search, "+
				"or into paperOwn (here) if no value of it leaves that search", s.Key, own, beyond)
		}
	}
}

// The defaults and every preset become settings of the paper's search, with all of its
// values where no preset says otherwise.
func TestAsPaper(t *testing.T) {
	for _, preset := range append([]string{""}, Presets()...) {
		c := Default()
		if preset != "" {
			if err := c.Preset(preset); err != nil {
				t.Fatal(err)
			}
		}
		c, err := c.AsPaper()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Decide(Paper, 1); err != nil {
			t.Errorf("preset %q: %v", preset, err)
		}
		for _, p := range paperValues {
			if is := c; preset == "" && (is.Set(p.key, p.value) != nil || len(settings.Changed(&c, &is)) > 0) {
				t.Errorf("%s is not %s: %v", p.key, p.value, settings.Changed(&c, &is))
			}
		}
	}
}

// With defaults that lie beyond the paper, those become the paper's, and what was set
// stays: numbers that the paper might have had, or what its search is refused with.
func TestAsPaperOfOtherDefaults(t *testing.T) {
	paperValuesNow := paperValues
	defer func() { paperValues = paperValuesNow }()
	// Beside a paper of signals, the defaults lie beyond.
	paperValues = []paperValue{
		{"model.likelihood", "gaussian", false}, {"pbt.stop_ratio", "1e-3", true}, {"pbt.stop_generations", "5", true},
	}
	c := Default()
	c.PBT.StopGenerations = 7
	if _, err := c.Decide(Paper, 1); err == nil || !strings.Contains(err.Error(), "model.likelihood is poisson, and the paper's population has gaussian: give --search pbt") {
		t.Errorf("what lies beyond the paper: %v", err)
	}
	got, err := c.AsPaper()
	if err != nil || got.Model.Likelihood != "gaussian" || got.PBT.StopRatio != 1e-3 || got.PBT.StopGenerations != 7 {
		t.Errorf("%+v, %v", got, err)
	}
	got.PBT.StopRatio = Default().PBT.StopRatio
	got.Model.Likelihood = "poisson"
	if _, err := got.Decide(Paper, 1); err == nil {
		t.Error("a default beyond the paper that was set is taken for the paper's")
	}
	if again, err := got.AsPaper(); err != nil || again.Model.Likelihood != "poisson" || again.PBT.StopRatio != got.PBT.StopRatio {
		t.Errorf("what was set in the paper's settings became %v, %s (%v)", again.PBT.StopRatio, again.Model.Likelihood, err)
	}
	c.Model.Likelihood = "gamma"
	if got, err = c.AsPaper(); err != nil || got.Model.Likelihood != "gamma" {
		t.Errorf("what was set became %s (%v)", got.Model.Likelihood, err)
	}
	if _, err := got.Decide(Paper, 1); err == nil {
		t.Error("a setting beyond the paper is taken for the paper's")
	}
	if _, err := got.Decide(PBT, 1); err != nil {
		t.Errorf("and by another population: %v", err)
	}
}

// docs/configuration.md has the paper's values.
func TestPaperIsDocumented(t *testing.T) {
	text, err := os.ReadFile("../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paperValues {
		row := fmt.Sprintf("| %s | %s | |\n", p.key, p.value)
		if p.any {
			row = fmt.Sprintf("| %s | %s | any number |\n", p.key, p.value)
		}
		if !strings.Contains(string(text), row) {
			t.Errorf("docs/configuration.md lacks %s", row)
		}
	}
}
