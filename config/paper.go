package config

import (
	"fmt"
	"strconv"

	"github.com/autolfads/autolfads/internal/settings"
)

// paperValue is the value that a setting has in the population of the AutoLFADS
// paper, where the default is another or may become another.
type paperValue struct {
	key, value string
	// any says that the paper has such a setting, too: any number for it is its
	// search, and only what is no number (auto) lies beyond.
	any bool
}

// paperValues are the settings that can take a population beyond the paper. A new
// setting of the search or of training goes here, or to the paper's own in
// paper_test.go if its default can only be the paper's.
var paperValues = []paperValue{
	{"pbt.epochs_per_generation", "25", true},
	{"pbt.first_generation_epochs", "0", true},
	{"pbt.stop_ratio", "5e-4", true},
	{"pbt.stop_generations", "4", true},
	{"pbt.exploit", "tournament", false},
	{"train.average_half_life", "0", false},
	{"pbt.stop_errors", "0", false},
	{"pbt.final_draws", "0", false},
	{"pbt.best_epoch", "false", false},
	{"pbt.finish_epochs", "0", false},
	{"pbt.mean_generations", "0", false},
}

// AsPaper returns c for [Paper]: a setting that can take a population beyond the
// paper has the paper's value if it has its default. What lies beyond and is no
// default stays, and [Config.Decide] refuses it. What AsPaper returned, and was
// changed since, it returns as it is: a default that was set is then meant.
func (c Config) AsPaper() (Config, error) {
	if c.ofPaper {
		return c, nil
	}
	c.ofPaper = true
	usual := Default()
	changed := map[string]bool{}
	for _, d := range settings.Changed(&usual, &c) {
		changed[d.Key] = true
	}
	for _, p := range paperValues {
		if changed[p.key] {
			continue
		}
		if err := c.Set(p.key, p.value); err != nil {
			return c, fmt.Errorf("the paper's %s: %w", p.key, err)
		}
	}
	return c, nil
}

// checkPaper returns an error for the first setting that lies beyond the paper.
func (c *Config) checkPaper() error {
	for _, p := range paperValues {
		is := *c
		if err := is.Set(p.key, p.value); err != nil {
			return err
		}
		for _, d := range settings.Changed(c, &is) {
			if !p.covers(d.From) {
				return fmt.Errorf("%s is %s, and the paper's population has %s: give --search pbt, or leave it out", p.key, d.From, p.value)
			}
		}
	}
	return nil
}

// covers reports whether the paper's search may have another value than the paper's.
func (p paperValue) covers(value string) bool {
	_, err := strconv.ParseFloat(value, 64)
	return p.any && err == nil
}
