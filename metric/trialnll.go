package metric

import "github.com/autolfads/autolfads/dataset"

// TrialNLL are the sums of the negative log likelihood of each trial's elements.
type TrialNLL struct {
	sum, n []float64
}

// MeanNLL scores means against data of the same shape by the negative log
// likelihood of an element: their mean over the recorded bins, in nats; NaN if
// there are none, or if a mean makes no sense.
func MeanNLL(means, data *dataset.Array, element func(mean, y float64) float64) float64 {
	return MeanNLLByTrial(means, data, element).Of(nil)
}

// MeanNLLByTrial is [MeanNLL] of any selection of trials.
func MeanNLLByTrial(means, data *dataset.Array, element func(mean, y float64) float64) *TrialNLL {
	checkSameShape(means, data)
	l := &TrialNLL{make([]float64, data.Trials), make([]float64, data.Trials)}
	for trial := range l.sum {
		m := means.Trial(trial)
		for i, y := range data.Trial(trial) {
			if !dataset.IsMissing(y) {
				l.sum[trial] += element(float64(m[i]), float64(y))
				l.n[trial]++
			}
		}
	}
	return l
}

// Trials returns how many trials there are.
func (l *TrialNLL) Trials() int { return len(l.sum) }

// Of returns the mean over the elements of a selection of trials; NaN of none.
func (l *TrialNLL) Of(times []int) float64 {
	checkTimes(times, len(l.sum))
	var sum, n float64
	for trial, s := range l.sum {
		if t := timesOf(times, trial); t > 0 {
			sum += float64(t * s)
			n += float64(t * l.n[trial])
		}
	}
	return sum / n
}
