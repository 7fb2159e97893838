package baseline

import (
	"fmt"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/rng"
)

// reach is how many standard deviations of the kernel are used: what lies
// beyond is 3e-4 of a bin's weight and less.
const reach = 4

// Smooth returns spikes smoothed along time within each trial, in counts per
// bin: [trials, bins, neurons] as spikes. NaN bins count as missing; a bin with
// nothing recorded within reach is NaN. It panics unless sd and binWidth are
// positive.
func Smooth(spikes *dataset.Array, sd, binWidth time.Duration) *dataset.Array {
	if sd <= 0 || binWidth <= 0 {
		panic(fmt.Sprintf("baseline: smoothing with sd %v over bins of %v", sd, binWidth))
	}
	k := kernel(float64(sd)/float64(binWidth), spikes.Bins)
	rates := dataset.NewArray(spikes.Trials, spikes.Bins, spikes.Features)
	sum, weight := make([]float64, spikes.Features), make([]float64, spikes.Features)
	for trial := range spikes.Trials {
		for bin := range spikes.Bins {
			clear(sum)
			clear(weight)
			for s := max(0, bin-len(k)+1); s < min(spikes.Bins, bin+len(k)); s++ {
				accumulate(sum, weight, spikes.Bin(trial, s), k[max(s-bin, bin-s)])
			}
			for n := range sum {
				rates.Bin(trial, bin)[n] = float32(sum[n] / weight[n])
			}
		}
	}
	return rates
}

func accumulate(sum, weight []float64, counts []float32, k float64) {
	for n, v := range counts {
		if v == v {
			sum[n] += float64(float64(v) * k)
			weight[n] += k
		}
	}
}

// kernel returns one half of the Gaussian, its centre first; sd in bins. No
// more than bins values are needed.
func kernel(sd float64, bins int) []float64 {
	k := make([]float64, 1+int(min(reach*sd, float64(bins))))
	for d := range k {
		x := float64(d) / sd
		k[d] = rng.Exp(-x * x / 2)
	}
	return k
}
