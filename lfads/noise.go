package lfads

import "github.com/autolfads/autolfads/internal/rng"

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
	IDs  [4]uint64   // training: slot, generation, epoch, step; validation: epoch; inference: sample
}

// Key returns the key of one trial's stream for a purpose.
func (d Draws) Key(purpose rng.Purpose, trial int) rng.Key {
	return rng.Derive(d.Seed, purpose, uint64(d.Pass), d.IDs[0], d.IDs[1], d.IDs[2], d.IDs[3], uint64(trial))
}

// Means is Noise without noise: posterior means are passed on.
type Means struct{}

// Fill implements Noise.
func (Means) Fill(dst []float32, _ rng.Purpose, _, _ int) { clear(dst) }
