package config

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/prior"
)

// Idle returns sentences that say which settings have no effect beside others.
func (c *Config) Idle(s Search) []string {
	return slices.Concat(c.idlePriors(), c.idleOfOthers(), c.idleMean(), c.idleInSearch(s))
}

// idleOfOthers returns a sentence for each setting that was changed and is of another
// likelihood than the model's.
func (c *Config) idleOfOthers() (notes []string) {
	const owner = "zero_inflated_gamma"
	usual := Default()
	for _, key := range []string{"model.zig_location", "model.zig_scale", "model.zig_scale_penalty"} {
		is, err := settings.Float(c, key)
		was, _ := settings.Float(&usual, key)
		if err == nil && is != was && c.Model.Likelihood != owner {
			notes = append(notes, fmt.Sprintf("%s has no effect: it is of model.likelihood=%s, and that is %s", key, owner, c.Model.Likelihood))
		}
	}
	return notes
}

// idleMean says so if a mean of weights was asked for that nobody would score.
func (c *Config) idleMean() []string {
	if is, was := c.PBT.MeanGenerations, Default().PBT.MeanGenerations; is == 0 || is == was || c.PBT.FinalDraws > 0 {
		return nil
	}
	return []string{"pbt.mean_generations has no effect: pbt.final_draws is 0, so no mean of weights is scored beside its members; give pbt.final_draws=32, say"}
}

// idlePriors says what a model without priors makes no use of.
func (c *Config) idlePriors() (notes []string) {
	m := &c.Model
	if !m.Variational {
		return []string{"model.variational is false: samples are posterior means, so neither priors nor train.kl_* scales have an effect, " +
			"and one sample is inferred and scored anew, whatever infer.samples and pbt.final_draws say"}
	}
	if m.ICPrior == prior.NoneName {
		notes = append(notes, "model.ic_prior is none: model.ic_prior_variance and train.kl_ic_scale have no effect")
	}
	if m.InputPrior == prior.NoneName && m.InferredInputs > 0 {
		notes = append(notes, "model.input_prior is none: the other settings of that prior and train.kl_input_scale have no effect")
	}
	return notes
}

// idleInSearch returns a sentence for each setting that was changed and has no effect
// under the search, which draws it.
func (c *Config) idleInSearch(s Search) []string {
	if s == Fixed {
		return nil
	}
	var notes []string
	usual, searchable := Default(), c.searchable()
	for _, key := range c.PBT.Space.Keys() {
		if tag := searchable[key].Search; tag == "" || s.Population() && tag != always {
			continue // it will be refused
		}
		is, err := settings.Float(c, key)
		was, _ := settings.Float(&usual, key)
		if err == nil && is != was {
			notes = append(notes, fmt.Sprintf("%s is searched, so %v for it has no effect: pbt.space.%s says where it starts", key, is, key))
		}
	}
	return notes
}
