package synth

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/rng"
)

// Streams of random numbers, the first identifiers after rng.Synthesis.
const (
	lorenzStart uint64 = iota + 1
	lorenzWeights
	lorenzSpikes
	emgMuscles
	emgPulls
	emgGait
	emgNoise
	calciumReference
	calciumStart
	calciumWeights
	calciumSpikes
	calciumNoise
	chaoticWeights
	chaoticInput
	chaoticStart
	chaoticPulse
	chaoticSpikes
	reachingReaches
	reachingRecurrent
	reachingInputs
	reachingReadout
	reachingCounts
	reachingMoments
	timingWeights
	timingTrials
	timingSpikes
)

// The system's parameters, and the steps, in its own time, that take it to the
// attractor.
const (
	sigma       = 10.
	rho         = 28.
	beta        = 8. / 3
	burnInSteps = 500
	burnInStep  = .006
)

type state [3]float64

// Lorenz makes the set that o describes. A fifth of each condition's trials,
// at least one, chosen by the seed, are for validation. Both splits hold
// spikes (Encod and Recon share them), Truth in counts per bin, Latents (the
// standardised states, bin means, [trials, bins, 3]), Condition and TrialIDs.
//
// Options that make no sense are an error.
func Lorenz(o LorenzOptions) (*dataset.Dataset, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	perBin := int(o.BinWidth / time.Millisecond)
	paths := make([][]state, o.Conditions)
	for c := range paths {
		paths[c] = trajectory(rng.NewSource(rng.Derive(o.Seed, rng.Synthesis, lorenzStart, uint64(c))), o.Bins*perBin, o.Step)
	}
	standardise(paths)
	rates := lorenzRates(&o, paths, perBin)
	if peak := slices.Max(rates.Data); peak > maxCount {
		return nil, fmt.Errorf("synth: rates reach %.0f spikes per bin, more than %d can be drawn: lower the mean rate of %v spikes/s or the bin width of %v",
			peak, maxCount, o.MeanRateHz, o.BinWidth)
	}
	latents := binStates(paths, perBin)
	train, valid := splitTrials(o.Seed, o.Conditions, o.TrialsPerCondition)
	return &dataset.Dataset{
		Name:     "lorenz",
		BinWidth: o.BinWidth,
		Train:    lorenzSplit(&o, train, rates, latents),
		Valid:    lorenzSplit(&o, valid, rates, latents),
	}, nil
}

// trajectory integrates from a random state near the attractor and returns
// the states of the milliseconds after the burn-in.
func trajectory(src *rng.Source, steps int, step float64) []state {
	s := state{
		float64(40*src.Float64()) - 20,
		float64(40*src.Float64()) - 20,
		float64(40*src.Float64()) + 5,
	}
	for range burnInSteps {
		s = rungeKutta(s, burnInStep)
	}
	return follow(s, steps, step)
}

// follow integrates from s, which is the first of the states returned.
func follow(s state, steps int, step float64) []state {
	path := make([]state, steps)
	for i := range path {
		path[i] = s
		s = rungeKutta(s, step)
	}
	return path
}

// rungeKutta takes one step of the classical method of fourth order.
func rungeKutta(s state, step float64) state {
	k1 := derivative(s)
	k2 := derivative(advance(s, k1, step/2))
	k3 := derivative(advance(s, k2, step/2))
	k4 := derivative(advance(s, k3, step))
	for i := range s {
		s[i] += float64(step / 6 * (k1[i] + float64(2*k2[i]) + float64(2*k3[i]) + k4[i]))
	}
	return s
}

func derivative(s state) state {
	x, y, z := s[0], s[1], s[2]
	return state{
		sigma * (y - x),
		float64(x*(rho-z)) - y,
		float64(x*y) - float64(beta*z),
	}
}

func advance(s, k state, h float64) state {
	for i := range s {
		s[i] += float64(h * k[i])
	}
	return s
}

// standardise gives each dimension mean 0 and variance 1 over all paths.
func standardise(paths [][]state) {
	mean, sd := moments(paths)
	scale(paths, mean, sd)
}

// moments returns the mean and the standard deviation of each dimension.
func moments(paths [][]state) (mean, sd state) {
	n := float64(len(paths) * len(paths[0]))
	for d := range mean {
		for _, path := range paths {
			for _, s := range path {
				mean[d] += s[d] / n
			}
		}
		variance := 0.
		for _, path := range paths {
			for _, s := range path {
				variance += float64((s[d]-mean[d])*(s[d]-mean[d])) / n
			}
		}
		sd[d] = math.Sqrt(variance)
	}
	return mean, sd
}

// scale measures paths from mean, in units of sd.
func scale(paths [][]state, mean, sd state) {
	for _, path := range paths {
		for i := range path {
			for d := range path[i] {
				path[i][d] = (path[i][d] - mean[d]) / sd[d]
			}
		}
	}
}
