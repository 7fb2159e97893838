package metric

import (
	"math"
	"slices"

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
		sum += d * d
	}
	return math.Sqrt(sum)
}

// SpeedCorrelation returns the Pearson correlation of speeds with the produced
// intervals of the same trials within each condition, averaged over
// conditions: a circuit that keeps time moves faster when it ends sooner, which
// gives a negative number. Trials of a condition below 0 are left out.
func SpeedCorrelation(speeds, produced []float64, condition []int64) float64 {
	conditions := slices.Compact(slices.Sorted(slices.Values(condition)))
	var sum, n float64
	for _, c := range conditions {
		if c < 0 {
			continue
		}
		var x, y []float64
		for trial, of := range condition {
			if of == c {
				x, y = append(x, speeds[trial]), append(y, produced[trial])
			}
		}
		sum += pearson(x, y)
		n++
	}
	return sum / n
}

func pearson(x, y []float64) float64 {
	mx, my := mean(x), mean(y)
	var xx, yy, xy float64
	for i := range x {
		dx, dy := x[i]-mx, y[i]-my
		xx, yy, xy = xx+dx*dx, yy+dy*dy, xy+dx*dy
	}
	return xy / math.Sqrt(xx*yy)
}

func mean(v []float64) float64 {
	var sum float64
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}
