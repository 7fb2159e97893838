package runs

import (
	"fmt"
	"slices"
	"strings"
)

// notes say what keeps scores from being compared, and what stands in their place.
func (c *Comparison) notes() (all []string) {
	for _, say := range []func() []string{c.ofOtherData, c.readOtherwise, c.ofOtherLikelihoods, c.ofTestTrials, c.ofOtherVersions, c.warned} {
		all = append(all, say()...)
	}
	return all
}

// ofOtherData names the runs of each data file, if there are several.
func (c *Comparison) ofOtherData() []string {
	groups := c.grouped(func(r *Run) string { return r.SHA256 })
	if len(groups) < 2 {
		return nil
	}
	var parts []string
	for _, g := range groups {
		parts = append(parts, fmt.Sprintf("%s: %s", g[0].Data, names(g)))
	}
	return []string{fmt.Sprintf("The runs are of %d data files (%s). Scores on one file do not compare with scores on another.", len(groups), strings.Join(parts, "; "))}
}

// judging are the settings that say which trials and neurons of a file are scored.
var judging = []string{"data.axes", "data.group", "data.missing", "data.set_aside", "data.split_seed", "data.valid_share"}

// readOtherwise names settings by which runs of one file are judged by other trials or
// neurons of it.
func (c *Comparison) readOtherwise() (all []string) {
	for _, g := range c.grouped(func(r *Run) string { return r.SHA256 }) {
		var keys []string
		for _, key := range judging {
			if slices.ContainsFunc(g, func(r *Run) bool { return r.Setting(key) != g[0].Setting(key) }) {
				keys = append(keys, key)
			}
		}
		if len(keys) > 0 {
			all = append(all, fmt.Sprintf("%s read %s with other %s: they may be scored on other trials or neurons of it.", names(g), g[0].Data, strings.Join(keys, ", ")))
		}
	}
	return all
}

// ofOtherLikelihoods names the runs of each likelihood, if there are several.
func (c *Comparison) ofOtherLikelihoods() []string {
	var parts []string
	for _, g := range c.grouped((*Run).likelihood) {
		if of := g[0].likelihood(); of != "" {
			parts = append(parts, fmt.Sprintf("%s: %s", of, names(g)))
		}
	}
	if len(parts) < 2 {
		return nil
	}
	return []string{fmt.Sprintf("The runs have %d likelihoods (%s). Validation scores and negative log likelihoods under one do not compare with those under another.", len(parts), strings.Join(parts, "; "))}
}

// ofTestTrials names runs that trained on their validation trials, if others with scores did not.
func (c *Comparison) ofTestTrials() []string {
	var of []*Run
	others := false
	for _, r := range c.whole() {
		switch {
		case len(r.Scores) == 0:
		case r.AllTrials:
			of = append(of, r)
		default:
			others = true
		}
	}
	if len(of) == 0 || !others {
		return nil
	}
	return []string{names(of) + ": trained on all trials, so that its scores are of test trials, where the others' are of validation trials."}
}

// SameTrials reports whether all runs have scores, on the same trials of one data file.
func (c *Comparison) SameTrials() bool {
	unscored := slices.ContainsFunc(c.Runs, func(r Run) bool { return len(r.Scores) == 0 })
	return !unscored && c.ofOtherData() == nil && c.readOtherwise() == nil && c.ofTestTrials() == nil
}

// ofOtherVersions says what versions may do to a comparison.
func (c *Comparison) ofOtherVersions() []string {
	if len(c.grouped(func(r *Run) string { return r.Version })) < 2 {
		return nil
	}
	return []string{"The runs are of different versions of the program: settings that are not named may have had another default."}
}

// warned passes on why the scores of a run should not be believed.
func (c *Comparison) warned() (all []string) {
	for i := range c.Runs {
		if r := &c.Runs[i]; r.Warning != "" {
			all = append(all, r.Name+": "+r.Warning)
		}
	}
	return all
}

// grouped are the runs that can be read, by what they have in common, in their order.
func (c *Comparison) grouped(by func(r *Run) string) (groups [][]*Run) {
	at := map[string]int{}
	for _, r := range c.whole() {
		i, known := at[by(r)]
		if !known {
			i = len(groups)
			at[by(r)] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], r)
	}
	return groups
}

// names are those of runs.
func names(runs []*Run) string {
	all := make([]string, len(runs))
	for i, r := range runs {
		all[i] = r.Name
	}
	return strings.Join(all, ", ")
}
