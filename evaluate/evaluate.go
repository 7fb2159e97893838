package evaluate

import (
	"context"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/guard"
	"github.com/autolfads/autolfads/likelihood"
)

// Inferred is what a model says of one split.
type Inferred struct {
	Rates   *dataset.Array // counts per bin, or means, [trials, bins, neurons]
	Factors *dataset.Array // [trials, bins, factors]; nil: none
}

// Options say what the scores are of.
type Options struct {
	// Likelihood is that of the model. Which scores there are follows from it: only
	// counts have bits per spike, and only one that its mean determines has a
	// likelihood of rates and of true rates (the oracle).
	Likelihood likelihood.Likelihood
	// Name is what model.likelihood calls it: a dataset may know the oracle of
	// that one. "": unknown.
	Name string
	// ModelNLL is the negative log likelihood per element by which the model was
	// chosen, on the same trials; nil: unknown, so no overfitting is judged.
	ModelNLL *float64
	// Progress is told how far a step of the scoring is; nil: nobody is.
	Progress func(step string, done, total int)
}

// Score is one score. Its numbers are finite.
type Score struct {
	Name      string     `json:"name"`
	Value     float64    `json:"value"`
	Unit      string     `json:"unit"`
	Outputs   []string   `json:"outputs,omitempty"`    // what they are called, if the data say it
	PerOutput []*float64 `json:"per_output,omitempty"` // for example velocity x and y; nil: has no score
	Smoothing *float64   `json:"smoothing,omitempty"`  // the same score of Gaussian smoothing
	// SmoothingPerOutput are smoothing's, beside PerOutput.
	SmoothingPerOutput []*float64 `json:"smoothing_per_output,omitempty"`
	Best               *float64   `json:"true_rates,omitempty"` // the same score of the true rates, or distribution
	Note               string     `json:"note,omitempty"`
}

// Report is what a model's rates are worth.
type Report struct {
	Scores      []Score
	Skipped     []string // why a score is not there, a sentence each
	Oracle      *float64 // negative log likelihood per element of the true rates, or distribution; nil: unknown
	Overfitting string   // a sentence, if the model is judged to be overfitted to the identity
	TruthDoubt  string   // a sentence, if the true rates cannot be those of the data
	// Decoded is the behaviour of the validation trials as it is decoded from
	// their rates, shaped as the dataset's; NaN where an output has no values to
	// learn from; nil: behaviour has no score.
	Decoded *dataset.Array
}

// Scores scores a model against a dataset. Splits without what a score needs
// go without it; a score that the numbers do not allow, such as that of
// behaviour that is NaN throughout, is skipped, for a reason, and takes no
// other along. The only error is that of ctx's end.
func Scores(ctx context.Context, d *dataset.Dataset, train, valid Inferred, o Options) (Report, error) {
	tell := o.Progress
	o.Progress = func(step string, done, total int) {
		if tell != nil && ctx.Err() == nil {
			tell(step, done, total)
		}
	}
	e := &evaluation{ctx: ctx, d: d, train: train, valid: valid, Options: o}
	for _, s := range e.steps() {
		err := s.run(ctx)
		if ctx.Err() != nil {
			return Report{}, ctx.Err()
		}
		if err != nil {
			e.skip(s.name, err)
		}
	}
	return e.report, nil
}

type evaluation struct {
	ctx          context.Context
	d            *dataset.Dataset
	train, valid Inferred
	Options
	report Report
}

type step struct {
	name  string
	score func() error
}

func (e *evaluation) steps() []step {
	l, ofMean := e.Likelihood.(likelihood.OfMean)
	counts := e.Likelihood.Counts()
	var steps []step
	for _, s := range []struct {
		has bool
		step
	}{
		{true, step{"true rates against the data", e.doubt}},
		{!counts, step{"data from means", e.means}},
		{true, step{"the oracle", e.oracle}},
		{ofMean, step{"negative log likelihood", func() error { return e.nll(l) }}},
		{counts, step{"bits per spike", e.bits}},
		{true, step{"identity overfitting", e.judge}},
		{true, step{"true rates", e.truth}},
		{true, step{nameHidden, e.hiddenTruth}},
		{true, step{"true states from factors", e.latents}},
		{true, step{"behaviour from rates", e.behavior}},
	} {
		if s.has {
			steps = append(steps, s.step)
		}
	}
	return steps
}

// run carries out a step, which is left to itself when ctx ends: one that does
// not look at ctx takes a few seconds at most.
func (s step) run(ctx context.Context) error {
	done := make(chan error, 1)
	go func() { done <- guard.Call(s.score) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (e *evaluation) skip(name string, err error) {
	e.report.Skipped = append(e.report.Skipped, fmt.Sprintf("scoring %s: %v", name, err))
}

// add adds a score. Numbers that are not finite never leave this package: JSON
// has no word for them.
func (e *evaluation) add(f Score) {
	if !finite(f.Value) {
		e.skip(f.Name, fmt.Errorf("the score is %v: the rates, or what they are compared with, hold numbers that are not finite or too large", f.Value))
		return
	}
	f.Smoothing, f.Best = finiteOrNil(f.Smoothing), finiteOrNil(f.Best)
	for i, v := range f.PerOutput {
		f.PerOutput[i] = finiteOrNil(v)
	}
	e.report.Scores = append(e.report.Scores, f)
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

func finiteOrNil(v *float64) *float64 {
	if v == nil || !finite(*v) {
		return nil
	}
	return v
}

// scored returns the score called name.
func (e *evaluation) scored(name string) *Score {
	for i := range e.report.Scores {
		if f := &e.report.Scores[i]; f.Name == name {
			return f
		}
	}
	return nil
}
