package config

import (
	"os"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/prior"
)

// Every member of a family has a row in docs/configuration.md under the key that
// names it, and every row a member.
func TestFamiliesAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]bool{} // `NAME` KEY
	for line := range strings.Lines(string(text)) {
		if cells := strings.Split(line, "|"); len(cells) == 5 && strings.HasPrefix(line, "| `") {
			if what := strings.TrimSpace(cells[3]); len(what) < 20 {
				t.Errorf("%s does not say what it is", line)
			}
			rows[strings.TrimSpace(cells[1])+" "+strings.TrimSpace(cells[2])] = true
		}
	}
	for key, names := range map[string][]string{
		"model.likelihood":  likelihood.Names(),
		"model.input_prior": prior.Names(),
		"pbt.exploit":       pbt.Exploits(),
		"train.augment":     augment.Names(),
	} {
		for _, name := range names {
			row := "`" + name + "` " + key
			if !rows[row] {
				t.Errorf("docs/configuration.md has no row for %s=%s", key, name)
			}
			delete(rows, row)
		}
	}
	for row := range rows {
		t.Errorf("docs/configuration.md has a row of %s, which there is not", row)
	}
}

// What cannot be done to data of the likelihood is refused before any are read.
func TestAugmentationsFitTheLikelihood(t *testing.T) {
	c := Default()
	c.Train.Augment = augment.Strengths{"spike_jitter": 1}
	if err := c.Check(); err != nil {
		t.Error(err)
	}
	c.Model.Likelihood = "gamma"
	if err := c.Check(); err == nil || !strings.Contains(err.Error(), "train.augment.spike_jitter: it moves spikes") {
		t.Errorf("numbers that are no counts are jittered: %v", err)
	}
}
