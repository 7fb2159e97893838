package factors

import (
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/rng"
)

// A simulated session: three latent states that differ from trial to trial, and
// neurons whose log rates are linear in them.
const (
	simTrials, simValid, simBins = 40, 20, 50
	simStates, simNeurons        = 3, 12
)

// waves are smooth: sines of two frequencies and random phases in each trial.
func waves(seed uint64, features int) *dataset.Array {
	src := rng.NewSource(rng.Derive(seed, rng.Synthesis))
	a := dataset.NewArray(simTrials+simValid, simBins, features)
	for trial := range a.Trials {
		for f := range features {
			phase, frequency, size := 2*math.Pi*src.Float64(), 1+src.Float64(), src.Normal()
			for bin := range simBins {
				a.Bin(trial, bin)[f] = float32(size * math.Sin(phase+2*math.Pi*frequency*float64(bin)/simBins))
			}
		}
	}
	return a
}

// counts are Poisson of the states.
func counts(states *dataset.Array) *dataset.Array {
	src := rng.NewSource(rng.Derive(9, rng.Synthesis))
	mixed := mix(states, simNeurons, 3)
	for i, log := range mixed.Data {
		k := float32(0)
		span := .4 * math.Exp(float64(log))
		for span += math.Log(src.Float64()); span > 0; span += math.Log(src.Float64()) {
			k++
		}
		mixed.Data[i] = k
	}
	return mixed
}

// mix returns random sums of features.
func mix(a *dataset.Array, features int, seed uint64) *dataset.Array {
	src := rng.NewSource(rng.Derive(seed, rng.Initialise))
	weights := make([]float64, a.Features*features)
	for i := range weights {
		weights[i] = src.Normal() / math.Sqrt(float64(a.Features))
	}
	out := dataset.NewArray(a.Trials, a.Bins, features)
	for i := range a.Trials * a.Bins {
		for f := range features {
			for s, v := range a.Data[i*a.Features : (i+1)*a.Features] {
				out.Data[i*features+f] += v * float32(weights[s*features+f])
			}
		}
	}
	return out
}

// modelled are the factors of a model that found the states, among extraneous ones
// of its own.
func modelled(states *dataset.Array, extraneous int, seed uint64) *dataset.Array {
	if extraneous == 0 {
		return mix(states, simStates, seed)
	}
	own, all := waves(100+seed, extraneous), dataset.NewArray(states.Trials, states.Bins, simStates+extraneous)
	for i := range all.Trials * all.Bins {
		n := copy(all.Data[i*all.Features:], states.Data[i*simStates:(i+1)*simStates])
		copy(all.Data[i*all.Features+n:], own.Data[i*extraneous:(i+1)*extraneous])
	}
	return mix(all, all.Features, seed)
}

// split divides trials into those of training and of validation.
func split(a *dataset.Array) (train, valid *dataset.Array) {
	n := simTrials * a.Bins * a.Features
	return &dataset.Array{Trials: simTrials, Bins: a.Bins, Features: a.Features, Data: a.Data[:n]},
		&dataset.Array{Trials: simValid, Bins: a.Bins, Features: a.Features, Data: a.Data[n:]}
}

func counted(factors, counts *dataset.Array) (train, valid decode.Counted) {
	train.Inputs, valid.Inputs = split(factors)
	train.Counts, valid.Counts = split(counts)
	return train, valid
}

func model(name string, factors *dataset.Array) Model {
	train, valid := split(factors)
	return Model{name, train, valid}
}
