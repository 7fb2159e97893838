package baseline

import "github.com/autolfads/autolfads/dataset"

// Fill gives rates that are NaN, because nothing was recorded within reach of the
// kernel, the mean of their neuron: the best guess there is without a spike to
// smooth. It returns how many they are.
func Fill(rates *dataset.Array, means []float32) (filled int) {
	for i, r := range rates.Data {
		if r != r {
			rates.Data[i] = means[i%rates.Features]
			filled++
		}
	}
	return filled
}
