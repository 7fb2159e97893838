package pbt

import (
	"fmt"
	"math"
)

// Config holds the settings of a population (configuration keys pbt.*).
type Config struct {
	Members               int     `yaml:"members" known:"num_samples"`
	EpochsPerGeneration   Epochs  `yaml:"epochs_per_generation"`
	FirstGenerationEpochs Epochs  `yaml:"first_generation_epochs"` // 0: the end of the KL and L2 ramps plus one generation
	MaxGenerations        int     `yaml:"max_generations"`
	StopRatio             float64 `yaml:"stop_ratio"`  // 0 or less: never
	StopErrors            float64 `yaml:"stop_errors"` // standard errors of the gain; 0: never
	StopGenerations       int     `yaml:"stop_generations"`
	BestEpoch             bool    `yaml:"best_epoch"`       // a member's generation comes to its best epoch after the ramps, not its last
	FinishEpochs          Epochs  `yaml:"finish_epochs"`    // of a finish with a falling learning rate; 0: none
	FinalDraws            int     `yaml:"final_draws"`      // of each validation trial, by which models are scored anew; 0: the best score is final
	MeanGenerations       int     `yaml:"mean_generations"` // within which members of a mean of weights were one model; 0: no mean
	Exploit               string  `yaml:"exploit"`          // how members take over from each other
	Space                 Space   `yaml:"space"`
}

// DefaultConfig returns the defaults: the AutoLFADS paper's but where it is said.
// What lies beyond follows what was measured (docs/results/search.md).
func DefaultConfig() Config {
	return Config{
		Members:               20,   // the paper's; recovery of rates saturates about there
		EpochsPerGeneration:   Auto, // beyond the paper's 25: long enough in steps for a score to show what a perturbation did
		FirstGenerationEpochs: Auto, // beyond the paper's: before slow learners have shown what they are worth, fast ones replace them
		MaxGenerations:        50,
		StopRatio:             0, // the paper's 5e-4 takes scores that averaged weights make smooth for the end
		StopErrors:            2, // beyond the paper: a gain that chance explains is none
		StopGenerations:       4,
		BestEpoch:             true, // beyond the paper: few trials are overfitted within a generation, and its last epoch forgets the best
		FinishEpochs:          0,    // with averaged weights a falling learning rate made no better model (docs/decisions/025)
		FinalDraws:            32,   // beyond the paper, where the score that the search saw decides: that has the luck of few draws
		MeanGenerations:       2,    // beyond the paper: relatives lie in one basin, and their mean in its middle
		Exploit:               "tournament",
		Space:                 DefaultSpace(),
	}
}

// The most there can be: beyond what any cluster has or a life allows, and
// small enough that numbers of epochs can be multiplied and members listed.
const (
	MaxMembers     = 10_000
	MaxGenerations = 100_000
	MaxEpochs      = 1_000_000 // of one model, or in one generation
	MaxDraws       = 1_000_000 // of a trial, by which models are scored anew
)

// maxErrors is more standard errors than any gain has.
const maxErrors = 1e6

// Check reports the first setting that makes no sense.
func (c Config) Check() error {
	for _, s := range []struct {
		key         string
		value       int
		least, most int
	}{
		{"pbt.members", c.Members, 1, MaxMembers},
		{"pbt.epochs_per_generation", c.EpochsPerGeneration.known(1), 1, MaxEpochs},
		{"pbt.first_generation_epochs", c.FirstGenerationEpochs.known(0), 0, MaxEpochs},
		{"pbt.max_generations", c.MaxGenerations, 1, MaxGenerations},
		{"pbt.stop_generations", c.StopGenerations, 2, math.MaxInt},
		{"pbt.finish_epochs", c.FinishEpochs.known(0), 0, MaxEpochs},
		{"pbt.mean_generations", c.MeanGenerations, 0, MaxGenerations},
		{"pbt.final_draws", c.FinalDraws, 0, MaxDraws},
	} {
		if s.value < s.least {
			return fmt.Errorf("%s is %d; give %d or more", s.key, s.value, s.least)
		}
		if s.value > s.most {
			return fmt.Errorf("%s is %d; give %d or less", s.key, s.value, s.most)
		}
	}
	if math.IsNaN(c.StopRatio) {
		return fmt.Errorf("pbt.stop_ratio is %v; give a number, 0 to never stop before pbt.max_generations", c.StopRatio)
	}
	if !(c.StopErrors >= 0 && c.StopErrors <= maxErrors) {
		return fmt.Errorf("pbt.stop_errors is %v; give a number of standard errors from 0 (no such stop rule) to %v", c.StopErrors, maxErrors)
	}
	if _, err := exploits.Get(c.Exploit); err != nil {
		return err
	}
	return c.Space.Check()
}

// CheckStop reports a stop rule of a population that has nothing to go by.
func (c Config) CheckStop() error {
	if c.StopErrors > 0 && c.FinalDraws == 0 {
		return fmt.Errorf("pbt.stop_errors is %v and pbt.final_draws is 0: the rule compares generations by posterior draws; give pbt.final_draws=32, or pbt.stop_errors=0", c.StopErrors)
	}
	return nil
}
