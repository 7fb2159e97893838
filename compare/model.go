package compare

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/evaluate/factors"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/work"
)

// add infers and scores one model; of what is inferred, its factors stay. One that
// cannot be is left out, for a reason. The only error is ctx's end.
func (c *comparing) add(ctx context.Context, m *run.Model) error {
	model := Model{Name: c.name(m), Model: *m}
	c.stages.model(model.Name)
	err := c.reason(m)
	if err == nil {
		err = c.score(ctx, &model)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		c.out.LeftOut = append(c.out.LeftOut, fmt.Sprintf("%s: %v", model.Name, err))
		return nil
	}
	if m.Best {
		c.out.Chosen = model.Name
	}
	c.out.Models = append(c.out.Models, model)
	return nil
}

// name is what a model is called: by its member, or how many it is the mean of, and by
// its generation, or the finish, where that is not the last of the search.
func (c *comparing) name(m *run.Model) string {
	name := fmt.Sprintf("member %d", m.Member)
	if n := len(m.MeanOf); n > 0 {
		name = fmt.Sprintf("mean of %d members", n)
	}
	switch {
	case !config.Search(c.header.Search).Population() || m.Generation == lastSearched(c.models):
		return name
	case m.Anneal:
		return name + " of the finish"
	}
	return fmt.Sprintf("%s of generation %d", name, m.Generation)
}

// lastSearched is the last generation of models, without a finish.
func lastSearched(models []run.Model) (last int) {
	for i := range models {
		if !models[i].Anneal {
			last = models[i].Generation
		}
	}
	return last
}

// reason says why a model has nothing to be inferred from.
func (c *comparing) reason(m *run.Model) error {
	switch {
	case m.Checkpoint != "":
		return nil
	case math.IsNaN(float64(m.Score)):
		return errors.New("it diverged")
	}
	return errors.New("its checkpoint is gone: of generations long past, a run keeps that of the best model alone")
}

// score infers a model and scores what it says.
func (c *comparing) score(ctx context.Context, m *Model) error {
	r, err := c.infer(ctx, m)
	if err != nil {
		return err
	}
	train, valid := evaluate.Inferred{Rates: r.Train.Rates, Factors: r.Train.Factors}, evaluate.Inferred{Rates: r.Valid.Rates, Factors: r.Valid.Factors}
	m.factors = factors.Model{Name: m.Name, Train: train.Factors, Valid: valid.Factors}
	report, err := evaluate.Scores(ctx, c.data, evaluate.Candidate{Train: train, Valid: valid}, nil, evaluate.Options{
		Likelihood: r.Likelihood, Name: c.config.Model.Likelihood, FewShot: c.FewShot, Progress: c.scored(),
	})
	if err != nil {
		return err
	}
	m.Scores, m.Skipped = report.Scores, report.Skipped
	for i := range m.Scores {
		m.Scores[i].Neurons = nil // as long as there are neurons, of every model
	}
	if r.Likelihood.Counts() {
		m.bits = c.bits(valid)
	}
	return nil
}

// infer averages few posterior samples of a model.
func (c *comparing) infer(ctx context.Context, m *Model) (*infer.Result, error) {
	state, err := c.files.ReadModel(&m.Model)
	if err != nil {
		return nil, err
	}
	model, err := work.Restore(&c.config, c.data, state, 0)
	if err != nil {
		return nil, err
	}
	return infer.Run(ctx, model, c.data, infer.Options{
		Samples: c.config.Infer.Samples, Seed: c.header.Seed, Engine: c.Engine, Progress: c.stages.begin("inferring", inferringWeight),
	})
}

// bits are those by which models are held to be equal: of held-out neurons, or, without
// any, of all.
func (c *comparing) bits(valid evaluate.Inferred) *metric.TrialBits {
	read, spikes := c.data.Valid.Encod, c.data.Valid.Recon
	if spikes.Features > read.Features {
		return metric.CoBitsByTrial(valid.Rates, spikes, read.Features, read.Bins)
	}
	return metric.BitsByTrial(valid.Rates, spikes)
}

// scored returns what is told of scoring: few-shot co-smoothing takes nearly all of it.
func (c *comparing) scored() func(step string, done, total int) {
	if !c.out.aside {
		c.stages.begin("scoring", scoringWeight)
		return nil
	}
	tell := c.stages.begin("few-shot co-smoothing", scoringWeight+fewShotWeight)
	return func(step string, done, total int) {
		if strings.HasPrefix(step, "few-shot") {
			tell(done, total)
		}
	}
}
