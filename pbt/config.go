package pbt

import "fmt"

// Config holds the settings of a population (configuration keys pbt.*).
type Config struct {
	Members               int     `yaml:"members"`
	EpochsPerGeneration   int     `yaml:"epochs_per_generation"`
	FirstGenerationEpochs int     `yaml:"first_generation_epochs"` // 0: the end of the KL and L2 ramps plus one generation
	MaxGenerations        int     `yaml:"max_generations"`
	StopRatio             float64 `yaml:"stop_ratio"`
	StopGenerations       int     `yaml:"stop_generations"`
	Space                 Space   `yaml:"space"`
}

// DefaultConfig returns the settings of the AutoLFADS paper.
func DefaultConfig() Config {
	return Config{
		Members:               20, // the paper's; recovery of rates saturates about there
		EpochsPerGeneration:   25, // long enough for a score to show what a perturbation did
		FirstGenerationEpochs: 0,
		MaxGenerations:        50,
		StopRatio:             5e-4, // of the mean best score: .05 %
		StopGenerations:       4,
		Space:                 DefaultSpace(),
	}
}

// Validate reports the first setting that makes no sense.
func (c Config) Validate() error {
	for _, s := range []struct {
		key   string
		value int
		least int
	}{
		{"pbt.members", c.Members, 1},
		{"pbt.epochs_per_generation", c.EpochsPerGeneration, 1},
		{"pbt.first_generation_epochs", c.FirstGenerationEpochs, 0},
		{"pbt.max_generations", c.MaxGenerations, 1},
		{"pbt.stop_generations", c.StopGenerations, 2},
	} {
		if s.value < s.least {
			return fmt.Errorf("%s is %d; give %d or more", s.key, s.value, s.least)
		}
	}
	if !(c.StopRatio >= 0) {
		return fmt.Errorf("pbt.stop_ratio is %v; give 0 or more", c.StopRatio)
	}
	return c.Space.Validate()
}
