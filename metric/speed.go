package metric

import (
	"math"

	"github.com/autolfads/autolfads/dataset"
)

// Speeds returns how fast the population state moves in each trial: the mean
// over consecutive bins of |r(t+1) - r(t)|, in counts per bin. scored says of
// each bin of each trial, [trials, bins, 1], whether it counts: NaN leaves it
// out, and the bins that remain are consecutive; nil: all count. A trial of
// fewer than two bins is NaN.
func Speeds(rates, scored *dataset.Array) []float64 {
	speeds := make([]float64, rates.Trials)
	for trial := range speeds {
		var last []float32
		var sum, n float64
		for bin := range rates.Bins {
			if scored != nil && math.IsNaN(float64(scored.Bin(trial, bin)[0])) {
				continue
			}
			r := rates.Bin(trial, bin)
			if last != nil {
				sum += distance(last, r)
				n++
			}
			last = r
		}
		speeds[trial] = sum / n
	}
	return speeds
}

func distance(a, b []float32) float64 {
	var sum float64
	for i := range a {
		d := float64(b[i]) - float64(a[i])
		sum += float64(d * d)
	}
	return math.Sqrt(sum)
}

// SpeedCorrelation returns the Pearson correlation of speeds with the produced
// intervals of the same trials within each condition, averaged over
// conditions: a circuit that keeps time moves faster when it ends sooner, which
// gives a negative number. Trials of a condition below 0 are left out.
func SpeedCorrelation(speeds, produced []float64, condition []int64) float64 {
	return SpeedByTrial(speeds, produced, condition).Of(nil)
}
