package metric

import (
	"fmt"
	"maps"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// PSTH returns the mean over trials of each condition (the peri-stimulus time
// histogram), [conditions, bins, features], with the condition of each row in
// ascending order. NaNs are left out; where all trials are NaN so is the mean.
func PSTH(a *dataset.Array, condition []int64) (psth *dataset.Array, conditions []int64) {
	checkTrials(a, len(condition))
	rows := map[int64][]int{}
	for trial, c := range condition {
		rows[c] = append(rows[c], trial)
	}
	conditions = slices.Sorted(maps.Keys(rows))
	psth = dataset.NewArray(len(conditions), a.Bins, a.Features)
	for i, c := range conditions {
		for j, v := range meanTrials(a, rows[c], nil) {
			psth.Trial(i)[j] = float32(v)
		}
	}
	return psth, conditions
}

// PSTHR2 scores rates averaged by condition against PSTHs of the data,
// [conditions, bins, neurons]: R2 of each neuron over the bins of all
// conditions. condition holds for each trial the row of psth that it belongs
// to. jitter moves a trial that many bins later before averaging; nil: none.
// Bins where the PSTH is NaN, and conditions without trials, are left out; a
// bin that the PSTH has and jitter leaves empty makes the score NaN.
//
// A condition that the PSTHs do not have is an error.
func PSTHR2(rates *dataset.Array, condition []int64, jitter []int, psth *dataset.Array) (Score, error) {
	checkTrials(rates, len(condition))
	if jitter != nil {
		checkTrials(rates, len(jitter))
	}
	if rates.Bins != psth.Bins || rates.Features != psth.Features {
		panic(fmt.Sprintf("metric: rates %v against PSTHs %v", rates, psth))
	}
	rows := make([][]int, psth.Trials)
	for trial, c := range condition {
		if c < 0 || c >= int64(psth.Trials) {
			return Score{}, fmt.Errorf("trial %d is of condition %d, but there are PSTHs for conditions 0 to %d only", trial, c, psth.Trials-1)
		}
		rows[c] = append(rows[c], trial)
	}
	var truth, predicted []float64
	for c, trials := range rows {
		if len(trials) > 0 {
			predicted = append(predicted, meanTrials(rates, trials, jitter)...)
			for _, v := range psth.Trial(c) {
				truth = append(truth, float64(v))
			}
		}
	}
	return R2(truth, predicted, rates.Features), nil
}

// meanTrials returns the mean of some trials of a, each moved by its jitter,
// over what is not NaN: [bins, features].
func meanTrials(a *dataset.Array, trials, jitter []int) []float64 {
	mean := make([]float64, a.Bins*a.Features)
	n := make([]float64, len(mean))
	for _, trial := range trials {
		shift := 0
		if jitter != nil {
			shift = jitter[trial] * a.Features
		}
		for i, v := range a.Trial(trial) {
			if to := i + shift; to >= 0 && to < len(mean) && v == v {
				mean[to] += float64(v)
				n[to]++
			}
		}
	}
	for i := range mean {
		mean[i] /= n[i] // 0/0: NaN where no trial was recorded
	}
	return mean
}

func checkTrials(a *dataset.Array, n int) {
	if a.Trials != n {
		panic(fmt.Sprintf("metric: %d trial labels for %v", n, a))
	}
}
