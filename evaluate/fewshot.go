package evaluate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/evaluate/factors"
)

const nameFewShot = "few-shot co-smoothing"

// NameFewShot is what few-shot co-smoothing is called, by how many training trials it
// learns from.
func NameFewShot(trials int) string { return fmt.Sprintf("%s (k = %d)", fewShotBegins, trials) }

const fewShotBegins = "few-shot co-bps"

// fewShot scores how well a few training trials teach to predict neurons set aside from
// the factors of each candidate: a score for each number of trials.
func (e *evaluation) fewShot() error {
	train, valid := e.d.Train.SetAside, e.d.Valid.SetAside
	switch {
	case train == nil && valid == nil && e.FewShot == nil:
		return nil
	case train == nil || valid == nil:
		return dataset.ErrNoneAside
	case !e.Likelihood.Counts():
		return errors.New("it predicts spikes, and data of this likelihood are no counts")
	}
	if without := withoutFactors(&e.model); without != nil {
		return without
	}
	how := factors.Usual
	if e.FewShot != nil {
		how.Trials = e.FewShot
	}
	for i, k := range how.Trials {
		one := how
		one.Trials = []int{k}
		_, err := e.ask(question{
			name: NameFewShot(k), unit: "bits",
			of: func(ctx context.Context, c *Candidate) (*answer, error) {
				return e.fewShotOf(ctx, c, one, func(n, of int) { e.Progress(nameFewShot, i*of+n, len(how.Trials)*of) })
			},
		})
		if err != nil {
			e.skip(NameFewShot(k), err)
		}
	}
	return nil
}

// withoutFactors returns an error for a candidate that has no factors.
func withoutFactors(c *Candidate) error {
	if c.Train.Factors == nil || c.Valid.Factors == nil {
		return errors.New("there are no factors of training and validation trials, from which neurons set aside are predicted")
	}
	return nil
}

// fewShotOf scores one candidate by one number of trials.
func (e *evaluation) fewShotOf(ctx context.Context, c *Candidate, how factors.FewShot, tell decode.Progress) (*answer, error) {
	if without := withoutFactors(c); without != nil {
		return nil, without
	}
	shots, err := how.Score(ctx,
		decode.Counted{Inputs: c.Train.Factors, Counts: e.d.Train.SetAside},
		decode.Counted{Inputs: c.Valid.Factors, Counts: e.d.Valid.SetAside}, tell)
	if err != nil {
		return nil, err
	}
	s := &shots[0]
	switch {
	case s.Skipped != "":
		return nil, errors.New(s.Skipped)
	case len(s.Bits) == 0:
		return nil, fmt.Errorf("no neuron set aside fires in any %d of the training trials that were drawn", s.Trials)
	}
	note := fmt.Sprintf("%s that the model never saw, from its factors, by %d of %d training trials: mean of %d draws of these, sd %.4f, L2 %g",
		count(e.d.Train.SetAside.Features, "neuron"), s.Trials, e.d.Train.Trials(), len(s.Bits), s.SD, s.L2)
	return &answer{score: asItIs{s.Mean, e.d.Valid.Trials()}, sd: &s.SD, note: note}, nil
}

// asItIs is a score that is had of all validation trials alone, so that it has no
// interval.
type asItIs struct {
	value  float64
	trials int
}

func (s asItIs) Trials() int { return s.trials }

func (s asItIs) Of(times []int) float64 {
	if times != nil {
		return math.NaN()
	}
	return s.value
}

// fewShotMemory is what few-shot co-smoothing takes with so many factors: trials drawn
// and the others, once more as the garbage of the last draw, rates that are predicted, and
// a regression.
func fewShotMemory(d *dataset.Dataset, n int) int64 {
	train, valid := d.Train.SetAside, d.Valid.SetAside
	if train == nil || valid == nil || n == 0 {
		return 0
	}
	bins := train.Trials * train.Bins
	drawn := 2 * (4*int64(bins)*int64(n) + train.Bytes())
	most := min(slices.Max(factors.Usual.Trials)*train.Bins, bins)
	return drawn + 2*max(train.Bytes(), valid.Bytes()) + decode.PoissonMemory(most, n, train.Features)
}
