package autolfads

import (
	"context"
	"errors"
	"maps"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/train"
)

// trainer makes the members that a run trains.
type trainer struct {
	config Config
	data   *dataset.Dataset
}

// new makes the member of a unit of work: fresh, or where from stands.
func (t *trainer) new(u run.Unit, threads int, from *checkpoint.State) (run.Member, error) {
	config, err := t.config.With(u.Hyper)
	if err != nil {
		return nil, err
	}
	id := train.Identity{Seed: u.Seed, Slot: u.Member, Generation: u.Generation}
	m, err := train.New(config.Model, config.Train, t.data, id, lfads.Threads(threads))
	if err != nil {
		return nil, err
	}
	if from != nil {
		err = m.Resume(from)
	}
	return &member{m, u.Single, maps.Clone(u.Hyper)}, err
}

// member is a train.Member in the terms of a run.
type member struct {
	*train.Member
	single bool
	hyper  map[string]float64
}

// State implements run.Member.
func (m *member) State() *checkpoint.State {
	s := m.Member.State()
	s.Hyper = m.hyper
	return s
}

// RunEpoch implements run.Member.
func (m *member) RunEpoch() (run.Epoch, error) {
	// A run stops between epochs: an epoch takes a second or so.
	e, err := m.Member.RunEpoch(context.Background())
	var diverged *train.Diverged
	if errors.As(err, &diverged) {
		return run.Epoch{}, &run.Diverged{Tensor: diverged.Tensor, Step: diverged.Step, Epoch: diverged.Epoch}
	}
	if err != nil {
		return run.Epoch{}, err
	}
	if m.single {
		m.Advance()
	}
	return run.Epoch{
		Epoch: e.Epoch, Score: e.Score, Schedule: m.Schedule(),
		Metrics: map[string]float64{
			"train/total": e.Total, "train/recon": e.Recon, "train/kl_ic": e.KLIC, "train/kl_input": e.KLInput,
			"train/l2": e.L2, "train/gradient_norm": e.GradientNorm, "learning_rate": e.LearningRate, "valid/recon": e.Valid,
		},
	}, nil
}
