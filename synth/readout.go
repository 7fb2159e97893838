package synth

import (
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/rng"
)

// lorenzRates returns the rate of each condition in counts per bin,
// [conditions, bins, neurons].
func lorenzRates(o *LorenzOptions, paths [][]state, perBin int) *dataset.Array {
	rates := dataset.NewArray(o.Conditions, o.Bins, o.Neurons)
	key := rng.Derive(o.Seed, rng.Synthesis, lorenzWeights)
	counts := o.MeanRateHz * o.BinWidth.Seconds()
	relative := make([]float64, o.Conditions*o.Bins)
	for n := range o.Neurons {
		mean := relativeRates(relative, paths, weights(key, n), perBin)
		for i, r := range relative {
			rates.Data[i*o.Neurons+n] = float32(counts * (r / mean))
		}
	}
	return rates
}

// weights draws a neuron's weights: magnitudes uniform in 1..2 over the root
// of their number, signs at random.
func weights(key rng.Key, neuron int) state {
	var w state
	for d := range w {
		w[d] = (1 + key.Float64(neuron, d)) / math.Sqrt(3)
		if key.Float64(neuron, 4+d) < .5 {
			w[d] = -w[d]
		}
	}
	return w
}

// relativeRates writes exp(w . s) averaged over each bin, path after path, and
// returns its mean over all bins: dividing by it is what the bias does.
func relativeRates(dst []float64, paths [][]state, w state, perBin int) (mean float64) {
	i := 0
	for _, path := range paths {
		for bin := range slices.Chunk(path, perBin) {
			sum := 0.
			for _, s := range bin {
				sum += maths.Exp(float64(w[0]*s[0]) + float64(w[1]*s[1]) + float64(w[2]*s[2]))
			}
			dst[i] = sum / float64(perBin)
			mean += dst[i] / float64(len(dst))
			i++
		}
	}
	return mean
}

// binStates returns the states averaged over each bin, [conditions, bins, 3].
func binStates(paths [][]state, perBin int) *dataset.Array {
	a := dataset.NewArray(len(paths), len(paths[0])/perBin, 3)
	i := 0
	for _, path := range paths {
		for bin := range slices.Chunk(path, perBin) {
			for d := range 3 {
				sum := 0.
				for _, s := range bin {
					sum += s[d]
				}
				a.Data[i] = float32(sum / float64(perBin))
				i++
			}
		}
	}
	return a
}
