package config

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/train"
)

// Config is everything that can be configured, by key: model.generator_dim,
// train.learning_rate, pbt.members, infer.samples, ... Zero means zero;
// [Default] has the defaults, with the reason for each at its place.
type Config struct {
	Data  Data         `yaml:"data"`
	Model lfads.Config `yaml:"model"`
	Train train.Config `yaml:"train"`
	PBT   pbt.Config   `yaml:"pbt"`
	// Random search draws from pbt.space, too: pbt.members models, or by budget.
	Random Budget       `yaml:"random"`
	Infer  infer.Config `yaml:"infer"`

	ofPaper bool // it began with the paper's values (AsPaper): what is otherwise was set
}

// Budget holds what random search alone needs.
type Budget struct {
	// EpochsBudget is how many epochs all models together may train; 0: there
	// are pbt.members models. A budget makes a search as dear as a population.
	EpochsBudget int `yaml:"epochs_budget"`
}

// Default returns the defaults.
func Default() Config {
	return Config{
		Data:  Data{Missing: MissingHidden, ValidShare: dataset.DefaultShare},
		Model: lfads.DefaultConfig(), Train: train.DefaultConfig(), PBT: pbt.DefaultConfig(), Infer: infer.DefaultConfig(),
	}
}

// ReadFile changes c by a YAML file, which may be the run.yaml of a run. What
// the file does not name keeps its value. The notes are for the user: which
// names were taken for which keys, what of the file was left aside.
func (c *Config) ReadFile(path string) (notes []string, err error) {
	text, err := settings.ReadFile(path)
	if err != nil {
		return nil, err
	}
	group := ""
	if top := settings.Top(text); slices.Contains(top, "run") && slices.Contains(top, "config") && len(top) == 2 {
		group, notes = "config", []string{leftAside(path, text)}
	}
	names, err := settings.DecodeGroup(text, group, c)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return append(notes, names...), nil
}

// leftAside says what of another run's run.yaml is not taken.
func leftAside(path string, text []byte) string {
	var file struct {
		Run struct {
			Search string
			Seed   uint64
			Data   struct{ Path string }
		}
	}
	// A header of another version has its own fields; what can be read is said.
	_ = settings.Glance(text, &file)
	return fmt.Sprintf("%s is the run.yaml of a run: its settings are taken; its data (%s), --search (%s) and --seed (%d) are not",
		path, file.Run.Data.Path, file.Run.Search, file.Run.Seed)
}

// Set changes the setting that name means (see [Config.Key]), as --set
// name=value does.
func (c *Config) Set(name, value string) error { return settings.Set(c, name, value) }

// Key returns the key of the setting that name means: its own key, a part of
// it, or what it is known as elsewhere (docs/configuration.md).
func (c *Config) Key(name string) (string, error) { return settings.Key(c, name) }

// With returns a copy of c with hyper-parameters in force.
func (c Config) With(hyper map[string]float64) (Config, error) {
	for key, value := range hyper {
		if err := settings.SetFloat(&c, key, value); err != nil {
			return c, err
		}
	}
	return c, nil
}

// Check returns an error that names the key for settings that cannot work with
// any data.
func (c *Config) Check() error {
	for _, check := range []func() error{
		c.Data.Check,
		c.Train.Check,
		func() error { return c.Model.Check(anyShape) },
		c.checkAugmentations, c.checkKeys, c.checkedPBT().Check, c.checkValues,
		c.Infer.Check,
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// checkAugmentations checks that data of the likelihood can be augmented as they are to
// be.
func (c *Config) checkAugmentations() error {
	l, err := c.Model.NewLikelihood()
	if err != nil {
		return err
	}
	return c.Train.Augment.Check(l.Counts())
}
