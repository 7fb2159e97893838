package config

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/pbt"
)

// Search says how hyper-parameters are found.
type Search string

// The searches.
const (
	PBT    Search = "pbt"    // a population
	Paper  Search = "paper"  // a population that does what the AutoLFADS paper's does, and nothing else
	Random Search = "random" // models drawn once from the space, each trained to its early stop
	Fixed  Search = "fixed"  // one model with the configured values
	// Replay trains models by the schedule of another run's, which a run keeps beside its
	// configuration: there is nothing to decide.
	Replay Search = "replay"
)

// Resolve puts numbers in place of what follows from the data: epochs of generations
// that are automatic. A run's configuration has them resolved.
func (c *Config) Resolve(d *dataset.Dataset) {
	c.PBT.Resolve(max(pbt.Steps(d.Train.Trials(), c.Train.BatchSize), 1), c.Train.RampEnd())
}

// FinalDraws is by how many posterior draws of each validation trial models are scored
// anew: by one, if they are not variational, for then all are the same.
func (c *Config) FinalDraws() int { return c.Model.Samples(c.PBT.FinalDraws) }

// Population reports whether members of the search copy each other.
func (s Search) Population() bool { return s == PBT || s == Paper }

// Decide returns the decisions of a search under these settings, or an error
// for settings with which it cannot be made.
func (c *Config) Decide(s Search, seed uint64) (pbt.Search, error) {
	switch s {
	case PBT:
		return c.population(seed)
	case Paper:
		if err := c.checkPaper(); err != nil {
			return nil, err
		}
		return c.population(seed)
	case Random:
		r := pbt.Random{
			Space: c.checkedPBT().Space, Seed: seed, MaxEpochs: c.Train.MaxEpochs,
			Members: c.PBT.Members, EpochsBudget: c.Random.EpochsBudget, FinalDraws: c.PBT.FinalDraws,
		}
		return r, r.Check()
	case Fixed:
		return pbt.Fixed{MaxEpochs: c.Train.MaxEpochs}, nil
	}
	return nil, fmt.Errorf("search is %q: known are %s, %s, %s and %s", s, PBT, Paper, Random, Fixed)
}

// population returns the decisions of a population.
func (c *Config) population(seed uint64) (pbt.Search, error) {
	p := pbt.Population{Config: c.checkedPBT(), Seed: seed, RampEnd: c.Train.RampEnd(), LearningRate: c.Train.LearningRate}
	return p, c.checkPopulation()
}
