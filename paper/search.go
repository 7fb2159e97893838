package paper

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/experiment"
)

// Search is a comparison of ways of finding hyper-parameters: what is trained on some of
// a set's trials and scored on others, which no choice has seen.
type Search struct {
	Label string // what tells it from the others of its experiment, and names its folder
	Set   *Set
	// Search says what is compared. Its data, folders and resources are the lab's.
	experiment.Search

	Results []experiment.Cell // once it is made, in the order of their files' names
}

// cells is how many it makes.
func (s *Search) cells() int { return max(s.Seeds, 1) * s.Splits * len(s.Ways) }

// compareWays makes the cells that are missing, and reads all.
func (l *Lab) compareWays(ctx context.Context, s *Search) error {
	s.Data, s.File = s.Set.path, s.Set.file
	s.Out = l.path(waysDir, fmt.Sprintf("%s-%s-%s", l.experiment, l.Scale, strings.ReplaceAll(s.Label, " ", "-")))
	s.Cells = filepath.Join(s.Out, "cells")
	s.Resources = l.Resources
	first := l.begun
	s.Watch = func(cell string, number, _ int) autolfads.Observer {
		l.begun = first + number
		return l.step(s.Label+", "+cell, filepath.Join(s.Out, "runs", cell)).Observer
	}
	if err := s.Run(ctx); err != nil {
		return err
	}
	l.begun = first + s.cells()
	all, err := experiment.ReadCells(s.Cells)
	s.Results = slices.DeleteFunc(all, func(c experiment.Cell) bool { return c.Seeds != nil }) // of one seed alone
	if err == nil && len(s.Results) != s.cells() {
		err = fmt.Errorf("%d cells are in %s, and %d were to be made: remove what does not belong there", len(s.Results), s.Cells, s.cells())
	}
	return err
}

// of are its cells of one way.
func (s *Search) of(way string) (all []experiment.Cell) {
	for _, c := range s.Results {
		if c.Way == way {
			all = append(all, c)
		}
	}
	return all
}

// chosen is a score of what a cell's way chose, and whether it has one.
func chosen(c *experiment.Cell, measure string) (float64, bool) {
	v := c.Variant(experiment.Chosen)
	if v == nil {
		return 0, false
	}
	value, ok := v.Scores[measure]
	return value, ok
}

// described are its cells, as a result has runs.
func (s *Search) described() (all []RunOf) {
	for _, c := range s.Results {
		all = append(all, RunOf{
			Label: fmt.Sprintf("%s, %s, split %d", s.Label, c.Way, c.Split), Set: s.Set.Name,
			Search: cmp.Or(c.Of, c.Way), Seed: c.Seed, Settings: c.Settings, Seconds: c.Time.Search,
		})
	}
	return all
}

// way is one of [experiment.Ways]; one that is not there is a fault of the source.
func way(word string) experiment.Way {
	w, err := experiment.WayOf(word)
	if err != nil {
		panic(err)
	}
	return w
}

// setting are settings of all ways, each KEY=VALUE.
func settingsOf(all []string) (set []experiment.Setting) {
	for _, s := range all {
		key, value, _ := strings.Cut(s, "=")
		set = append(set, experiment.Setting{Key: key, Value: value})
	}
	return set
}
