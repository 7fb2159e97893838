package metric

import (
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
)

// Bits is a score in bits per spike.
type Bits struct {
	PerSpike float64 // NaN if there were no spikes
	Spikes   float64 // spikes scored
	Model    Likelihood
	Null     Likelihood // of each neuron's mean rate
}

// BitsPerSpike scores rates (counts per bin) against spikes of the same shape:
// 0 is no better than each neuron's mean rate over the same bins.
func BitsPerSpike(rates, spikes *dataset.Array) Bits {
	checkSameShape(rates, spikes)
	return bitsPerSpike(rates, spikes, window{spikes.Bins, 0, 0})
}

// CoBPS scores the held-out neurons, those from index heldIn on, in the bins
// that the encoders saw (the first encodBins): co-smoothing. A dataset with no
// held-out neurons scores NaN.
func CoBPS(rates, spikes *dataset.Array, heldIn, encodBins int) Bits {
	checkSameShape(rates, spikes)
	return bitsPerSpike(rates, spikes, window{encodBins, 0, heldIn})
}

// FpBPS scores all neurons in the bins after the encodBins that the encoders
// saw: forward prediction. A dataset with no forward bins scores NaN.
func FpBPS(rates, spikes *dataset.Array, encodBins int) Bits {
	checkSameShape(rates, spikes)
	return bitsPerSpike(rates, spikes, window{spikes.Bins, encodBins, 0})
}

// window is the scored part of an array: bins fromBin..toBin-1, neurons
// fromNeuron on.
type window struct{ toBin, fromBin, fromNeuron int }

func bitsPerSpike(rates, spikes *dataset.Array, w window) Bits {
	if w.fromBin < 0 || w.toBin > spikes.Bins || w.fromNeuron < 0 || w.fromNeuron > spikes.Features {
		panic(fmt.Sprintf("metric: bins %d..%d and neurons from %d of %v", w.fromBin, w.toBin, w.fromNeuron, spikes))
	}
	null, total := meanRates(spikes, w)
	b := Bits{Spikes: total}
	for trial := range spikes.Trials {
		for bin := w.fromBin; bin < w.toBin; bin++ {
			r, k := rates.Bin(trial, bin), spikes.Bin(trial, bin)
			for n := w.fromNeuron; n < len(k); n++ {
				b.Model.add(float64(k[n]), float64(r[n]), Exact)
				b.Null.add(float64(k[n]), null[n], Exact)
			}
		}
	}
	b.PerSpike = math.NaN()
	if total > 0 {
		b.PerSpike = (b.Null.Sum - b.Model.Sum) / (total * math.Ln2)
	}
	return b
}

// meanRates returns the mean count per recorded bin of each neuron, and the
// number of spikes of all.
func meanRates(spikes *dataset.Array, w window) (rates []float64, total float64) {
	rates = make([]float64, spikes.Features)
	recorded := make([]float64, spikes.Features)
	for trial := range spikes.Trials {
		for bin := w.fromBin; bin < w.toBin; bin++ {
			for n, k := range spikes.Bin(trial, bin) {
				if n >= w.fromNeuron && !dataset.IsMissing(k) {
					rates[n] += float64(k)
					recorded[n]++
				}
			}
		}
	}
	for n := range rates {
		total += rates[n]
		rates[n] /= max(recorded[n], 1)
	}
	return rates, total
}
