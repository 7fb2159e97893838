package config

import (
	"fmt"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/train"
)

// LoadData reads the data file of a run, checks it, and tells note what of it is
// missing or hardly meant.
func (c *Config) LoadData(path string, note func(sentence string)) (*dataset.Dataset, error) {
	d, err := c.Data.Load(path)
	if err != nil {
		return nil, err
	}
	return d, c.LookThrough(d, path, note)
}

// LookThrough checks data read from path, and tells note what of them is missing
// or hardly meant.
func (c *Config) LookThrough(d *dataset.Dataset, path string, note func(sentence string)) error {
	if err := c.CheckData(d); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if missing := d.Missing(); missing != nil {
		note("missing data: " + strings.Join(missing.Lines(), "; "))
	}
	for _, w := range c.Warnings(d) {
		note("warning: " + w)
	}
	return nil
}

// CheckData returns an error for data that no model of this configuration can
// be made of: what info, run, resume and infer refuse alike.
func (c *Config) CheckData(d *dataset.Dataset) error {
	if err := c.Model.Check(train.ShapeOf(d)); err != nil {
		return err
	}
	l, err := c.Model.NewLikelihood()
	if err != nil {
		return err
	}
	if c.Data.Missing == MissingRefuse {
		if err := d.RefuseMissing(); err != nil {
			return err
		}
	}
	return d.Check(l)
}

// Warnings tells what of the data is possible but hardly meant. The configuration
// has been checked.
func (c *Config) Warnings(d *dataset.Dataset) []string {
	l, err := c.Model.NewLikelihood()
	if err != nil {
		return nil
	}
	warnings := d.Warnings(l)
	if doubt := doubtTruth(d, l); doubt != "" {
		warnings = append(warnings, doubt)
	}
	return warnings
}

// Oracle returns the negative log likelihood per element of the validation trials
// under their true rates, or the distribution that they were drawn from. It reports
// false if that is not known, cannot be that of the data, or is of another
// likelihood than the configured one.
func (c *Config) Oracle(d *dataset.Dataset) (float64, bool) {
	l, err := c.Model.NewLikelihood()
	if err != nil || doubtTruth(d, l) != "" {
		return 0, false
	}
	return evaluate.Oracle(d, l, c.Model.Likelihood)
}

// doubtTruth returns a sentence if the true rates cannot be those of the data.
func doubtTruth(d *dataset.Dataset, l likelihood.Likelihood) string {
	if l.Counts() {
		return evaluate.Doubt(d)
	}
	return evaluate.DoubtMeans(d)
}
