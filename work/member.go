package work

import (
	"context"
	"errors"
	"maps"
	"time"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/train"
)

// Worker returns what executes units of a run with configuration c on data d,
// and saves members at least so often (0: at the end of each epoch).
func Worker(c config.Config, d *dataset.Dataset, every time.Duration) run.Worker {
	m := &maker{c, d}
	return run.Training{New: m.new, Every: every}.Work
}

// maker makes the members that a run trains.
type maker struct {
	config config.Config
	data   *dataset.Dataset
}

// new makes the member of a unit, where it goes on.
func (m *maker) new(u run.Unit, threads int, from run.From) (run.Member, error) {
	c, err := m.config.With(u.Hyper)
	if err != nil {
		return nil, err
	}
	id := train.Identity{Seed: u.Seed, Member: u.Member, Generation: u.Generation}
	trained, err := train.New(c.Model, c.Train, m.data, id, lfads.Threads(threads))
	if err != nil {
		return nil, err
	}
	if u.Anneal {
		trained.Anneal(u.FirstEpoch, u.Epochs)
	}
	switch {
	case from.Own:
		err = trained.Resume(from.State)
	case from.State != nil:
		err = trained.Inherit(from.State)
	}
	return &member{trained, u, maps.Clone(u.Hyper)}, err
}

// member is the one place where package train, which knows models and nothing
// of runs, meets package run, which knows units and nothing of models: a
// train.Member as a run.Member, its train.Epoch as a run.Epoch.
type member struct {
	*train.Member
	unit  run.Unit
	hyper map[string]float64
}

// State implements run.Member.
func (m *member) State() *checkpoint.State {
	s := m.Member.State()
	s.Hyper = m.hyper
	return s
}

// RunEpoch implements run.Member.
func (m *member) RunEpoch(ctx context.Context) (run.Epoch, error) {
	// An epoch is completed when ctx ends on the way: half of one is nothing that
	// could be saved, and a run stops between epochs, at a whole state.
	e, err := m.Member.RunEpoch(context.WithoutCancel(ctx))
	var diverged *train.Diverged
	if errors.As(err, &diverged) {
		return run.Epoch{}, &run.Diverged{Tensor: diverged.Tensor, Step: diverged.Step, Epoch: diverged.Epoch}
	}
	if err != nil {
		return run.Epoch{}, err
	}
	switch {
	case m.unit.Single:
		m.Advance()
	case m.unit.KeepBest:
		m.Member.KeepBest()
	}
	return run.Epoch{Epoch: e.Epoch, Score: e.Score, Schedule: m.Schedule(), Metrics: metrics(&e)}, nil
}

// metrics are the numbers of an epoch as metrics.jsonl and TensorBoard call them.
func metrics(e *train.Epoch) map[string]float64 {
	m := map[string]float64{
		"train/total": e.Total, "train/recon": e.Recon, "train/kl_ic": e.KLIC, "train/kl_input": e.KLInput,
		"train/l2": e.L2, "train/gradient_norm": e.GradientNorm, "learning_rate": e.LearningRate,
	}
	for name, v := range map[string]float64{"valid/recon": e.Valid, "train/held_out": e.HeldOut} {
		if v-v == 0 { // a file of metrics holds numbers alone
			m[name] = v
		}
	}
	return m
}
