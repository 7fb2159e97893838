package experiment

import (
	"fmt"
	"strings"

	"github.com/autolfads/autolfads"
)

// Way is a way in which hyper-parameters are found.
type Way struct {
	Name   string
	Of     string // the one of [Ways] that it is; Name or "", unless it has settings of its own
	Help   string
	Search autolfads.Search
	// Repeats says that models of further seeds are trained while the epochs allow, and
	// that the best of them by its validation loss is the way's.
	Repeats bool
	// budget makes a configuration's search take as many epochs as it may, all models
	// together.
	budget func(c *autolfads.Config, w *Way, epochs int) error
}

// Ways are the ways that are compared, the program's own first.
func Ways() []Way {
	return []Way{
		{Name: "ours", Help: "a population as the program's defaults have it", Search: autolfads.PBT, budget: generations},
		{Name: "paper", Help: "the paper's population", Search: autolfads.Paper, budget: generations},
		{Name: "random", Help: "models drawn once from the same space, each trained to its early stop", Search: autolfads.Random, budget: draws},
		{Name: "fixed", Help: "the configured values, from as many seeds as the epochs allow; the best by validation loss", Search: autolfads.Fixed, Repeats: true, budget: single},
	}
}

// WayOf returns the way that a word names: one of [Ways], or "NAME=WAY", a way under
// another name, for settings of its own.
func WayOf(word string) (Way, error) {
	name, base, named := strings.Cut(word, "=")
	if !named {
		base = name
	}
	if strings.ContainsAny(name, "-/\\:. ") || name == "" {
		return Way{}, fmt.Errorf("a way cannot be called %q: its cells are files of this name; use letters, digits and _", name)
	}
	var known []string
	for _, w := range Ways() {
		if w.Name == base {
			w.Name, w.Of = name, base
			return w, nil
		}
		known = append(known, w.Name)
	}
	return Way{}, fmt.Errorf("there is no way %q: known are %s, and NAME=WAY for one under another name", base, strings.Join(known, ", "))
}

// typed is the way as [WayOf] reads it.
func (w *Way) typed() string {
	if w.Of == "" || w.Of == w.Name {
		return w.Name
	}
	return w.Name + "=" + w.Of
}

// generations makes a population as long as the epochs allow.
func generations(c *autolfads.Config, w *Way, epochs int) error {
	takes := func(n int) (int, error) {
		c.PBT.MaxGenerations = n
		s, err := c.Decide(w.Search, 0)
		if err != nil {
			return 0, err
		}
		return s.MostEpochs(), nil
	}
	last := 0
	for n := 1; ; n++ {
		most, err := takes(n)
		if err != nil {
			return err
		}
		if n == 1 && most > epochs {
			return fmt.Errorf("%d epochs are too few for %s: its first generation alone takes %d (--epochs)", epochs, w.Name, most)
		}
		if most > epochs || most == last {
			c.PBT.MaxGenerations = n - 1
			return nil
		}
		last = most
	}
}

// draws makes a random search of as many models as the epochs allow.
func draws(c *autolfads.Config, _ *Way, epochs int) error {
	c.Random.EpochsBudget = epochs
	return single(c, nil, epochs)
}

// single gives one model its share of the epochs.
func single(c *autolfads.Config, _ *Way, epochs int) error {
	c.Train.MaxEpochs = epochs / c.PBT.Members
	if c.Train.MaxEpochs < 1 {
		return fmt.Errorf("%d epochs are not one for each of %d models (--epochs, --members)", epochs, c.PBT.Members)
	}
	return nil
}
