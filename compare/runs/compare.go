package runs

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/run/watch"
)

// Comparison is several runs beside each other.
type Comparison struct {
	Runs     []Run     `json:"runs"`               // in the order in which they were given
	Settings []Setting `json:"settings,omitempty"` // that not all have alike
	Scores   []Name    `json:"scores,omitempty"`   // that some run has, in the order in which they come
	Notes    []string  `json:"notes,omitempty"`    // what must be known to compare them, a sentence each
}

// Setting is a setting that runs have otherwise: their values, in the order of the runs; ""
// of one that lacks it.
type Setting struct {
	Key    string   `json:"key"`
	Values []string `json:"values"`
}

// Name is a score and its unit.
type Name struct {
	Name string `json:"name"`
	Unit string `json:"unit"`
}

// Compare reads the runs in folders. Of a folder that holds no run itself but folders that
// do, these are meant, by their names ([watch.Runs]).
func Compare(dirs []string) *Comparison {
	c := new(Comparison)
	for _, dir := range dirs {
		found := watch.Runs(dir)
		if found == nil {
			found = []string{dir} // to be told what is wrong
		}
		for _, d := range found {
			c.Runs = append(c.Runs, read(d))
		}
	}
	c.name()
	c.Settings = c.differing()
	for i := range c.Runs {
		for _, s := range c.Runs[i].Scores {
			if n := (Name{s.Name, s.Unit}); !slices.ContainsFunc(c.Scores, func(o Name) bool { return o.Name == n.Name }) {
				c.Scores = append(c.Scores, n)
			}
		}
	}
	c.Notes = c.notes()
	return c
}

// name calls each run by the last parts of its path that tell it from the others; by all of
// it, where nothing does.
func (c *Comparison) name() {
	parts := make([][]string, len(c.Runs))
	for i, r := range c.Runs {
		dir, err := filepath.Abs(r.Dir)
		if err != nil {
			dir = r.Dir
		}
		parts[i] = strings.Split(filepath.ToSlash(dir), "/")
	}
	for i := range c.Runs {
		for n := 1; n <= len(parts[i]); n++ {
			name := tail(parts[i], n)
			alone := true
			for j := range parts {
				alone = alone && (i == j || tail(parts[j], n) != name)
			}
			if c.Runs[i].Name = name; alone {
				break
			}
		}
	}
}

// tail is the last n parts of a path.
func tail(parts []string, n int) string {
	return strings.Join(parts[max(0, len(parts)-n):], "/")
}

// whole are the runs whose settings could be read.
func (c *Comparison) whole() (all []*Run) {
	for i := range c.Runs {
		if c.Runs[i].Readable() {
			all = append(all, &c.Runs[i])
		}
	}
	return all
}

// differing are the settings that runs have otherwise: first those that stand beside the
// configuration, then in the order of run.yaml.
func (c *Comparison) differing() (all []Setting) {
	for _, s := range []struct {
		key string
		of  func(r *Run) string
	}{
		{"data", func(r *Run) string { return r.Data }},
		{"search", func(r *Run) string { return r.Search }},
		{"seed", func(r *Run) string { return r.Seed }},
		{"version", func(r *Run) string { return r.Version }},
	} {
		all = c.addIfDiffering(all, s.key, s.of)
	}
	seen := map[string]bool{}
	for _, r := range c.whole() {
		for _, key := range r.keys {
			if !seen[key] {
				seen[key] = true
				all = c.addIfDiffering(all, key, func(r *Run) string { return r.Setting(key) })
			}
		}
	}
	return all
}

// addIfDiffering adds a setting if not all runs that can be read have the same value of it.
func (c *Comparison) addIfDiffering(all []Setting, key string, of func(r *Run) string) []Setting {
	whole := c.whole()
	if !slices.ContainsFunc(whole, func(r *Run) bool { return of(r) != of(whole[0]) }) {
		return all
	}
	s := Setting{Key: key, Values: make([]string, len(c.Runs))}
	for i := range c.Runs {
		s.Values[i] = of(&c.Runs[i])
	}
	return append(all, s)
}
