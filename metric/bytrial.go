package metric

import "fmt"

// ByTrial is a score of a set of trials that can be had of any selection of them,
// which is what intervals are made of ([Resampling]). It holds sums of each trial,
// so that a selection costs no pass over the data, with the exception of PSTHs'
// ([PSTHByTrial]).
//
// Its methods may be called by several goroutines at once.
type ByTrial interface {
	// Trials is how many trials there are.
	Trials() int
	// Of returns the score of the trials when trial i counts times[i] times; nil:
	// each once. NaN: such a selection has no score.
	Of(times []int) float64
}

// timesOf says how often a trial counts.
func timesOf(times []int, trial int) float64 {
	if times == nil {
		return 1
	}
	return float64(times[trial])
}

func checkTimes(times []int, trials int) {
	if times != nil && len(times) != trials {
		panic(fmt.Sprintf("metric: %d counts for %d trials", len(times), trials))
	}
}
