package experiment

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/run"
)

// againVariants are what a way's choice gives when it is trained again by its schedule
// (autolfads replay), from other seeds: what of a score was luck, what a mean over seeds
// gives, and what the validation trials do once the choice is made. They take epochs
// beyond those of the way.
func againVariants() []variant {
	return []variant{
		{"again", "the chosen schedule from another seed", first(false)},
		{"mean of rates again", "the mean over the seeds of it", meanAgain(false)},
		{"again, all trials", "the chosen schedule from another seed, on training and validation trials", first(true)},
		{"mean of rates again, all trials", "the mean over the seeds of it", meanAgain(true)},
	}
}

// variants are those that its cells are to have.
func (s *Search) variants() []variant {
	if s.Again == 0 {
		return variants()
	}
	return append(variants(), againVariants()...)
}

// again trains what a run chose again, without and with its validation trials.
func (s *Search) again(ctx context.Context, dir string, r autolfads.Resources) error {
	r.NoFigures = true
	for _, all := range []bool{false, true} {
		job := autolfads.ReplayJob{Run: dir, Out: againDir(dir, all), AllTrials: all, Seeds: s.Again, Resources: r}
		if err := replay(ctx, job); err != nil {
			return err
		}
	}
	return nil
}

// againDir is the folder of what a run chose, trained again.
func againDir(dir string, all bool) string {
	if all {
		return dir + ".again-all"
	}
	return dir + ".again"
}

// replay carries a replay to its end, from wherever it is.
func replay(ctx context.Context, j autolfads.ReplayJob) error {
	if run.Exists(j.Out) != nil {
		_, err := autolfads.StartReplay(ctx, j)
		return err
	}
	return goOn(ctx, j.Out, j.Resources)
}

// first is the first model that was trained again.
func first(all bool) func(context.Context, *ended) (rates, error) {
	return func(ctx context.Context, e *ended) (rates, error) { return e.again(ctx, all, 0) }
}

// meanAgain is the mean over all of them.
func meanAgain(all bool) func(context.Context, *ended) (rates, error) {
	return func(ctx context.Context, e *ended) (rates, error) {
		paths, err := filepath.Glob(e.model(all, "*"))
		if err != nil {
			return rates{}, err
		}
		if err := enough(len(paths), 2, false); err != nil {
			return rates{}, err
		}
		var each []rates
		for n := range paths {
			r, err := e.again(ctx, all, n)
			if err != nil {
				return rates{}, err
			}
			each = append(each, r)
		}
		return mean(each), nil
	}
}

// again returns the rates of the nth model that was trained again.
func (e *ended) again(ctx context.Context, all bool, n int) (rates, error) {
	s, err := checkpoint.Read(e.model(all, fmt.Sprintf("%03d", n)))
	if err != nil {
		return rates{}, err
	}
	return e.infer(ctx, s)
}

// model is the path of a model that was trained again.
func (e *ended) model(all bool, number string) string {
	return filepath.Join(againDir(e.files.Dir, all), "models", "member-"+number+".safetensors")
}
