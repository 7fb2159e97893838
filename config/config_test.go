package config

import (
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/pbt"
)

// docs/configuration.md says of every setting what its field's tags say, and
// its default.
func TestConfigurationIsDocumented(t *testing.T) {
	text, err := os.ReadFile("../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		if cells := strings.Split(line, "|"); len(cells) == 7 {
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			rows[cells[1]] = cells[2:]
		}
	}
	config := Default()
	for _, s := range settings.List(&config) {
		row, ok := rows[s.Key]
		if !ok {
			t.Errorf("docs/configuration.md has no row for %s", s.Key)
			continue
		}
		if got := strings.Join(s.Known, ", "); row[1] != got {
			t.Errorf("%s is known as %q, and documented as known as %q", s.Key, got, row[1])
		}
		searched := "random"
		switch s.Search {
		case "":
			searched = ""
		case always:
			searched = "yes"
		}
		if row[2] != searched {
			t.Errorf("%s: searched %q, documented %q", s.Key, searched, row[2])
		}
		if want, err := settings.Float(&config, s.Key); err == nil {
			if row[0] == "auto" {
				row[0] = strconv.Itoa(int(pbt.Auto))
			}
			if got, err := strconv.ParseFloat(row[0], 64); err != nil || got != want {
				t.Errorf("%s is %v, documented as %q", s.Key, want, row[0])
			}
		}
	}
	if len(rows) < 50 || notInPopulation["shapes"] == "" {
		t.Errorf("the table has %d rows", len(rows))
	}
}

// Every tag that keeps a setting from a population has its reason.
func TestSearchTags(t *testing.T) {
	config := Default()
	for _, s := range settings.List(&config) {
		if s.Search != "" && s.Search != always && notInPopulation[s.Search] == "" {
			t.Errorf("%s: the tag search:%q has no reason", s.Key, s.Search)
		}
	}
}

// Every setting of the search can be changed as --set does, entries of the
// space by field, whole, and away.
func TestSetSearch(t *testing.T) {
	c := Default()
	for _, s := range [][2]string{
		{"pbt.members", "7"},
		{"pbt.epochs_per_generation", "11"},
		{"pbt.first_generation_epochs", "13"},
		{"pbt.max_generations", "17"},
		{"pbt.stop_ratio", "0.25"},
		{"pbt.stop_errors", "1.5"},
		{"pbt.stop_generations", "5"},
		{"pbt.final_draws", "19"},
		{"pbt.finish_epochs", "23"},
		{"pbt.mean_generations", "29"},
		{"pbt.best_epoch", "false"},
		{"random.epochs_budget", "1900"},
		{"pbt.space.train.kl_ic_scale", "{low: 1e-5, high: 1e-2, scale: uniform, explore: .5, limits: true, init: 1e-4}"},
		{"pbt.space.train.learning_rate", "{init: null}"},
		{"pbt.space.train.dropout_rate.high", "0.4"},
		{"pbt.space.weight_decay", "{low: 1e-3, high: .1, explore: .8, limits: false}"},
		{"pbt.space.train.l2_generator_scale", "null"},
	} {
		if err := c.Set(s[0], s[1]); err != nil {
			t.Fatal(err)
		}
	}
	want := pbt.Config{
		Members: 7, EpochsPerGeneration: 11, FirstGenerationEpochs: 13, MaxGenerations: 17, StopRatio: .25, StopErrors: 1.5, StopGenerations: 5, FinalDraws: 19, FinishEpochs: 23, MeanGenerations: 29, Exploit: "tournament",
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
