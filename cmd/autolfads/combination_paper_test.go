package main

import (
	"strings"

	"github.com/autolfads/autolfads"
)

// beyondPaper are the values that the paper's search refuses.
func beyondPaper() (all []clash) {
	for _, f := range fixedFactors() {
		if !strings.Contains(f.name, ".") {
			continue
		}
		for _, value := range f.values {
			config, err := autolfads.DefaultConfig().AsPaper()
			if err != nil || config.Set(f.name, value) != nil {
				continue
			}
			if _, err := config.Decide(autolfads.Paper, 0); err != nil {
				all = append(all, clash{f.name, value, "search", string(autolfads.Paper)})
			}
		}
	}
	return all
}

// isPopulation reports whether members of a row's search copy each other.
func (c combination) isPopulation() bool { return autolfads.Search(c["search"]).Population() }
