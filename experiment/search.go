package experiment

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/durable"
)

// Search compares the ways in which hyper-parameters are found, at equal numbers of
// epochs, on trials that no choice has seen.
type Search struct {
	Data string               // recording with training and validation trials
	File autolfads.DataConfig // what the file leaves open
	Out  string               // folder of runs, their data, and cells
	// Cells is the folder of the cells; "": Out/cells. Cells that are there are not made
	// again, whichever machine made them.
	Cells string

	Division
	Seeds   int       // of each split
	Ways    []Way     // that are compared
	Epochs  int       // of all models of a way together
	Members int       // of a population, and models of a random search
	Set     []Setting // of the configurations; those of one way go behind those of all
	Only    []string  // way=NAME, split=N or seed=N: no other cells are made
	Again   int       // seeds, 2 or more, from which what each way chose is trained again, beyond its epochs; 0: it is not

	Command string // that makes a cell, up to --ways and --only
	Machine string // what the system calls the processor

	Resources autolfads.Resources
	// Watch is told which cell begins, of how many that are to be made; it returns who
	// watches its run. Nil: nobody does.
	Watch func(cell string, number, of int) autolfads.Observer
	// Made is told of a cell that is made; nil: nobody is.
	Made func(c *Cell)

	data   *dataset.Dataset
	source DataOf
}

// Setting is a key of the configuration and its value, for one way or for all.
type Setting struct{ Way, Key, Value string } // Way "": all

// Name implements [Experiment].
func (s *Search) Name() string { return "search" }

// SeedOf is the seed of the nth run (from 0) on a split: 100, 101, ... for the first,
// 200, 201, ... for the second. They are named here so that nobody chooses them.
func SeedOf(split, nth int) uint64 { return uint64(100*(nth+1) + split) }

// plan is a cell to be made.
type plan struct {
	way    *Way
	split  int
	seed   uint64
	config autolfads.Config
	name   string
}

// Run implements [Experiment]. A cell that cannot be made costs no other: it is told at
// the end.
func (s *Search) Run(ctx context.Context) error {
	if err := s.begin(); err != nil {
		return err
	}
	plans, err := s.plans()
	if err != nil {
		return err
	}
	var failed []error
	for i := range plans {
		p := &plans[i]
		err := s.cell(ctx, p, i, len(plans))
		if ctx.Err() != nil {
			return fmt.Errorf("stopped in cell %s; nothing is lost: the same command goes on from there (%w)", p.name, context.Cause(ctx))
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("cell %s: %w", p.name, err))
		}
	}
	failed = append(failed, s.ensembles(ctx, plans))
	return errors.Join(failed...)
}

// check returns an error for settings of a way that is not compared, for cells that are
// no cells, and for too few seeds.
func (s *Search) check() error {
	named := func(name string) bool {
		return name == "" || slices.ContainsFunc(s.Ways, func(w Way) bool { return w.Name == name })
	}
	for _, set := range s.Set {
		if !named(set.Way) {
			return fmt.Errorf("no way is called %s: %s=%s would set nothing; name it among --ways", set.Way, set.Key, set.Value)
		}
	}
	if s.Again == 1 || s.Again < 0 {
		return fmt.Errorf("--again=%d: give 2 or more seeds, of which a mean can be taken", s.Again)
	}
	for _, only := range s.Only {
		if key, _, ok := strings.Cut(only, "="); !ok || !slices.Contains([]string{"way", "split", "seed"}, key) {
			return fmt.Errorf("--only %s: it must be way=NAME, split=N or seed=N", only)
		}
	}
	return nil
}

// begin reads the recording and makes the folders.
func (s *Search) begin() error {
	if err := s.check(); err != nil {
		return err
	}
	if s.Cells == "" {
		s.Cells = filepath.Join(s.Out, "cells")
	}
	d, err := s.File.Load(s.Data)
	if err != nil {
		return err
	}
	if err := divisible(d); err != nil {
		return fmt.Errorf("%s: %w", s.Data, err)
	}
	s.data = d
	if err := s.Division.Check(d.Train.Trials() + d.Valid.Trials()); err != nil {
		return err
	}
	sum, err := checkpoint.SHA256(s.Data)
	s.source = DataOf{File: filepath.Base(s.Data), SHA256: sum}
	for _, dir := range []string{s.Cells, filepath.Join(s.Out, "data"), filepath.Join(s.Out, "runs")} {
		err = errors.Join(err, durable.MkdirAll(dir))
	}
	return err
}

// plans are the cells that are asked for, split after split, so that ways can be
// compared early.
func (s *Search) plans() (all []plan, err error) {
	configs := map[string]autolfads.Config{}
	for i := range s.Ways {
		if configs[s.Ways[i].Name], err = s.config(&s.Ways[i]); err != nil {
			return nil, fmt.Errorf("way %s: %w", s.Ways[i].Name, err)
		}
	}
	for nth := range max(s.Seeds, 1) {
		for split := range s.Splits {
			for i := range s.Ways {
				p := plan{way: &s.Ways[i], split: split, seed: SeedOf(split, nth), config: configs[s.Ways[i].Name]}
				if p.name = s.called(&p); s.wanted(&p) {
					all = append(all, p)
				}
			}
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no cell is %s: there are ways, splits 0 to %d, and seeds %d and on (--only)", strings.Join(s.Only, " and "), s.Splits-1, SeedOf(0, 0))
	}
	return all, nil
}

// called is a cell's name, that of its file and of its run.
func (s *Search) called(p *plan) string {
	return fmt.Sprintf("%s%s-%d-%d", p.way.Name, s.size(), p.split, p.seed)
}

// size is the part of names that says how many trials train, where not all do.
func (s *Search) size() string {
	if s.Train == 0 {
		return ""
	}
	return fmt.Sprintf("-n%d", s.Train)
}

// wanted reports whether a cell is among those asked for.
func (s *Search) wanted(p *plan) bool {
	asked := map[string][]string{}
	for _, only := range s.Only {
		key, value, _ := strings.Cut(only, "=")
		asked[key] = append(asked[key], value)
	}
	for key, is := range map[string]string{"way": p.way.Name, "split": fmt.Sprint(p.split), "seed": fmt.Sprint(p.seed)} {
		if values := asked[key]; values != nil && !slices.Contains(values, is) {
			return false
		}
	}
	return true
}

// config is the configuration of a way. Nothing stops a search before its epochs are
// used, unless a setting says so.
func (s *Search) config(w *Way) (autolfads.Config, error) {
	c := autolfads.DefaultConfig()
	if w.Search == autolfads.Paper {
		var err error
		if c, err = c.AsPaper(); err != nil {
			return c, err
		}
	}
	c.PBT.Members, c.PBT.StopRatio, c.PBT.StopErrors = s.Members, 0, 0
	c.Data.EncodDiffers, c.Data.Missing = s.File.EncodDiffers, s.File.Missing
	for _, set := range s.settings(w) {
		key, err := c.Key(set.Key)
		if err == nil {
			err = c.Set(key, set.Value)
		}
		if err != nil {
			return c, err
		}
	}
	if err := c.Check(); err != nil {
		return c, err
	}
	c.Resolve(s.divide(s.data, 0)) // all splits train on as many trials
	if err := w.budget(&c, w, s.Epochs); err != nil {
		return c, err
	}
	return c, c.Check()
}

// settings are those of a way: first those of all ways, then its own.
func (s *Search) settings(w *Way) (all []Setting) {
	for _, of := range []string{"", w.Name} {
		for _, set := range s.Set {
			if set.Way == of {
				all = append(all, set)
			}
		}
	}
	return all
}

// exists reports whether there is something at a path.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
