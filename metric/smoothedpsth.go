package metric

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// PSTHKernel is the standard deviation by which the Neural Latents Benchmark smooths
// the PSTHs of most of its data sets (70 ms for two, 40 ms for another).
const PSTHKernel = 50 * time.Millisecond

// psthReach is how many standard deviations of the kernel are used: the benchmark's.
const psthReach = 3

// Labelled is trials and the condition of each; one below 0 is none.
type Labelled struct {
	Spikes    *dataset.Array // [trials, bins, neurons]
	Condition []int64
}

// SmoothedPSTH returns data PSTHs, [conditions, bins, neurons] in counts per bin, and
// the condition of each row in ascending order: the spikes of all trials of a
// condition, smoothed along time by a Gaussian of standard deviation sd and averaged.
// The benchmark makes its PSTHs of training and evaluated trials together: give both.
// Made of training trials alone they are a reference that has seen no other.
//
// It differs from the benchmark's PSTHs in three ways. Spikes are smoothed as they
// are binned, not in milliseconds. At the ends of a trial the kernel is cut and what
// remains counts as all, where the benchmark smooths the whole recording and so knows
// the spikes around a trial. And bins that were not observed (NaN) are left out
// under the kernel, with the trials that observed more of them counting more. A bin
// with nothing observed in reach is NaN.
//
// Memory: twice the PSTHs in float64.
func SmoothedPSTH(sd, binWidth time.Duration, parts ...Labelled) (psth *dataset.Array, conditions []int64, err error) {
	if sd <= 0 {
		return nil, nil, fmt.Errorf("PSTHs smoothed by a kernel of %v: its standard deviation must be over 0", sd)
	}
	if binWidth <= 0 {
		return nil, nil, errors.New("PSTHs cannot be smoothed: the width of a bin is not known; give it (--bin-ms)")
	}
	rows, shape, err := sumByCondition(parts)
	if err != nil {
		return nil, nil, err
	}
	conditions = slices.Sorted(maps.Keys(rows))
	psth = dataset.NewArray(len(conditions), shape.Bins, shape.Features)
	kernel := gaussian(float64(sd)/float64(binWidth), shape.Bins)
	for i, c := range conditions {
		rows[c].smooth(psth.Trial(i), kernel, shape.Features)
	}
	return psth, conditions, nil
}

// sumByCondition sums the trials of each condition: its spikes in mean, how many
// trials observed a bin in n.
func sumByCondition(parts []Labelled) (rows map[int64]*means, shape *dataset.Array, err error) {
	rows = map[int64]*means{}
	for _, p := range parts {
		checkTrials(p.Spikes, len(p.Condition))
		if shape == nil {
			shape = p.Spikes
		}
		if p.Spikes.Bins != shape.Bins || p.Spikes.Features != shape.Features {
			return nil, nil, fmt.Errorf("PSTHs of %v and of %v: bins and neurons must agree", shape, p.Spikes)
		}
		for trial, c := range p.Condition {
			if c < 0 {
				continue
			}
			if rows[c] == nil {
				rows[c] = newMeans(shape)
			}
			rows[c].add(p.Spikes.Trial(trial), 1, 0)
		}
	}
	if len(rows) == 0 {
		return nil, nil, errors.New("there are no PSTHs: no trial has a condition")
	}
	return rows, shape, nil
}

// smooth writes the smoothed spikes per trial, [bins, neurons].
func (m *means) smooth(dst []float32, kernel []float64, neurons int) {
	for i := range dst {
		bin := i / neurons
		var sum, n float64
		for d := -min(bin, len(kernel)-1); d < len(kernel) && i+d*neurons < len(dst); d++ {
			k := kernel[max(d, -d)]
			sum += float64(k * m.mean[i+d*neurons])
			n += float64(k * m.n[i+d*neurons])
		}
		dst[i] = float32(sum / n) // 0/0: NaN where nothing was observed
	}
}

// gaussian returns one half of the kernel, its centre first; sd in bins. No more than
// bins values are needed.
func gaussian(sd float64, bins int) []float64 {
	k := make([]float64, 1+int(min(psthReach*sd, float64(max(1, bins)))))
	for d := range k {
		x := float64(d) / sd
		k[d] = math.Exp(-float64(x*x) / 2)
	}
	return k
}
