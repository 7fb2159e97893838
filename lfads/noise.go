package lfads

import (
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// Noise gives the standard normal numbers of posterior samples.
type Noise interface {
	// Fill writes one trial's numbers for one bin; the purpose is
	// rng.PosteriorIC (bin 0), rng.PosteriorInput or rng.PriorInput.
	Fill(dst []float32, purpose rng.Purpose, trial, bin int)
}

// Draws identifies all random numbers of one pass over trials: what they are
// for and where in the run.
type Draws struct {
	Seed uint64
	Pass rng.Purpose // rng.Training, rng.Validation or rng.Inference
	IDs  [4]uint64   // training: member, generation, epoch, step; validation: epoch; inference: sample, split
}

// Key returns the key of one trial's stream for a purpose.
func (d Draws) Key(purpose rng.Purpose, trial int) rng.Key {
	return rng.Derive(d.Seed, purpose, uint64(d.Pass), d.IDs[0], d.IDs[1], d.IDs[2], d.IDs[3], uint64(trial))
}

// RunKey returns the key of one trial's stream for a purpose that is the same in all
// passes of a run over the trial.
func (d Draws) RunKey(purpose rng.Purpose, trial int) rng.Key {
	return rng.Derive(d.Seed, purpose, uint64(trial))
}

// NoNoise is Noise that is 0 throughout: posterior means are passed on.
type NoNoise struct{}

// Fill implements Noise.
func (NoNoise) Fill(dst []float32, _ rng.Purpose, _, _ int) { clear(dst) }

// key returns the key of a random stream for the trial in one lane.
func (t *tape) key(purpose rng.Purpose, lane int) rng.Key {
	return t.pass.Draws.Key(purpose, t.trials[lane])
}

// runKey returns one that is the same in the whole run.
func (t *tape) runKey(purpose rng.Purpose, lane int) rng.Key {
	return t.pass.Draws.RunKey(purpose, t.trials[lane])
}

// setKeys sets the keys of a purpose: those of the block's trials.
func (t *tape) setKeys(keys nn.Keys, purpose rng.Purpose) {
	for lane := range t.trials {
		keys.SetKey(lane, t.key(purpose, lane))
	}
}

// fillNoise writes standard normal numbers, [bins][features][w]; zeros if the model is
// not variational. What it writes beyond the block's trials is of no consequence.
func (t *tape) fillNoise(dst []float32, purpose rng.Purpose, bins, features int) {
	if t.noiseless {
		clear(dst)
		return
	}
	if t.pass.Noise != nil {
		t.copyNoise(dst, purpose, bins, features)
		return
	}
	t.setKeys(t.keys, purpose)
	for bin := range bins {
		t.keys.Normals(at(dst, bin, features*t.w), bin, features, t.w)
	}
}

// copyNoise writes the numbers that the pass brought, zeros beyond the block's
// trials.
func (t *tape) copyNoise(dst []float32, purpose rng.Purpose, bins, features int) {
	clear(dst)
	row := t.noise[:features]
	for lane, trial := range t.trials {
		for bin := range bins {
			t.pass.Noise.Fill(row, purpose, trial, bin)
			for f, v := range row {
				dst[(bin*features+f)*t.w+lane] = v
			}
		}
	}
}
