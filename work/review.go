package work

import (
	"context"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/rng"
)

// Reviewer scores models anew, all with the same posterior samples: differences between
// models, trial by trial, are free of the luck of the draw.
type Reviewer struct {
	Config *config.Config
	Data   *dataset.Dataset
	Draws  int    // posterior samples of each trial; a model that is not variational has one
	Seed   uint64 // of their random numbers, which follow from it, the draw and the trial alone
	Engine lfads.EngineMaker
}

// Review returns the reconstruction loss of each validation trial under the model of a
// checkpoint, summed over its elements that were observed and averaged over the draws,
// without dropout. The bits do not depend on the engine's threads. The error is ctx's if
// that ends, or says that the checkpoint is of other data.
func (r *Reviewer) Review(ctx context.Context, s *checkpoint.State) ([]float64, error) {
	m, err := Restore(r.Config, r.Data, s, 0)
	if err != nil {
		return nil, err
	}
	v := &review{ctx: ctx, engine: r.Engine(m), draws: r.Draws, seed: r.Seed, trials: r.Data.Valid.Trials()}
	if !m.Config.Variational {
		v.draws = 1
	}
	v.losses = make([]float64, v.trials)
	return v.run(m.NewData(r.Data.Valid))
}

// reviewBatch is the number of trials that are scored together, several draws of few
// trials: threads share a batch.
const reviewBatch = 256

// copiedElements bounds the memory for several draws of few trials: so many elements of
// the spikes that are reconstructed, and about as many of those read, are 64 MiB.
const copiedElements = 1 << 23

// review is a review under way.
type review struct {
	ctx    context.Context
	engine lfads.Engine
	draws  int
	seed   uint64
	trials int
	losses []float64 // sums over the draws so far
}

// run goes through all draws.
func (r *review) run(d *lfads.Data) ([]float64, error) {
	together := min(r.draws, reviewBatch/r.trials, copiedElements/len(d.Recon.Data))
	together = max(together, 1)
	d = d.Copies(together)
	for first := 0; first < r.draws; first += together {
		if err := r.add(d, first, min(together, r.draws-first)); err != nil {
			return nil, err
		}
	}
	for i := range r.losses {
		r.losses[i] /= float64(r.draws)
	}
	return r.losses, nil
}

// add adds the losses of so many draws from the first on: draw after draw, whatever is
// scored together.
func (r *review) add(d *lfads.Data, first, draws int) error {
	n := draws * r.trials
	for begin := 0; begin < n; begin += reviewBatch {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		b := lfads.Batch{Data: d}
		for i := begin; i < min(begin+reviewBatch, n); i++ {
			b.Trials = append(b.Trials, i)
		}
		pass := lfads.Pass{Noise: reviewNoise{r.seed, first, r.trials}, ByTrial: make([]float64, len(b.Trials))}
		r.engine.Evaluate(b, &lfads.Objective{}, &pass)
		for i, loss := range pass.ByTrial {
			r.losses[(begin+i)%r.trials] += loss
		}
	}
	return nil
}

// reviewNoise draws the posterior samples of copies of trials: copy 0 has the first
// draw.
type reviewNoise struct {
	seed          uint64
	first, trials int
}

// Fill implements [lfads.Noise].
func (n reviewNoise) Fill(dst []float32, purpose rng.Purpose, trial, bin int) {
	draw, trial := n.first+trial/n.trials, trial%n.trials
	rng.Derive(n.seed, purpose, uint64(rng.Review), uint64(draw), uint64(trial)).Normals(dst, bin)
}
