package experiment

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/run"
)

// member is a model of a search that has a score.
type member struct {
	unit   run.Unit
	result *run.Result
}

// members are those of all generations, in order: of the search, or of its finish.
func (e *ended) members(finish bool) (all []member, err error) {
	generations, err := e.files.Generations()
	if err != nil {
		return nil, err
	}
	for _, g := range generations {
		numbers, err := e.files.Members(g)
		if err != nil {
			return nil, err
		}
		for _, m := range numbers {
			u, err := e.files.Unit(g, m)
			if err != nil {
				return nil, err
			}
			r, err := e.files.Result(u)
			if err != nil {
				return nil, err
			}
			if r != nil && r.Checkpoint != "" && u.Anneal == finish {
				all = append(all, member{u, r})
			}
		}
	}
	return all, nil
}

// read reads a member's checkpoint. Of generations long past a run keeps few.
func (e *ended) read(m *member) (*checkpoint.State, error) {
	if _, err := os.Stat(filepath.Join(e.files.Dir, m.result.Checkpoint)); err != nil {
		return nil, absent{fmt.Errorf("the checkpoint of %s is gone", m.unit)}
	}
	return e.files.ReadModel(&run.Model{Checkpoint: m.result.Checkpoint, SHA256: m.result.SHA256})
}

// searched is the search's best member, the earliest if several have its score.
func searched(ctx context.Context, e *ended) (rates, error) { return lowest(ctx, e, false) }

// finished is the best member of the finish.
func finished(ctx context.Context, e *ended) (rates, error) { return lowest(ctx, e, true) }

func lowest(ctx context.Context, e *ended, finish bool) (rates, error) {
	all, err := e.members(finish)
	if err != nil {
		return rates{}, err
	}
	if err := enough(len(all), 1, finish); err != nil {
		return rates{}, err
	}
	best := &all[0]
	for i := range all {
		if all[i].result.Score < best.result.Score {
			best = &all[i]
		}
	}
	s, err := e.read(best)
	if err != nil {
		return rates{}, err
	}
	return e.infer(ctx, s)
}

// meanOfRates is the mean over the members of a population's last generation before a
// finish, or all models of a random search.
func meanOfRates(ctx context.Context, e *ended) (rates, error) { return meanOfMembers(ctx, e, false) }

// meanOfFinished is the mean over the members of the finish.
func meanOfFinished(ctx context.Context, e *ended) (rates, error) { return meanOfMembers(ctx, e, true) }

func meanOfMembers(ctx context.Context, e *ended, finish bool) (rates, error) {
	all, err := e.members(finish)
	if err != nil {
		return rates{}, err
	}
	if autolfads.Search(e.header.Search).Population() && len(all) > 0 {
		all = ofLast(all)
	}
	if err := enough(len(all), 2, finish); err != nil {
		return rates{}, err
	}
	var each []rates
	for i := range all {
		s, err := e.read(&all[i])
		if err != nil {
			return rates{}, err
		}
		r, err := e.infer(ctx, s)
		if err != nil {
			return rates{}, err
		}
		each = append(each, r)
	}
	return mean(each), nil
}

// ofLast are the members of the last generation.
func ofLast(all []member) []member {
	last := all[len(all)-1].unit.Generation
	for i := range all {
		if all[i].unit.Generation == last {
			return all[i:]
		}
	}
	return nil
}

// enough says why there are no rates of too few members; nil: there are enough.
func enough(members, least int, finish bool) error {
	switch {
	case members >= least:
		return nil
	case finish && members == 0:
		return absent{errors.New("no learning rate fell in the end (pbt.finish_epochs)")}
	}
	return absent{fmt.Errorf("%d models are too few", members)}
}

// mean is the mean of several rates, summed in their order.
func mean(all []rates) rates {
	var train, test []*dataset.Array
	for _, r := range all {
		train, test = append(train, r.train), append(test, r.test)
	}
	return rates{meanOf(train), meanOf(test)}
}

func meanOf(all []*dataset.Array) *dataset.Array {
	out := dataset.NewArray(all[0].Trials, all[0].Bins, all[0].Features)
	for i := range out.Data {
		sum := 0.
		for _, a := range all {
			sum += float64(a.Data[i])
		}
		out.Data[i] = float32(sum / float64(len(all)))
	}
	return out
}
