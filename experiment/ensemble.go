package experiment

import (
	"context"
	"fmt"
	"path/filepath"
)

// Ensemble is the variant of the mean over what a way chose by each seed of a split.
const Ensemble = "mean of rates over seeds"

// ensembles makes a cell of each way and split whose cells of several seeds are there,
// with their runs: WAY-SPLIT-ensemble.json.
func (s *Search) ensembles(ctx context.Context, plans []plan) error {
	groups := map[string][]*plan{}
	var names []string
	for i := range plans {
		name := fmt.Sprintf("%s%s-%d-ensemble", plans[i].way.Name, s.size(), plans[i].split)
		if groups[name] == nil {
			names = append(names, name)
		}
		groups[name] = append(groups[name], &plans[i])
	}
	for _, name := range names {
		if err := s.ensemble(ctx, name, groups[name]); err != nil {
			return fmt.Errorf("cell %s: %w", name, err)
		}
	}
	return nil
}

// ensemble makes one of these cells, unless it is there, or a seed is missing.
func (s *Search) ensemble(ctx context.Context, name string, of []*plan) error {
	path := filepath.Join(s.Cells, name+".json")
	if len(of) < 2 || exists(path) {
		return nil
	}
	for _, p := range of {
		if !exists(filepath.Join(s.Cells, p.name+".json")) || !exists(s.run(p, 0)) {
			return nil
		}
	}
	made := s.describe(of[0], &trained{})
	made.Command = s.command(of[0])
	var all []rates
	var last *ended
	for _, p := range of {
		t, err := s.train(ctx, p, s.Resources) // it is trained: this finds which run was chosen
		if err != nil {
			return err
		}
		if last, err = open(t.dir, &s.Resources); err != nil {
			return err
		}
		r, err := chosen(ctx, last)
		if err != nil {
			return err
		}
		all = append(all, r)
		made.Seeds = append(made.Seeds, p.seed)
		made.EpochsUsed += t.epochs
	}
	l, err := last.config.Model.NewLikelihood()
	if err != nil {
		return err
	}
	values, err := scores(ctx, last.data, l, mean(all))
	if err != nil {
		return err
	}
	made.Variants = []Variant{{Name: Ensemble, Scores: values}}
	return made.write(path)
}
