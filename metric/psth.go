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
	mean := newMeans(a)
	for i, c := range conditions {
		mean.of(a, rows[c], nil, nil)
		for j, v := range mean.mean {
			psth.Trial(i)[j] = float32(v)
		}
	}
	return psth, conditions
}

// PSTHR2 scores rates averaged by condition against PSTHs of the data,
// [conditions, bins, neurons]: R2 of each neuron over the bins of all
// conditions. condition holds for each trial the row of psth that it belongs
// to; below 0, to none, and it is left out. jitter moves a trial that many bins
// later before averaging; nil: none. Bins where the PSTH is NaN, and conditions
// without trials, are left out; a bin that the PSTH has and jitter leaves empty
// makes the score NaN.
//
// A condition that the PSTHs do not have is an error.
func PSTHR2(rates *dataset.Array, condition []int64, jitter []int, psth *dataset.Array) (Score, error) {
	p, err := PSTHByTrial(rates, condition, jitter, psth)
	if err != nil {
		return Score{}, err
	}
	return p.Score(nil), nil
}

// RowsOf returns, for each trial, the row that its condition has in a list of them
// in ascending order, such as that of [PSTH]; -1: it is not there.
func RowsOf(condition, rows []int64) []int64 {
	of := make([]int64, len(condition))
	for trial, c := range condition {
		of[trial] = -1
		if row, has := slices.BinarySearch(rows, c); has {
			of[trial] = int64(row)
		}
	}
	return of
}

// PartsOf gives each trial one of n parts, 0 to n-1, so that the trials of each condition
// go round.
func PartsOf(condition []int64, n int) []int {
	part, seen := make([]int, len(condition)), map[int64]int{}
	for trial, c := range condition {
		part[trial] = seen[c] % n
		seen[c]++
	}
	return part
}

func checkTrials(a *dataset.Array, n int) {
	if a.Trials != n {
		panic(fmt.Sprintf("metric: %d trial labels for %v", n, a))
	}
}
