package autolfads

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/pbt"
)

// docs/configuration.md has a row for every key.
func TestConfigurationIsDocumented(t *testing.T) {
	text, err := os.ReadFile("docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	config := DefaultConfig()
	for _, key := range settings.Keys(&config) {
		if !strings.Contains(string(text), "| "+key+" |") {
			t.Errorf("docs/configuration.md has no row for %s", key)
		}
	}
}

// Every setting of the search can be changed as --set does, entries of the
// space by field, whole, and away.
func TestSetSearch(t *testing.T) {
	c := DefaultConfig()
	for _, s := range [][2]string{
		{"pbt.members", "7"},
		{"pbt.epochs_per_generation", "11"},
		{"pbt.first_generation_epochs", "13"},
		{"pbt.max_generations", "17"},
		{"pbt.stop_ratio", "0.25"},
		{"pbt.stop_generations", "5"},
		{"random.epochs_budget", "1900"},
		{"pbt.space.train.kl_ic_scale", "{low: 1e-5, high: 1e-2, scale: uniform, explore: .5, limits: true, init: 1e-4}"},
		{"pbt.space.train.learning_rate", "{init: null}"},
		{"pbt.space.train.dropout_rate.high", "0.4"},
		{"pbt.space.train.weight_decay", "{low: 1e-3, high: .1, scale: log, explore: .8}"},
		{"pbt.space.train.l2_generator_scale", "null"},
	} {
		if err := c.Set(s[0], s[1]); err != nil {
			t.Fatal(err)
		}
	}
	want := pbt.Config{
		Members: 7, EpochsPerGeneration: 11, FirstGenerationEpochs: 13, MaxGenerations: 17, StopRatio: .25, StopGenerations: 5,
		Space: pbt.DefaultSpace(),
	}
	init := 1e-4
	want.Space["train.kl_ic_scale"] = pbt.Parameter{Low: 1e-5, High: 1e-2, Scale: pbt.Uniform, Explore: .5, Limits: true, Init: &init}
	want.Space["train.learning_rate"] = pbt.Parameter{Low: 1e-5, High: 5e-3, Scale: pbt.Log, Explore: .3, Limits: true}
	want.Space["train.dropout_rate"] = pbt.Parameter{Low: 0, High: .4, Scale: pbt.Uniform, Explore: .3, Limits: true}
	want.Space["train.weight_decay"] = pbt.Parameter{Low: 1e-3, High: .1, Scale: pbt.Log, Explore: .8}
	delete(want.Space, "train.l2_generator_scale")
	if !reflect.DeepEqual(c.PBT, want) || c.Random.EpochsBudget != 1900 {
		t.Errorf("got %+v\nwant %+v", c.PBT, want)
	}
	if err := c.Check(); err != nil {
		t.Error(err)
	}
}
