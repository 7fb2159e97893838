package autolfads

import (
	"time"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/run"
)

// Config is everything that can be configured, by key (package config).
type Config = config.Config

// DefaultConfig returns the defaults.
func DefaultConfig() Config { return config.Default() }

// DataConfig says what a data file may leave open.
type DataConfig = config.Data

// Search says how hyper-parameters are found.
type Search = config.Search

// The searches.
const (
	PBT    = config.PBT    // a population, as the AutoLFADS paper does
	Random = config.Random // models drawn once from the space, each trained to its early stop
	Fixed  = config.Fixed  // one model with the configured values
)

// trialsOf returns what a run's header keeps of its data.
func trialsOf(d *dataset.Dataset) run.Trials {
	return run.Trials{
		BinMs:       float64(d.BinWidth) / float64(time.Millisecond),
		ForwardBins: d.Train.Recon.Bins - d.Train.Encod.Bins, NeuronOrder: d.Order, OrderByPlace: d.OrderByPlace,
	}
}
