package config

import (
	"fmt"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/pbt"
)

// checked returns the error that a search of an entry ends with before its start.
func checked(s Search, key string, p pbt.Parameter) error {
	c := Default()
	c.PBT.Space[key] = p
	if err := c.Check(); err != nil {
		return err
	}
	_, err := c.Decide(s, 0)
	return err
}

// Every setting is searched or refused by name before a run starts, as its tag
// says; and what is searched can be put in force.
func TestWhatCanBeSearched(t *testing.T) {
	ranges := map[string]pbt.Parameter{
		"train.dropout_rate":                  {Low: 0, High: .9, Scale: pbt.Uniform},
		"train.coordinated_dropout_rate":      {Low: 0, High: .9, Scale: pbt.Uniform},
		"train.coordinated_dropout_pass_rate": {Low: 0, High: 1, Scale: pbt.Uniform},
		"train.learning_rate_decay":           {Low: .5, High: 1, Scale: pbt.Log},
		"train.adam_beta1":                    {Low: .5, High: .99, Scale: pbt.Log},
		"train.adam_beta2":                    {Low: .5, High: .99, Scale: pbt.Log},
		"train.adam_epsilon":                  {Low: 1e-12, High: 1e-3, Scale: pbt.Log},
	}
	config := Default()
	for _, setting := range settings.List(&config) {
		p, ok := ranges[setting.Key]
		if !ok {
			p = pbt.Parameter{Low: 1, High: 9, Scale: pbt.Log}
		}
		p.Explore, p.Limits = .3, true
		for _, search := range []Search{PBT, Random} {
			err := checked(search, setting.Key, p)
			switch allowed := setting.Search == always || setting.Search != "" && search == Random; {
			case allowed && err != nil:
				t.Errorf("--search %s: %v", search, err)
			case !allowed && (err == nil || !strings.HasPrefix(err.Error(), "pbt.space: "+setting.Key+" cannot be searched")):
				t.Errorf("--search %s: %s is not refused: %v", search, setting.Key, err)
			}
		}
		if setting.Search == "" {
			continue
		}
		space := pbt.Space{setting.Key: p}.Within(func(string) pbt.Domain { return pbt.Domain{Whole: setting.Whole} })
		for slot := range 20 {
			if _, err := config.With(space.Perturb(space.Start(1, slot, 0), 1, slot, 0)); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestSpaceErrors(t *testing.T) {
	limited := func(low, high float64) pbt.Parameter {
		return pbt.Parameter{Low: low, High: high, Scale: pbt.Uniform, Explore: .3, Limits: true}
	}
	free := limited(8, 64)
	free.Limits = false
	for _, c := range []struct {
		search Search
		key    string
		p      pbt.Parameter
		want   string
	}{
		{PBT, "train.batch_size", limited(8, 64), ""},
		{PBT, "train.batch_size", free, "pbt.space: train.batch_size needs limits: true"},
		{Random, "train.batch_size", free, ""},
		{PBT, "train.batch_size", limited(.5, 64), "train.batch_size: it is a whole number"},
		{PBT, "train.batch_size", limited(8, 64.5), "train.batch_size: it is a whole number"},
		{PBT, "train.batch_size", limited(0, 64), "train.batch_size is 0: it must lie between 1 and 1048576"},
		{PBT, "train.dropout_rate", limited(0, 1), "train.dropout_rate is 1: it must lie between 0 and 0.999"},
		{PBT, "model.cell_clip", limited(0, 1), "model.cell_clip is 0: it must be greater than 0"},
		{Random, "model.generator_dim", limited(0, 64), "model.generator_dim is 0: it must be at least 1"},
		{PBT, "model.generator_dim", limited(8, 64), "cannot be searched by a population (members copy each other's parameters"},
		{PBT, "train.kl_ramp_epochs", limited(8, 64), "cannot be searched by a population (it says from which epoch on"},
		{PBT, "model.likelihood", limited(1, 2), "model.likelihood cannot be searched; these can: model.generator_dim, factors,"},
		{PBT, "infer.samples", limited(1, 2), "train.batch_size, dropout_rate, coordinated_dropout_rate"},
		{PBT, "gen_dim", limited(1, 2), "gen_dim is model.generator_dim here"},
		{PBT, "train.dropout", limited(0, 1), `did you mean "train.dropout_rate"?`},
	} {
		err := checked(c.search, c.key, c.p)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s %s: got %v, want %q", c.search, c.key, err, c.want)
		}
	}
}

// The memory plan is that of the largest model a search may draw.
func TestLargest(t *testing.T) {
	c := Default()
	c.PBT.Space["train.batch_size"] = pbt.Parameter{Low: 8, High: 512}
	c.PBT.Space["model.generator_dim"] = pbt.Parameter{Low: 8, High: 900}
	big := c.Largest()
	if big.Train.BatchSize != 512 || big.Model.GeneratorDim != 900 || big.Train.DropoutRate != c.Train.DropoutRate {
		t.Errorf("got %+v", big)
	}
	if c.Train.BatchSize != Default().Train.BatchSize {
		t.Error("the configuration itself was changed")
	}
}

// A setting that the search draws is said to have no effect.
func TestIdle(t *testing.T) {
	c := Default()
	c.Train.LearningRate, c.Train.BatchSize, c.Infer.Samples = .01, 8, 3
	c.PBT.Space["infer.samples"] = pbt.Parameter{Low: 1, High: 2} // refused, so nothing is said of it
	for search, want := range map[Search]string{
		PBT:    "[train.learning_rate is searched, so 0.01 for it has no effect: pbt.space.train.learning_rate says where it starts]",
		Random: "[train.learning_rate is searched, so 0.01 for it has no effect: pbt.space.train.learning_rate says where it starts]",
		Fixed:  "[]",
	} {
		if got := fmt.Sprint(c.Idle(search)); got != want {
			t.Errorf("%s: got %s", search, got)
		}
	}
}

// A model without priors says what it makes no use of, one of another likelihood which
// settings are not its own, and a search that scores nobody anew that it has no use for means.
func TestIdlePriors(t *testing.T) {
	for _, test := range []struct {
		change func(*Config)
		want   []string // beginnings
	}{
		{func(*Config) {}, nil},
		{func(c *Config) { c.Model.ICPrior, c.Model.InputPrior = "none", "student_t" }, []string{"model.ic_prior is none"}},
		{func(c *Config) { c.Model.ICPrior, c.Model.InputPrior = "none", "none" }, []string{"model.ic_prior is none", "model.input_prior is none"}},
		{func(c *Config) { c.Model.InputPrior, c.Model.InferredInputs = "none", 0 }, nil},
		{func(c *Config) { c.Model.Variational, c.Model.ICPrior = false, "none" }, []string{"model.variational is false"}},
		{func(c *Config) { c.Model.ZIGLocation = .5 }, []string{"model.zig_location has no effect: it is of model.likelihood=zero_inflated_gamma, and that is poisson"}},
		{func(c *Config) { c.PBT.MeanGenerations, c.PBT.FinalDraws = 7, 0 }, []string{"pbt.mean_generations has no effect: pbt.final_draws is 0"}},
		{func(c *Config) { c.PBT.MeanGenerations, c.PBT.FinalDraws = 7, 1 }, nil},
		{func(c *Config) { c.Model.ZIGLocation, c.Model.Likelihood = .5, "zero_inflated_gamma" }, nil},
	} {
		c := Default()
		test.change(&c)
		got := c.Idle(Fixed)
		if len(got) != len(test.want) {
			t.Errorf("got %q, want %q", got, test.want)
			continue
		}
		for i, sentence := range got {
			if !strings.HasPrefix(sentence, test.want[i]) {
				t.Errorf("got %q, want %q", sentence, test.want[i])
			}
		}
	}
}
