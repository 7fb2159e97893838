package synth

import (
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/rng"
)

// splitTrials chooses a fifth of each condition's trials, at least one, for
// validation. Trial k of condition c has the id c*perCondition + k.
func splitTrials(seed uint64, conditions, perCondition int) (train, valid []int64) {
	held := max(1, (perCondition+2)/5) // rounded
	for c := range conditions {
		order := rng.NewSource(rng.Derive(seed, rng.Split, uint64(c))).Perm(perCondition)
		for i, k := range order {
			id := int64(c*perCondition + k)
			if i < held {
				valid = append(valid, id)
			} else {
				train = append(train, id)
			}
		}
	}
	slices.Sort(train)
	slices.Sort(valid)
	return train, valid
}

// ofConditions returns the trials named by ids with what they share of their
// conditions, [conditions, bins, features]: truth and latents. Their data are 0.
func ofConditions(ids []int64, perCondition int, truth, latents *dataset.Array) *dataset.Split {
	s := &dataset.Split{
		Recon:     dataset.NewArray(len(ids), truth.Bins, truth.Features),
		Truth:     dataset.NewArray(len(ids), truth.Bins, truth.Features),
		Latents:   dataset.NewArray(len(ids), latents.Bins, latents.Features),
		Condition: make([]int64, len(ids)),
		TrialIDs:  ids,
	}
	s.Encod = s.Recon
	for i, id := range ids {
		c := int(id) / perCondition
		s.Condition[i] = int64(c)
		copy(s.Truth.Trial(i), truth.Trial(c))
		copy(s.Latents.Trial(i), latents.Trial(c))
	}
	return s
}

// lorenzSplit draws the spikes of the trials named by ids and puts what is
// known of them beside.
func lorenzSplit(o *LorenzOptions, ids []int64, rates, latents *dataset.Array) *dataset.Split {
	s := ofConditions(ids, o.TrialsPerCondition, rates, latents)
	for i, id := range ids {
		drawSpikes(s.Recon, s.Truth, i, rng.Derive(o.Seed, rng.Synthesis, lorenzSpikes, uint64(id)))
	}
	return s
}

func drawSpikes(spikes, rates *dataset.Array, trial int, key rng.Key) {
	for bin := range spikes.Bins {
		k, r := spikes.Bin(trial, bin), rates.Bin(trial, bin)
		for n := range k {
			k[n] = float32(poisson(float64(r[n]), key.Float64(bin, n)))
		}
	}
}

// maxCount is the greatest expected count that poisson takes: exp(-500) is
// still a normal number.
const maxCount = 500

// poisson returns the count whose distribution function first reaches u: a
// Poisson number of the given mean where u is uniform in (0, 1).
func poisson(mean, u float64) int {
	p := maths.Exp(-mean)
	cumulative := p
	k := 0
	// p > 0 ends the search for a u closer to 1 than the sum's rounding.
	for u > cumulative && p > 0 {
		k++
		p = float64(p * (mean / float64(k)))
		cumulative += p
	}
	return k
}
