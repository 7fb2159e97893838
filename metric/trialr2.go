package metric

import (
	"math"

	"github.com/autolfads/autolfads/dataset"
)

// TrialR2 are the sums that R2 is made of, of each trial and output. Variation is
// about the mean of the selected trials.
type TrialR2 struct {
	trials, outputs int
	sums            []moments // [trials, outputs]
}

// R2ByTrial is [R2] of [trials, bins, outputs] for any selection of trials: its
// score is the mean of the outputs that vary.
func R2ByTrial(truth, predicted *dataset.Array) *TrialR2 {
	return newTrialR2(truth, predicted, func(_, rows []float32, _ float64) []float32 { return rows })
}

// LogR2ByTrial is [R2ByTrial] of the logarithms of rates, in which all neurons
// matter where they fire little as where they fire much. True rates that are not
// over 0 are left out; a predicted rate of 0 is taken as [MinRate].
func LogR2ByTrial(truth, predicted *dataset.Array) *TrialR2 {
	return newTrialR2(truth, predicted, logarithms)
}

// transform returns what the numbers of a trial become, perhaps in room for as many,
// with another number in the place of 0.
type transform[T float32 | float64] func(room []T, rows []float32, ofZero float64) []T

// newTrialR2 sums what each trial's numbers become: those of the truth with 0, those
// of the prediction with MinRate in the place of 0.
func newTrialR2[T float32 | float64](truth, predicted *dataset.Array, become transform[T]) *TrialR2 {
	checkSameShape(truth, predicted)
	r := &TrialR2{trials: truth.Trials, outputs: truth.Features, sums: make([]moments, truth.Trials*truth.Features)}
	about := reference{make([]float64, r.outputs), make([]float64, r.outputs)}
	size := truth.Bins * truth.Features
	t, p := make([]T, size), make([]T, size)
	for trial := range r.trials {
		addTo(about, become(t, truth.Trial(trial), 0))
	}
	means := about.means()
	for trial := range r.trials {
		addRows(r.trial(trial), become(t, truth.Trial(trial), 0), become(p, predicted.Trial(trial), MinRate), means)
	}
	return r
}

// logarithms returns those of rates, of another number in the place of 0.
func logarithms(room []float64, rates []float32, ofZero float64) []float64 {
	for i, rate := range rates {
		r := float64(rate)
		if r == 0 {
			r = ofZero
		}
		room[i] = math.Log(r)
	}
	return room
}

func (r *TrialR2) trial(i int) []moments { return r.sums[i*r.outputs : (i+1)*r.outputs] }

// Trials returns how many trials there are.
func (r *TrialR2) Trials() int { return r.trials }

// Of returns the mean R2 of a selection of trials; NaN if no output varies in them.
func (r *TrialR2) Of(times []int) float64 { return r.Score(times).Mean }

// Score returns the score of a selection of trials; nil: all.
func (r *TrialR2) Score(times []int) Score {
	checkTimes(times, r.trials)
	all := make([]moments, r.outputs)
	for trial := range r.trials {
		t := timesOf(times, trial)
		if t == 0 {
			continue
		}
		for o, m := range r.trial(trial) {
			all[o].include(m, t)
		}
	}
	return scoreOf(all)
}

// Weighted is the score that weighs outputs by their variance.
func (r *TrialR2) Weighted() ByTrial { return weightedR2{r} }

type weightedR2 struct{ *TrialR2 }

func (w weightedR2) Of(times []int) float64 { return w.Score(times).Weighted }
