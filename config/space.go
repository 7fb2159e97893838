package config

import (
	"fmt"
	"math"
	"strings"

	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/pbt"
)

// always is the search tag of a setting that every search can draw. Others
// have the reason why random search alone can.
const always = "always"

// notInPopulation says why a population cannot search a setting with such a tag.
var notInPopulation = map[string]string{
	"shapes": "members copy each other's parameters, and it says how many there are",
	"ramps":  "it says from which epoch on members can be compared",
	"single": "it is for models that train alone",
	"start":  "it says where a new model starts, and no copy is one",
}

// anyShape is that of data which bound no setting.
var anyShape = lfads.Shape{HeldIn: 1, Neurons: 1, Bins: math.MaxInt, ReconBins: math.MaxInt}

// searchable returns the settings that can be searched, by key.
func (c *Config) searchable() map[string]settings.Setting {
	found := map[string]settings.Setting{}
	for _, s := range settings.List(c) {
		if s.Search != "" {
			found[s.Key] = s
		}
	}
	return found
}

// checkKeys checks that what is in the space can be searched.
func (c *Config) checkKeys() error {
	searchable := c.searchable()
	for _, key := range c.PBT.Space.Keys() {
		if _, ok := searchable[key]; ok {
			continue
		}
		if full, err := settings.Key(c, key); err != nil {
			return fmt.Errorf("pbt.space: %w", err)
		} else if full != key {
			return fmt.Errorf("pbt.space: %s", settings.Note(key, full))
		}
		return fmt.Errorf("pbt.space: %s cannot be searched; these can: %s", key, listed(c, searchable))
	}
	return nil
}

// listed names the searchable settings, a group at a time.
func listed(c *Config, searchable map[string]settings.Setting) string {
	var parts []string
	group := ""
	for _, s := range settings.List(c) {
		if _, ok := searchable[s.Key]; !ok {
			continue
		}
		name := s.Key
		if before, last, _ := strings.Cut(s.Key, "."); before == group {
			name = last
		} else {
			group = before
		}
		parts = append(parts, name)
	}
	return strings.Join(parts, ", ")
}

// checkedPBT returns the settings of the population with a space that knows
// what its keys' settings can be.
func (c *Config) checkedPBT() pbt.Config {
	searchable, config := c.searchable(), c.PBT
	config.Space = config.Space.Within(func(key string) pbt.Domain {
		return pbt.Domain{
			Whole:    searchable[key].Whole,
			Possible: func(v float64) bool { return c.tryOut(key, v) == nil },
		}
	})
	return config
}

// tryOut returns an error if no model can train with the value v at key.
func (c *Config) tryOut(key string, v float64) error {
	config, err := c.With(map[string]float64{key: v})
	if err == nil {
		err = config.Train.Check()
	}
	if err == nil {
		err = config.Model.Check(anyShape)
	}
	return err
}

// checkValues checks that a model can train with every value of each range:
// later, in the middle of a run, it would be an error of that model. What a
// setting can be is always a range itself, so its ends speak for the middle.
func (c *Config) checkValues() error {
	for _, key := range c.PBT.Space.Keys() {
		p := c.PBT.Space[key]
		values := []float64{p.Low, p.High}
		if p.Init != nil {
			values = append(values, *p.Init)
		}
		for _, v := range values {
			if err := c.tryOut(key, v); err != nil {
				return fmt.Errorf("pbt.space: %w", err)
			}
		}
	}
	return nil
}

// checkPopulation checks that members of a population, which go on with copied
// parameters and perturbed values, can search what is in the space.
func (c *Config) checkPopulation() error {
	if err := c.PBT.CheckStop(); err != nil {
		return err
	}
	searchable := c.searchable()
	for _, key := range c.PBT.Space.Keys() {
		s := searchable[key]
		if s.Search != always {
			return fmt.Errorf("pbt.space: %s cannot be searched by a population (%s): give --search random, or take it out of the space",
				key, notInPopulation[s.Search])
		}
		if s.Whole && !c.PBT.Space[key].Limits {
			return fmt.Errorf("pbt.space: %s needs limits: true, for what a member needs of memory must be known before the start", key)
		}
	}
	return nil
}

// Largest returns c with every size that is searched at its largest: what
// takes the most memory.
func (c Config) Largest() Config {
	for key, s := range c.searchable() {
		p, searched := c.PBT.Space[key]
		if !searched || !s.Whole {
			continue
		}
		if more, err := c.With(map[string]float64{key: p.High}); err == nil {
			c = more
		}
	}
	return c
}
