package evaluate

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// truth scores rates against true rates.
func (e *evaluation) truth() error {
	truth, trainTruth := e.d.Valid.Truth, e.d.Train.Truth
	if truth == nil || trainTruth == nil {
		return nil
	}
	note := leftOut("true rates", truth)
	learned := e.d.Train.Recon.Observed()
	if never := neverLearned(learned); never > 0 {
		truth, trainTruth = ofLearned(truth, learned), ofLearned(trainTruth, learned)
		note = joined(note, fmt.Sprintf("without %s never observed in training", count(never, "neuron")))
	}
	return errors.Join(e.ofTruth("true rates", truth, trainTruth, note), e.logTruth(truth, trainTruth, note))
}

// logTruth scores the logarithms of rates of counts, in which a neuron that fires
// little counts as one that fires much.
func (e *evaluation) logTruth(truth, trainTruth *dataset.Array, note string) error {
	if !e.Likelihood.Counts() {
		return nil
	}
	const name = "true log rates"
	_, err := e.ask(question{
		name: name, unit: "R2",
		of: func(_ context.Context, c *Candidate) (*answer, error) {
			score := metric.LogR2ByTrial(truth, c.Valid.Rates)
			if score.Score(nil).Varying == 0 {
				return nil, errNothingVaries
			}
			return &answer{score: score, note: note}, nil
		},
		smoothing: func() (*smoothed, error) {
			return e.smooth(name, func(rates *dataset.Array, every int, _ func(int, int)) (float64, error) {
				return metric.LogR2ByTrial(trainTruth.OneIn(every), rates).Of(nil), nil
			})
		},
	})
	return err
}

// neverLearned counts the neurons of which nothing was observed.
func neverLearned(observed []int) (n int) {
	for _, of := range observed {
		if of == 0 {
			n++
		}
	}
	return n
}

// ofLearned returns true rates with NaN in the place of those of neurons that were
// never observed.
func ofLearned(truth *dataset.Array, observed []int) *dataset.Array {
	known := dataset.NewArray(truth.Trials, truth.Bins, truth.Features)
	for i, rate := range truth.Data {
		if observed[i%truth.Features] == 0 {
			rate = float32(math.NaN())
		}
		known.Data[i] = rate
	}
	return known
}

// ofTruth scores rates against some of the true rates of validation trials, and
// beside them those of a kernel chosen by some of the true rates of training
// trials; NaN leaves a rate out. Neurons count by their variance: the plain average
// would be ruled by neurons that hardly fire.
func (e *evaluation) ofTruth(name string, truth, trainTruth *dataset.Array, note string) error {
	if e.report.TruthDoubt != "" {
		note = joined(note, "the true rates are in doubt")
	}
	_, err := e.ask(question{
		name: name, unit: "R2",
		of: func(_ context.Context, c *Candidate) (*answer, error) {
			score := metric.R2ByTrial(truth, c.Valid.Rates)
			if score.Score(nil).Varying == 0 {
				return nil, errNothingVaries
			}
			return &answer{score: score.Weighted(), note: note}, nil
		},
		smoothing: func() (*smoothed, error) {
			return e.smooth(name, func(rates *dataset.Array, every int, _ func(int, int)) (float64, error) {
				return metric.R2(trainTruth.OneIn(every).Data, rates.Data, rates.Features).Weighted, nil
			})
		},
	})
	return err
}

// leftOut says how many numbers of a are not finite and so do not count.
func leftOut(what string, a *dataset.Array) string {
	n := 0
	for _, v := range a.Data {
		if v-v != 0 {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d %s are not finite and left out", n, len(a.Data), what)
}
