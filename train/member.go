package train

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/fault"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/rng"
)

// Identity is what the random numbers of a member depend on beside the epoch
// and the step.
type Identity struct {
	Seed       uint64
	Member     int // number of the member in its population
	Generation int
}

// Member is one model in training, with its optimiser.
type Member struct {
	Model    *lfads.Model
	Config   Config
	Identity Identity

	engine       lfads.Engine
	augment      []augment.Augmentation
	holdout      augment.Holdout // of those; nil: none
	train, valid *lfads.Data     // no valid: all trials are trained on
	grad         []float32
	average      []float32 // running average of the weights; nil: none is kept
	gradientNorm float64   // of the last step, before clipping
	optimiser    Adam
	epoch        int
	score        float64
	rate         float64 // learning rate in force, before annealing
	anneal       annealing
	schedule     checkpoint.Schedule
}

// ShapeOf returns what a model must know of a dataset. Spikes alone have no
// neurons and bins but those that are read.
func ShapeOf(d *dataset.Dataset) lfads.Shape {
	first := d.First()
	all := d.Reconstructed()
	if all == nil {
		all = first.Encod
	}
	s := lfads.Shape{HeldIn: first.Encod.Features, Neurons: all.Features, Bins: first.Encod.Bins, ReconBins: all.Bins}
	if first.External != nil {
		s.External = first.External.Features
	}
	return s
}

// New returns an untrained member that computes on an engine of its own: a result
// has the engine's bits.
func New(model lfads.Config, c Config, d *dataset.Dataset, id Identity, engine lfads.EngineMaker) (*Member, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	m, err := lfads.New(model, ShapeOf(d))
	if err != nil {
		return nil, err
	}
	augmentations, err := c.augmentations()
	if err != nil {
		return nil, err
	}
	if err := c.Augment.Check(m.Likelihood().Counts()); err != nil {
		return nil, err
	}
	train, err := dataOf(m, "training", d.Train)
	if err != nil {
		return nil, err
	}
	valid, err := dataOf(m, "validation", d.Valid)
	if err != nil {
		return nil, err
	}
	m.Initialise(id.Seed, id.Member)
	m.StartReadout(d.Train.Recon)
	n := len(m.Params)
	var average []float32
	if c.AverageHalfLife > 0 {
		average = slices.Clone(m.Params)
	}
	return &Member{
		Model: m, Config: c, Identity: id,
		engine: engine(m), augment: augmentations, holdout: holdoutOf(augmentations),
		train: train, valid: valid,
		grad:      make([]float32, n),
		average:   average,
		optimiser: NewAdam(n),
		score:     math.NaN(),
		rate:      c.LearningRate,
		schedule:  checkpoint.Schedule{Best: math.NaN()},
	}, nil
}

// dataOf returns a split as the model takes it; nil for one that is not there. It is an
// error if nothing of what is to be reconstructed was observed.
func dataOf(m *lfads.Model, name string, s *dataset.Split) (*lfads.Data, error) {
	if s == nil {
		return nil, nil
	}
	d := m.NewData(s)
	if d.Observed() == 0 {
		return nil, fmt.Errorf("nothing of the %d %s trials was observed: all spikes that are to be reconstructed are NaN; give trials that have some", d.Trials(), name)
	}
	return d, nil
}

// Epoch reports one epoch. Losses are means over its batches, per element that was
// observed; in Recon a batch weighs as much as the share of it that was.
type Epoch struct {
	Epoch        int // completed epochs
	Total        float64
	Recon        float64
	KLIC         float64
	KLInput      float64
	L2           float64
	GradientNorm float64 // of the last step, before clipping
	LearningRate float64
	Valid        float64 // validation reconstruction loss of one sample a trial; NaN: there are no trials to validate with
	HeldOut      float64 // the same of training elements that are held out for the whole run; NaN: none are
	Score        float64 // smoothed
}

// Diverged is the error of a member whose numbers are no longer finite.
type Diverged struct {
	Epoch, Step int
	Tensor      string // what is not finite: the first such number of the gradient, or the loss
	Loss        float64
}

