package nlb

import (
	"errors"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// conditionColumns of behaviour make conditions in data sets of timing: prior, response
// and direction, but not the interval, of which there are few trials each.
const conditionColumns = 3

// speed is the correlation of how fast rates move between set and go with the interval
// produced, within each condition, averaged over conditions. The bins between set and
// go are those in which the spikes of the first neuron held out are known.
func (e *scoring) speed() (float64, error) {
	b := e.t.EvalBehavior
	if b == nil || b.Bins != 1 || b.Features <= conditionColumns {
		return 0, fmt.Errorf("eval_behavior is %v: must be columns of trials, of which %d make conditions and the last is the interval produced", b, conditionColumns)
	}
	speeds := metric.Speeds(e.Eval.FirstBins(e.t.HeldOut.Bins), e.t.HeldOut)
	condition, err := conditions(b)
	if err != nil {
		return 0, err
	}
	produced := make([]float64, b.Trials)
	for trial := range produced {
		row := b.Bin(trial, 0)
		produced[trial] = float64(row[len(row)-1])
		if condition[trial] >= 0 && !finite(speeds[trial]+produced[trial]) {
			return 0, fmt.Errorf("trial %d moves at %v counts per bin in %v ms: one of them is not known", trial, speeds[trial], produced[trial])
		}
	}
	r := metric.SpeedCorrelation(speeds, produced, condition)
	if math.IsNaN(r) {
		return 0, errors.New("speed or interval is the same in all trials of a condition: they have no correlation")
	}
	return r, nil
}

// conditions numbers the conditions of trials; -1: a trial of none.
func conditions(behavior *dataset.Array) ([]int64, error) {
	numbers, trials := map[[conditionColumns]float32]int64{}, map[int64]int{}
	of := make([]int64, behavior.Trials)
	for trial := range of {
		key := [conditionColumns]float32(behavior.Bin(trial, 0))
		if key != key { // some of it is NaN
			of[trial] = -1
			continue
		}
		if _, known := numbers[key]; !known {
			numbers[key] = int64(len(numbers))
		}
		of[trial] = numbers[key]
		trials[of[trial]]++
	}
	for trial, c := range of {
		if c >= 0 && trials[c] < 2 {
			return nil, fmt.Errorf("trial %d is the only one of its condition, and a correlation needs two; nlb_tools refuse this, too", trial)
		}
	}
	if len(numbers) == 0 {
		return nil, errors.New("no trial has a condition")
	}
	return of, nil
}
