package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/prepare"
)

// jobFlags say what a run is of: the data, and how they are searched for a model.
type jobFlags struct {
	Data string `arg:"" help:"Data file of binned spikes, or a recording, of which trials are made first (in OUT); see autolfads info." type:"path"`

	Preset  string   `help:"Settings for a kind of recording, which --config and --set change further: ${presets}; or how trials are made of a known set, as by flags of which those typed go first: ${trials}; or one of each with a comma between." placeholder:"NAME" complete:"all-presets"`
	Config  string   `help:"YAML file of settings; what it does not name keeps its default." type:"path" placeholder:"FILE"`
	Set     []string `help:"Change one setting: --set train.batch_size=128. Names of lfads-torch will do (gen_dim). Can be given again." sep:"none" placeholder:"KEY=VALUE" complete:"settings"`
	Search  string   `help:"How hyper-parameters are found: pbt (a population), paper (a population as in the AutoLFADS paper, without what lies beyond it), random (models drawn once), fixed (one model as configured)." enum:"pbt,paper,random,fixed" default:"pbt"`
	Members *int     `help:"Members of the population, or models of a random search; same as --set pbt.members=N." placeholder:"N"`
	Budget  *int     `name:"epochs-budget" help:"Random search: epochs of all models together, instead of their number; same as --set random.epochs_budget=N." placeholder:"N"`
	dataFlags
}

// job puts together what a run is of, and says which of the settings do nothing; typed are the
// flags on the command line that are of recordings.
func (c *jobFlags) job(k *kong.Context, source *sourceFlags) (job autolfads.Job, typed []string, err error) {
	config, err := c.config()
	if err != nil {
		return job, nil, err
	}
	typed = source.typed(k)
	recording, err := source.recording(c.Data, typed)
	if err != nil {
		return job, nil, err
	}
	search := autolfads.Search(c.Search)
	tell(config.Idle(search)...)
	return autolfads.Job{Data: c.Data, Config: config, Search: search, Recording: recording}, typed, nil
}

// config puts the settings together: defaults, then the preset, then the file, then
// --set, then the other flags.
func (c *jobFlags) config() (autolfads.Config, error) {
	config, err := c.defaults()
	if err != nil {
		return config, err
	}
	if c.Config != "" {
		notes, err := config.ReadFile(c.Config)
		if err != nil {
			return config, err
		}
		tell(notes...)
	}
	for _, s := range c.Set {
		if err := setOne(&config, s); err != nil {
			return config, err
		}
	}
	if c.Members != nil {
		config.PBT.Members = *c.Members
	}
	if c.Budget != nil {
		if autolfads.Search(c.Search) != autolfads.Random {
			return config, fmt.Errorf("--epochs-budget is for --search random, and this is --search %s", c.Search)
		}
		config.Random.EpochsBudget = *c.Budget
	}
	config.Data = c.dataConfig().Or(config.Data)
	return config, nil
}

// defaults are the settings that the run begins with: those of the presets that are of
// settings, and of the paper if that is the search.
func (c *jobFlags) defaults() (autolfads.Config, error) {
	config := autolfads.DefaultConfig()
	for _, name := range strings.FieldsFunc(c.Preset, func(r rune) bool { return r == ',' }) {
		switch {
		case trialPresetOf(name) != nil:
			continue
		case strings.HasPrefix(name, nlbPrefix):
			return config, fmt.Errorf("preset %s makes the tensors of the benchmark, which run takes: `autolfads prepare %s --preset %s --out F.h5`, then run F.h5", name, prepare.Command(prepare.Typed(c.Data)), name)
		}
		if err := config.Preset(name); err != nil {
			return config, fmt.Errorf("%w; of trials there are %s", err, strings.Join(trialPresetNames(), ", "))
		}
	}
	if autolfads.Search(c.Search) == autolfads.Paper {
		return config.AsPaper()
	}
	return config, nil
}
