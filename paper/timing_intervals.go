package paper

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// intervals are the columns of a timing task, for the trials of a split: trials end at go.
type intervals struct {
	sample, produced []float64 // ms
	group            []int64   // prior and effector, as the benchmark has them (and the direction, if there are several)
	set              []int     // bin in which set comes; below 0: before the trial begins
	groups           map[[3]float32]int64
}

// intervalsOf reads them of behaviour: columns of trials, the same in all bins. Groups have
// the same numbers in both splits.
func intervalsOf(d *dataset.Dataset) (train, valid *intervals, err error) {
	column := map[string]int{}
	for i, q := range d.Outputs {
		column[q.Name[strings.LastIndexByte(q.Name, '.')+1:]] = i
	}
	for _, name := range []string{"is_short", "is_eye", "ts", "tp"} {
		if _, ok := column[name]; !ok {
			return nil, nil, fmt.Errorf("%s has no behaviour %s, the same in all bins of a trial", d.Name, name)
		}
	}
	if d.BinWidth == 0 || d.Train.Behavior == nil || d.Valid.Behavior == nil {
		return nil, nil, fmt.Errorf("%s does not say how wide its bins are, or has no behaviour of some trials", d.Name)
	}
	groups := map[[3]float32]int64{}
	train, valid = &intervals{}, &intervals{}
	train.add(d, d.Train, column, groups)
	valid.add(d, d.Valid, column, groups)
	return train, valid, nil
}

// add adds the trials of a split; groups grow.
func (t *intervals) add(d *dataset.Dataset, s *dataset.Split, column map[string]int, groups map[[3]float32]int64) {
	for trial := range s.Behavior.Trials {
		of := s.Behavior.Bin(trial, 0)
		key := [3]float32{of[column["is_short"]], of[column["is_eye"]]}
		if theta, ok := column["theta"]; ok {
			key[2] = of[theta]
		}
		if _, seen := groups[key]; !seen {
			groups[key] = int64(len(groups))
		}
		produced := float64(of[column["tp"]])
		t.sample, t.produced = append(t.sample, float64(of[column["ts"]])), append(t.produced, produced)
		t.group = append(t.group, groups[key])
		t.set = append(t.set, s.Encod.Bins-int(math.Ceil(produced/1000/d.BinWidth.Seconds())))
	}
	t.groups = groups
}

// speeds are how fast rates change from set to go, in each trial; NaN of one whose set lies
// before its first bin.
func (t *intervals) speeds(rates *dataset.Array) []float64 {
	scored := dataset.NewArray(rates.Trials, rates.Bins, 1)
	for trial, set := range t.set {
		for bin := range rates.Bins {
			if set < 0 || bin < set {
				scored.Bin(trial, bin)[0] = float32(math.NaN())
			}
		}
	}
	return metric.Speeds(rates, scored)
}

// correlation is that of speeds with produced intervals within groups, trial by trial. Groups
// are the conditions of the Neural Latents Benchmark, and have trials of all measured
// intervals of a prior: of one interval alone there are few for validation.
func (t *intervals) correlation(speeds []float64) metric.ByTrial {
	groups := make([]int64, len(speeds))
	for i, v := range speeds {
		if groups[i] = t.group[i]; v != v {
			groups[i] = -1
		}
	}
	return metric.SpeedByTrial(speeds, t.produced, groups)
}

// within is the correlation that is left when the means over trials of one measured interval
// and group are taken off speeds and off produced intervals. Trials alone there, or without
// a speed, are left out.
func (t *intervals) within(speeds []float64) metric.ByTrial {
	type kind struct {
		group  int64
		sample float64
	}
	of := map[kind][]int{}
	for trial, v := range speeds {
		if v-v == 0 {
			k := kind{t.group[trial], t.sample[trial]}
			of[k] = append(of[k], trial)
		}
	}
	groups := slices.Repeat([]int64{-1}, len(speeds))
	moved, produced := make([]float64, len(speeds)), make([]float64, len(speeds))
	for k, trials := range of {
		if len(trials) < 2 {
			continue
		}
		var speed, interval float64
		for _, trial := range trials {
			speed, interval = speed+speeds[trial], interval+t.produced[trial]
		}
		n := float64(len(trials))
		for _, trial := range trials {
			groups[trial], moved[trial], produced[trial] = k.group, speeds[trial]-speed/n, t.produced[trial]-interval/n
		}
	}
	return metric.SpeedByTrial(moved, produced, groups)
}

// orderSeconds is how long before set rates are looked at for what was measured, s.
const orderSeconds = .2

// orderBins is as many bins.
func orderBins(d *dataset.Dataset) int {
	return max(1, int(math.Round(orderSeconds/d.BinWidth.Seconds())))
}

// before are the mean rates of each trial in the last moments before set, [trials][neurons];
// nil of a trial that does not hold them.
func (t *intervals) before(rates *dataset.Array, d *dataset.Dataset) [][]float64 {
	bins := orderBins(d)
	all := make([][]float64, rates.Trials)
	for trial, set := range t.set {
		if set < bins {
			continue
		}
		all[trial] = make([]float64, rates.Features)
		for bin := set - bins; bin < set; bin++ {
			for n, r := range rates.Bin(trial, bin) {
				all[trial][n] += float64(r) / float64(bins)
			}
		}
	}
	return all
}

// slopes are how much the rate before set grows with the interval measured, of each group
// and neuron, in counts per bin and ms; NaN where trials do not tell.
func (t *intervals) slopes(rates *dataset.Array, d *dataset.Dataset) (all []float64) {
	before := t.before(rates, d)
	for g := range int64(len(t.groups)) {
		for n := range rates.Features {
			var x, y []float64
			for trial, of := range before {
				if of != nil && t.group[trial] == g {
					x, y = append(x, t.sample[trial]), append(y, of[n])
				}
			}
			all = append(all, slope(x, y))
		}
	}
	return all
}

// slope is that of the straight line through points; NaN of fewer than three.
func slope(x, y []float64) float64 {
	if len(x) < 3 {
		return math.NaN()
	}
	_, beta := stat.LinearRegression(x, y, nil, false)
	return beta
}

// agree is the correlation of those of two lists of slopes that both have.
func agree(a, b []float64) float64 {
	var x, y []float64
	for i := range a {
		if d := a[i] - b[i]; d == d {
			x, y = append(x, a[i]), append(y, b[i])
		}
	}
	if len(x) < 3 {
		return math.NaN()
	}
	return stat.Correlation(x, y, nil)
}

// smoothForSpeed smooths spikes by the kernel whose speeds follow produced intervals best
// in training.
func smoothForSpeed(ctx context.Context, d *dataset.Dataset, train *intervals) (*dataset.Array, error) {
	kernels, best, err := baseline.Sweep(ctx, d.Train.Recon, d.BinWidth, baseline.SDsFor(d.BinWidth), func(rates *dataset.Array) (float64, error) {
		return -train.correlation(train.speeds(rates)).Of(nil), nil
	})
	if err != nil {
		return nil, err
	}
	return baseline.Smooth(ctx, d.Valid.Recon, kernels[best].SD, d.BinWidth)
}
