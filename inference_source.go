package autolfads

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/work"
)

// source is a trained model and the run that it is of.
type source struct {
	dir, path string // run folder, checkpoint
	name      string // by which an ensemble calls it
	config    Config
	header    run.Header
	seed      uint64
	model     *lfads.Model
}

// source finds a model. What it is inferred with is the run's unless the request says
// otherwise.
func (r *Inference) source(from string) (*source, error) {
	dir, path, err := locate(from)
	if err != nil {
		return nil, err
	}
	s := &source{config: DefaultConfig()}
	if s.dir, err = filepath.Abs(dir); err == nil {
		s.path, err = filepath.Abs(path)
	}
	if err != nil {
		return nil, err
	}
	if s.header, err = run.Read(dir, &s.config); err != nil {
		return nil, err
	}
	if r.Samples != 0 {
		s.config.Infer.Samples = r.Samples
	}
	s.seed = s.header.Seed
	if r.Seed != nil {
		s.seed = *r.Seed
	}
	return s, s.config.Infer.Check()
}

// restore makes the models for the data.
func (r *Inference) restore(all []*source, d *dataset.Dataset) error {
	for i, s := range all {
		state, err := checkpoint.Read(s.path)
		if err == nil {
			s.model, err = work.Restore(&s.config, d, state, max(s.header.Trials.ForwardBins, 0))
		}
		switch {
		case err != nil && i > 0:
			return fmt.Errorf("%s: %w", s.name, err)
		case err != nil:
			return err
		case s.model.Shape != all[0].model.Shape:
			return fmt.Errorf("%s reconstructs %s, %s %s: an ensemble is of models of the same neurons and bins",
				s.name, sizeOf(s.model), all[0].name, sizeOf(all[0].model))
		}
	}
	return nil
}

func sizeOf(m *lfads.Model) string {
	return fmt.Sprintf("%d neurons in %d bins", m.Shape.Neurons, m.Shape.ReconBins)
}

// infer infers the data with a model.
func (r *Inference) infer(ctx context.Context, s *source, d *dataset.Dataset, progress func(done, total int)) (*infer.Result, error) {
	if n := s.config.Model.Samples(s.config.Infer.Samples); r.Samples > n {
		r.Resources.Observer.note(fmt.Sprintf("the model is not variational: all posterior samples are the same, so %d is taken, not %d", n, r.Samples))
	}
	o := r.Resources.inference(&s.config, s.seed)
	o.Progress = progress
	result, err := infer.Run(ctx, s.model, d, o)
	if err != nil {
		return nil, err
	}
	if unlike := result.Unlike(d); unlike != "" {
		r.Resources.Observer.note("warning: " + unlike)
	}
	if err := checkOrder(d, result); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(s.dir, "run.yaml"), err)
	}
	return result, nil
}

// checkOrder returns an error if the order of neurons, which may come from a
// run's header, does not hold each of the model's neurons once.
func checkOrder(d *dataset.Dataset, r *infer.Result) error {
	neurons := 0
	for _, p := range []*lfads.Posterior{r.Train, r.Valid, r.Test} {
		if p != nil {
			neurons = p.Rates.Features
		}
	}
	for i, place := range slices.Sorted(slices.Values(d.Order)) {
		if i != place || len(d.Order) != neurons {
			return fmt.Errorf("trials.neuron_order is no order of %d neurons: put back what the run wrote", neurons)
		}
	}
	return nil
}

// bestCheckpoint is that of a run's best model, in its folder.
const bestCheckpoint = "best/checkpoint.safetensors"

// locate finds the run folder, whose run.yaml says how the model is made, and
// the checkpoint.
func locate(from string) (dir, path string, err error) {
	info, err := os.Stat(from)
	if err != nil {
		return "", "", fmt.Errorf("%w; give a run folder, or a checkpoint inside one", err)
	}
	if info.IsDir() {
		if err := run.Exists(from); err != nil {
			return "", "", err
		}
		path = filepath.Join(from, filepath.FromSlash(bestCheckpoint))
		if _, err := os.Stat(path); err != nil {
			return "", "", fmt.Errorf("%s has no trained model yet (no %s): go on with `autolfads resume %s`", from, bestCheckpoint, from)
		}
		return from, path, nil
	}
	abs, err := filepath.Abs(from)
	if err != nil {
		return "", "", err
	}
	for dir := filepath.Dir(abs); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "run.yaml")); err == nil {
			return dir, from, nil
		}
		if dir == filepath.Dir(dir) || strings.Count(dir, string(filepath.Separator)) < 2 {
			return "", "", fmt.Errorf("%s lies in no run folder: run.yaml, which says how the model is made, must be above it", from)
		}
	}
}