// Error implements error.
func (e *Diverged) Error() string {
	return fmt.Sprintf("training diverged in epoch %d, step %d: loss %v, %s", e.Epoch, e.Step, e.Loss, e.Tensor)
}

// RunEpoch trains for one epoch and scores the model. It returns a *Diverged
// error if the loss or the gradient is not finite, and ctx's error if ctx ends
// before the epoch does; in both cases the member is of no more use.
func (m *Member) RunEpoch(ctx context.Context) (Epoch, error) {
	report := Epoch{LearningRate: m.LearningRate()}
	order := rng.NewSource(m.key(rng.Shuffle)).Perm(m.train.Trials())
	batches, whole := 0, 0. // whole: as many batches of which nothing is missing
	for ; len(order) > 0; batches++ {
		if err := ctx.Err(); err != nil {
			return report, err
		}
		n := min(m.Config.BatchSize, len(order))
		loss, err := m.Step(order[:n], batches)
		if err != nil {
			return report, err
		}
		share := m.trialsIn(&loss) / float64(n)
		report.add(&loss, share)
		whole += share
		order = order[n:]
	}
	report.divide(float64(batches), whole)
	m.averaged(func() { report.Valid, report.HeldOut = m.validate(), m.scoreHeldOut() })
	report.GradientNorm = m.gradientNorm
	m.epoch++
	m.smooth(m.scored(&report))
	report.Epoch, report.Score = m.epoch, m.score
	if !finite(m.scored(&report)) {
		return report, &Diverged{Epoch: m.epoch, Step: m.optimiser.Steps, Tensor: fmt.Sprintf("validation loss = %v", report.Valid), Loss: report.Valid}
	}
	return report, nil
}

// Step takes one optimiser step on a batch of training trials, the given one of
// its epoch. RunEpoch is made of it.
func (m *Member) Step(trials []int, batch int) (lfads.Loss, error) {
	objective := m.Config.objective(m.epoch)
	pass := lfads.Pass{
		Draws: lfads.Draws{
			Seed: m.Identity.Seed, Pass: rng.Training,
			IDs: [4]uint64{uint64(m.Identity.Member), uint64(m.Identity.Generation), uint64(m.epoch), uint64(batch)},
		},
		DropoutRate:   m.Config.DropoutRate,
		Augmentations: m.augment,
	}
	loss := m.engine.Gradient(m.grad, lfads.Batch{Data: m.train, Trials: trials}, objective, &pass)
	loss.Total = fault.InStep(m.Identity.Member, m.Identity.Generation, m.epoch, batch, loss.Total, m.grad)
	m.gradientNorm = m.optimiser.Update(m.Model.Params, m.grad, &m.Config, m.LearningRate(), m.Config.WeightDecay*objective.L2Ramp)
	if !finite(m.gradientNorm) || !finite(loss.Total) {
		tensor := cmp.Or(m.Model.FirstNotFinite(m.grad), fmt.Sprintf("loss = %v", loss.Total))
		return loss, &Diverged{Epoch: m.epoch + 1, Step: m.optimiser.Steps, Tensor: tensor, Loss: loss.Total}
	}
	m.followSteps()
	m.Model.Prepare()
	return loss, nil
}

func (m *Member) key(purpose rng.Purpose) rng.Key {
	return rng.Derive(m.Identity.Seed, purpose, uint64(m.Identity.Member), uint64(m.Identity.Generation), uint64(m.epoch))
}

// add adds a batch, of whose elements a share was observed.
func (e *Epoch) add(l *lfads.Loss, share float64) {
	e.Total += l.Total
	e.Recon += float64(l.Recon * share)
	e.KLIC += l.KLIC
	e.KLInput += l.KLInput
	e.L2 += l.L2
}

// divide makes means of sums over n batches, and over as many as are whole.
func (e *Epoch) divide(n, whole float64) {
	e.Total /= n
	e.Recon /= whole
	e.KLIC /= n
	e.KLInput /= n
	e.L2 /= n
}

func finite(x float64) bool { return x-x == 0 }
