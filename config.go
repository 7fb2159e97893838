package autolfads

import (
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/train"
)

// Config is everything that can be configured, by key: model.generator_dim,
// train.learning_rate, pbt.members, infer.samples, ... Zero means zero;
// DefaultConfig holds the defaults, with the reason for each at its place.
type Config struct {
	Data  DataConfig   `yaml:"data"`
	Model lfads.Config `yaml:"model"`
	Train train.Config `yaml:"train"`
	PBT   pbt.Config   `yaml:"pbt"`
	// Random search draws from pbt.space, too: pbt.members models, or by budget.
	Random RandomConfig `yaml:"random"`
	Infer  infer.Config `yaml:"infer"`
}

// RandomConfig holds what random search alone needs.
type RandomConfig struct {
	// EpochsBudget is how many epochs all models together may train; 0: there
	// are pbt.members models. A budget makes a search as dear as a population.
	EpochsBudget int `yaml:"epochs_budget"`
}

// DefaultConfig returns the defaults.
func DefaultConfig() Config {
	return Config{Model: lfads.DefaultConfig(), Train: train.DefaultConfig(), PBT: pbt.DefaultConfig(), Infer: infer.DefaultConfig()}
}

// ReadFile changes c by a YAML file. What the file does not name keeps its
// value.
func (c *Config) ReadFile(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := settings.Decode(text, c); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// Set changes the setting at key, as --set key=value does.
func (c *Config) Set(key, value string) error { return settings.Set(c, key, value) }

// With returns a copy of c with hyper-parameters in force.
func (c Config) With(hyper map[string]float64) (Config, error) {
	for key, value := range hyper {
		if err := settings.SetFloat(&c, key, value); err != nil {
			return c, err
		}
	}
	return c, nil
}

// Check returns an error that names the key for settings that cannot work.
func (c *Config) Check() error {
	if err := c.Train.Check(); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(c.PBT.Space)) {
		if _, err := settings.Float(c, key); err != nil {
			return fmt.Errorf("pbt.space: %w", err)
		}
	}
	if err := c.PBT.Validate(); err != nil {
		return err
	}
	if err := c.checkSpace(); err != nil {
		return fmt.Errorf("pbt.space: %w", err)
	}
	return c.Infer.Check()
}

// checkSpace checks that a member can train at both ends of each range: later,
// in the middle of a run, it would be an error of that member.
func (c *Config) checkSpace() error {
	for key, p := range c.PBT.Space {
		for _, end := range []float64{p.Low, p.High} {
			config, err := c.With(map[string]float64{key: end})
			if err == nil {
				err = config.Train.Check()
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// Search says how hyper-parameters are found.
type Search string

// The searches.
const (
	PBT    Search = "pbt"    // a population, as the AutoLFADS paper does
	Random Search = "random" // models drawn once from the space, each trained to its early stop
	Fixed  Search = "fixed"  // one model with the configured values
)

// search returns the decisions of a search.
func (c *Config) search(s Search, seed uint64) (pbt.Search, error) {
	switch s {
	case PBT:
		return pbt.Population{Config: c.PBT, Seed: seed, RampEnd: c.Train.RampEnd(), LearningRate: c.Train.LearningRate}, nil
	case Random:
		r := pbt.Random{
			Space: c.PBT.Space, Seed: seed, MaxEpochs: c.Train.MaxEpochs,
			Members: c.PBT.Members, EpochsBudget: c.Random.EpochsBudget,
		}
		return r, r.Validate()
	case Fixed:
		return pbt.Fixed{MaxEpochs: c.Train.MaxEpochs}, nil
	}
	return nil, fmt.Errorf("search is %q: known are %s, %s and %s", s, PBT, Random, Fixed)
}
