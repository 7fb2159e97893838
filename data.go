package autolfads

import (
	"cmp"
	"fmt"
	"math"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/train"
)

// DataConfig says what a data file may leave open.
type DataConfig struct {
	BinMs        float64 `yaml:"bin_ms"`        // bin width in ms; 0: as the file says
	TruthUnit    string  `yaml:"truth_unit"`    // of true rates: hz or count; "": as the file says
	Axes         string  `yaml:"axes"`          // their order in the file, such as neurons,bins,trials; "": trials,bins,neurons
	EncodDiffers bool    `yaml:"encod_differs"` // spikes read differ on purpose from those reconstructed
}

// Load reads a data file. Whether a model can be made of it, [Config.CheckData]
// says.
func (c *DataConfig) Load(path string) (*dataset.Dataset, error) { return c.load(path, false) }

// load reads a data file; of one with spikes alone any split is enough.
func (c *DataConfig) load(path string, spikesAlone bool) (*dataset.Dataset, error) {
	// Rounded as a width in the file is, so that the two can be compared.
	width := math.Round(c.BinMs * float64(time.Millisecond))
	if c.BinMs != 0 && !(width >= 1 && width <= float64(time.Hour)) {
		return nil, fmt.Errorf("the bin width is %v ms: it must be positive and at most an hour", c.BinMs)
	}
	return dataset.Load(path, dataset.Options{
		BinWidth: time.Duration(width), TruthUnit: dataset.TruthUnit(c.TruthUnit),
		Axes: c.Axes, EncodDiffers: c.EncodDiffers, SpikesAlone: spikesAlone,
	})
}

// Or returns c with what it leaves open as other says.
func (c DataConfig) Or(other DataConfig) DataConfig {
	return DataConfig{
		BinMs: cmp.Or(c.BinMs, other.BinMs), TruthUnit: cmp.Or(c.TruthUnit, other.TruthUnit),
		Axes: cmp.Or(c.Axes, other.Axes), EncodDiffers: c.EncodDiffers || other.EncodDiffers,
	}
}

// CheckData returns an error for data that no model of this configuration can
// be made of: what info, run, resume and infer refuse alike.
func (c *Config) CheckData(d *dataset.Dataset) error {
	if err := c.Model.Check(train.ShapeOf(d)); err != nil {
		return err
	}
	l, err := likelihood.New(c.Model.Likelihood)
	if err != nil {
		return err
	}
	return d.Check(l)
}

// Warnings tells what of the data is possible but hardly meant. The configuration
// has been checked.
func (c *Config) Warnings(d *dataset.Dataset) []string {
	l, err := likelihood.New(c.Model.Likelihood)
	if err != nil {
		return nil
	}
	warnings := d.Warnings(l)
	if l.Counts() {
		if doubt := evaluate.Doubt(d); doubt != "" {
			warnings = append(warnings, doubt)
		}
	}
	return warnings
}

// Oracle returns the negative log likelihood per element of the validation trials
// under their true rates. It reports false if they are not known, cannot be those
// of the data, or have none under the configured likelihood.
func (c *Config) Oracle(d *dataset.Dataset) (float64, bool) {
	l, err := likelihood.New(c.Model.Likelihood)
	if err != nil || l.Counts() && evaluate.Doubt(d) != "" {
		return 0, false
	}
	return evaluate.Oracle(d, l)
}

// load reads and checks the data of a run.
func load(c *Config, path string, how *How) (*dataset.Dataset, error) {
	d, err := c.Data.Load(path)
	if err != nil {
		return nil, err
	}
	return d, lookThrough(c, d, path, how)
}

// lookThrough checks data, and tells of what is hardly meant.
func lookThrough(c *Config, d *dataset.Dataset, path string, how *How) error {
	if err := c.CheckData(d); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, w := range c.Warnings(d) {
		how.note("warning: " + w)
	}
	return nil
}

// trialsOf returns what a run's header keeps of its data.
func trialsOf(d *dataset.Dataset) run.Trials {
	return run.Trials{
		BinMs:       float64(d.BinWidth) / float64(time.Millisecond),
		ForwardBins: d.Train.Recon.Bins - d.Train.Encod.Bins, NeuronOrder: d.Order, OrderByPlace: d.OrderByPlace,
	}
}
