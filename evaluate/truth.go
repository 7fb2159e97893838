package evaluate

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// NameTruth is the score of rates against true ones.
const NameTruth = "true rates"

// truth scores rates, and the logarithms of those of counts, against true rates.
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
	err := e.like(ofRates(NameTruth), truth, trainTruth, note)
	if e.Likelihood.Counts() {
		err = errors.Join(err, e.like(ofLogRates("true log rates"), truth, trainTruth, note))
	}
	return err
}

// likeness says how like true rates rates are.
type likeness struct {
	name  string
	sums  func(truth, rates *dataset.Array) *metric.TrialR2
	score func(of *metric.TrialR2) metric.ByTrial
	// smooth makes smoothing for it.
	smooth func(e *evaluation, step string, by choice) (*smoothed, error)
}

// ofRates lets neurons count by their variance: the plain average would be ruled by
// those that hardly fire.
func ofRates(name string) *likeness {
	return &likeness{name, metric.R2ByTrial, (*metric.TrialR2).Weighted, (*evaluation).smooth}
}

// ofLogRates lets a neuron that fires little count as one that fires much. Smoothing is
// mixed with means for it: where nothing fired near, its rate is 0, whose logarithm is
// far from any.
func ofLogRates(name string) *likeness {
	return &likeness{name, metric.LogR2ByTrial, func(of *metric.TrialR2) metric.ByTrial { return of }, (*evaluation).smoothAndMix}
}

// like scores rates against some of the true rates of validation trials, and beside them
// those of a kernel chosen by some of the true rates of training trials; NaN leaves a
// rate out.
func (e *evaluation) like(l *likeness, truth, trainTruth *dataset.Array, note string) error {
	if e.report.TruthDoubt != "" {
		note = joined(note, "the true rates are in doubt")
	}
	_, err := e.ask(question{
		name: l.name, unit: "R2",
		of: func(_ context.Context, c *Candidate) (*answer, error) {
			sums := l.sums(truth, c.Valid.Rates)
			if sums.Score(nil).Varying == 0 {
				return nil, errNothingVaries
			}
			return &answer{score: l.score(sums), note: note}, nil
		},
		smoothing: func() (*smoothed, error) {
			return l.smooth(e, l.name, func(rates *dataset.Array, every int, _ func(int, int)) (float64, error) {
				return l.score(l.sums(trainTruth.OneIn(every), rates)).Of(nil), nil
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
