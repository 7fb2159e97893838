package experiment

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/work"
)

// variant is a manner in which a run that has ended gives rates.
type variant struct {
	name, help string
	of         func(ctx context.Context, e *ended) (rates, error)
}

// variants are all manners, a line each: another is a function from a run to rates.
func variants() []variant {
	return []variant{
		{"chosen", "the model that the way chose", chosen},
		{"raw weights", "the same model with its last weights, where it was their running average", raw},
		{"search's best", "the member of the lowest score in the search: no mean, no finish, no scoring anew", searched},
		{"best finish", "the member of the lowest score among those whose learning rate fell in the end", finished},
		{"mean of weights", "one model, of the mean weights of the best member and its relatives", meanOfWeights},
		{"mean of rates", "the mean of the rates of the search's last models", meanOfRates},
		{"mean of finished rates", "the mean over those whose learning rate fell in the end", meanOfFinished},
	}
}

// Chosen is the variant that a way stands for.
const Chosen = "chosen"

// absent says why a run has no such rates.
type absent struct{ error }

// ended is a run that has ended, its data and on what models infer.
type ended struct {
	files  run.Files
	header run.Header
	config config.Config
	data   *dataset.Dataset
	engine lfads.EngineMaker
}

// open reads a run that has ended; models infer on as many threads as they trained on.
func open(dir string, r *autolfads.Resources) (*ended, error) {
	threads := max(r.Workers, 1) * max(r.Threads, 1)
	if r.Workers == 0 && r.Threads == 0 {
		threads = runtime.GOMAXPROCS(0)
	}
	e := &ended{files: run.Files{Dir: dir}, config: config.Default(), engine: lfads.Threads(threads)}
	var err error
	if e.header, err = run.Read(dir, &e.config); err != nil {
		return nil, err
	}
	found, err := e.header.Data.Find(dir)
	if err != nil {
		return nil, err
	}
	e.data, err = e.config.LoadData(found.Path, func(string) {})
	return e, err
}

// infer returns the rates of a model, as a run itself infers them.
func (e *ended) infer(ctx context.Context, s *checkpoint.State) (rates, error) {
	model, err := work.Restore(&e.config, e.data, s, 0)
	if err != nil {
		return rates{}, err
	}
	d := *e.data
	d.Valid = nil // nobody asks for it
	r, err := infer.Run(ctx, model, &d, infer.Options{Samples: e.config.Infer.Samples, Seed: e.header.Seed, Engine: e.engine})
	if err != nil {
		return rates{}, err
	}
	return rates{r.Train.Rates, r.Test.Rates}, nil
}

// chosen is the model that the search chose.
func chosen(ctx context.Context, e *ended) (rates, error) {
	s, err := e.best()
	if err != nil {
		return rates{}, err
	}
	return e.infer(ctx, s)
}

// best reads the model that the search chose.
func (e *ended) best() (*checkpoint.State, error) {
	return checkpoint.Read(filepath.Join(e.files.Dir, "best", "checkpoint.safetensors"))
}

// meanOfWeights is the mean of weights that the final choice was among.
func meanOfWeights(ctx context.Context, e *ended) (rates, error) {
	c, err := e.files.Choice()
	if err != nil {
		return rates{}, err
	}
	if c == nil {
		return rates{}, absent{errors.New("there was no final choice (pbt.final_draws)")}
	}
	i := slices.IndexFunc(c.Finalists, func(f run.Finalist) bool { return f.Kind == run.KindMean })
	if i < 0 {
		return rates{}, absent{errors.New("no mean of weights was among the finalists (pbt.mean_generations)")}
	}
	s, err := checkpoint.Read(filepath.Join(e.files.Dir, "finalists", fmt.Sprintf("mean-%03d.safetensors", c.Finalists[i].Generation)))
	if err != nil {
		return rates{}, err
	}
	return e.infer(ctx, s)
}

// raw is the chosen model with the weights of its last step.
func raw(ctx context.Context, e *ended) (rates, error) {
	s, err := e.best()
	if err != nil {
		return rates{}, err
	}
	if s.Average == nil {
		return rates{}, absent{errors.New("no running average of weights is kept (train.average_half_life)")}
	}
	s.Average = nil
	return e.infer(ctx, s)
}
