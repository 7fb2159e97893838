package metric

import (
	"fmt"

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
func BitsPerSpike(rates, spikes *dataset.Array) Bits { return BitsByTrial(rates, spikes).Bits() }

// CoBPS scores the held-out neurons, those from index heldIn on, in the bins
// that the encoders saw (the first encodBins): co-smoothing. A dataset with no
// held-out neurons scores NaN.
func CoBPS(rates, spikes *dataset.Array, heldIn, encodBins int) Bits {
	return CoBitsByTrial(rates, spikes, heldIn, encodBins).Bits()
}

// FpBPS scores all neurons in the bins after the encodBins that the encoders
// saw: forward prediction. A dataset with no forward bins scores NaN.
func FpBPS(rates, spikes *dataset.Array, encodBins int) Bits {
	return FpBitsByTrial(rates, spikes, encodBins).Bits()
}

// BitsByTrial is [BitsPerSpike] of any selection of trials.
func BitsByTrial(rates, spikes *dataset.Array) *TrialBits {
	return newTrialBits(rates, spikes, window{0, spikes.Bins, 0})
}

// CoBitsByTrial is [CoBPS] of any selection of trials.
func CoBitsByTrial(rates, spikes *dataset.Array, heldIn, encodBins int) *TrialBits {
	return newTrialBits(rates, spikes, window{0, encodBins, heldIn})
}

// FpBitsByTrial is [FpBPS] of any selection of trials.
func FpBitsByTrial(rates, spikes *dataset.Array, encodBins int) *TrialBits {
	return newTrialBits(rates, spikes, window{encodBins, spikes.Bins, 0})
}

// window is the scored part of an array: bins fromBin..toBin-1, neurons
// fromNeuron on.
type window struct{ fromBin, toBin, fromNeuron int }

// checkIn panics unless rates and spikes have one shape, and it the window.
func (w window) checkIn(rates, spikes *dataset.Array) {
	checkSameShape(rates, spikes)
	if w.fromBin < 0 || w.toBin > spikes.Bins || w.fromNeuron < 0 || w.fromNeuron > spikes.Features {
		panic(fmt.Sprintf("metric: bins %d..%d and neurons from %d of %v", w.fromBin, w.toBin, w.fromNeuron, spikes))
	}
}
