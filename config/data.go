package config

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
)

// Data says what a data file may leave open.
type Data struct {
	BinMs        float64 `yaml:"bin_ms"`        // bin width in ms; 0: as the file says
	TruthUnit    string  `yaml:"truth_unit"`    // of true rates: hz or count; "": as the file says
	Axes         string  `yaml:"axes"`          // their order in the file, such as neurons,bins,trials; "": trials,bins,neurons
	EncodDiffers bool    `yaml:"encod_differs"` // spikes read differ on purpose from those reconstructed
	Group        string  `yaml:"group"`         // where in the file the arrays stand; "": at its top, or in the only group of the Neural Latents Benchmark
	ValidShare   float64 `yaml:"valid_share"`   // of trials that validate, where the file does not say which
	SplitSeed    uint64  `yaml:"split_seed"`    // which these are, and which neurons are set aside
	SetAside     float64 `yaml:"set_aside"`     // neurons that are neither read nor reconstructed: a number, or a share below 1, of those that the file has read; 0: none
	Missing      string  `yaml:"missing"`       // NaN among spikes: hidden (not observed: neither read nor asked for) or refuse (an error); "": hidden
}

// The words of data.missing.
const (
	MissingHidden = "hidden"
	MissingRefuse = "refuse"
)

// Check returns an error for settings that cannot be meant.
func (c *Data) Check() error {
	if !slices.Contains([]string{"", MissingHidden, MissingRefuse}, c.Missing) {
		return fmt.Errorf("data.missing is %q: it must be %s (NaN among spikes was not observed and is left out) or %s (it is an error)", c.Missing, MissingHidden, MissingRefuse)
	}
	if !(c.ValidShare >= 0 && c.ValidShare < 1) {
		return fmt.Errorf("data.valid_share is %v: it must be a share of the trials, between 0 and 1 (0: %g)", c.ValidShare, dataset.DefaultShare)
	}
	return dataset.CheckAside(c.SetAside)
}

// Load reads a data file. Whether a model can be made of it, [Config.CheckData]
// says.
func (c *Data) Load(path string) (*dataset.Dataset, error) { return c.load(path, dataset.Options{}) }

// LoadGlance is Load for who only looks: of large arrays the first trials are held,
// and what needs no more than sums is of all ([dataset.Dataset.Glance]).
// Told, if not nil, hears how many numbers of how many are read.
func (c *Data) LoadGlance(path string, told func(read, of int64)) (*dataset.Dataset, error) {
	return c.load(path, dataset.Options{Glance: true, Told: told})
}

// LoadSpikes is Load for a file to infer: any split is enough, as are the
// neurons that the model reads.
func (c *Data) LoadSpikes(path string) (*dataset.Dataset, error) {
	return c.load(path, dataset.Options{SpikesAlone: true})
}

func (c *Data) load(path string, o dataset.Options) (*dataset.Dataset, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	// Rounded as a width in the file is, so that the two can be compared.
	width := math.Round(c.BinMs * float64(time.Millisecond))
	if c.BinMs != 0 && !(width >= 1 && width <= float64(time.Hour)) {
		return nil, fmt.Errorf("the bin width is %v ms: it must be positive and at most an hour", c.BinMs)
	}
	o.BinWidth, o.TruthUnit, o.Axes, o.EncodDiffers = time.Duration(width), dataset.TruthUnit(c.TruthUnit), c.Axes, c.EncodDiffers
	o.Group, o.ValidShare, o.SplitSeed = c.Group, c.ValidShare, c.SplitSeed
	if !o.SpikesAlone { // which neurons are left out of what is inferred, the run's data say
		o.SetAside = c.SetAside
	}
	d, err := dataset.Load(path, o)
	if err != nil {
		return nil, ingest.Advise(path, err)
	}
	return d, nil
}

// Or returns c with what it leaves open as other says.
func (c Data) Or(other Data) Data {
	return Data{
		BinMs: cmp.Or(c.BinMs, other.BinMs), TruthUnit: cmp.Or(c.TruthUnit, other.TruthUnit),
		Axes: cmp.Or(c.Axes, other.Axes), EncodDiffers: c.EncodDiffers || other.EncodDiffers,
		Group: cmp.Or(c.Group, other.Group), ValidShare: cmp.Or(c.ValidShare, other.ValidShare), SplitSeed: cmp.Or(c.SplitSeed, other.SplitSeed),
		SetAside: cmp.Or(c.SetAside, other.SetAside), Missing: cmp.Or(c.Missing, other.Missing),
	}
}
