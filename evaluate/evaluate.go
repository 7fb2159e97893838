package evaluate

import (
	"context"
	"fmt"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/guard"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/metric"
)

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
	// chosen, on the same trials; nil: unknown, so overfitting is judged by that of
	// the rates, if they have one.
	ModelNLL *float64
	// Smoothing asks for Gaussian smoothing of the same spikes as a rival, its kernel
	// chosen for each score on training trials.
	Smoothing bool
	// FewShot are the numbers of training trials that few-shot co-smoothing learns from;
	// nil: factors.Usual, where the dataset has neurons set aside.
	FewShot []int
	// Resampling says how intervals are made; without draws there are none.
	Resampling metric.Resampling
	// Progress is told how far a step of the scoring is; nil: nobody is.
	Progress func(step string, done, total int)
}

// Report is what a model's rates are worth.
type Report struct {
	Scores      []Score  `json:"scores,omitempty"`
	Skipped     []string `json:"skipped_scores,omitempty"`       // why a score is not there, a sentence each
	Oracle      *float64 `json:"oracle,omitempty"`               // negative log likelihood per element of the true rates, or distribution; nil: unknown
	Overfitting string   `json:"identity_overfitting,omitempty"` // a sentence, if the model is judged to be overfitted to the identity
	TruthDoubt  string   `json:"truth_doubt,omitempty"`          // a sentence, if the true rates cannot be those of the data
	// Decoded is the behaviour of the validation trials as it is decoded from the
	// model's rates and then from each rival's, shaped as the dataset's; NaN where an
	// output has no values to learn from; nil: it has no score. None: nobody has.
	Decoded []*dataset.Array `json:"-"`
	// PSTHKernel is the standard deviation of the Gaussian by which training trials
	// say that PSTHs should be smoothed; 0: they do not say.
	PSTHKernel time.Duration `json:"-"`

	judged bool // the model's likelihood was compared with that of the true rates
}

// Scores scores a model, and rivals beside it, against a dataset. Splits without what a score needs
// go without it; a score that the numbers do not allow, such as that of
// behaviour that is NaN throughout, is skipped, for a reason, and takes no
// other along. The only error is that of ctx's end.
func Scores(ctx context.Context, d *dataset.Dataset, model Candidate, rivals []Candidate, o Options) (Report, error) {
	tell := o.Progress
	o.Progress = func(step string, done, total int) {
		if tell != nil && ctx.Err() == nil {
			tell(step, done, total)
		}
	}
	e := &evaluation{ctx: ctx, d: d, model: model, rivals: rivals, Options: o}
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
	ctx    context.Context
	d      *dataset.Dataset
	model  Candidate
	rivals []Candidate
	Options
	report    Report
	regressed *smoothed // the baseline of what is not read, once it is fitted
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
		{!counts, step{nameMeans, e.means}},
		{true, step{"the oracle", e.oracle}},
		{ofMean, step{"negative log likelihood", func() error { return e.nll(l) }}},
		{!ofMean, step{"negative log likelihood", e.ownNLL}},
		{counts, step{"bits per spike", e.bits}},
		{true, step{nameFewShot, e.fewShot}},
		{true, step{"identity overfitting", e.judge}},
		{true, step{NameTruth, e.truth}},
		{true, step{nameHidden, e.hiddenTruth}},
		{true, step{NameLatents, e.latents}},
		{counts, step{NamePSTH, e.psth}},
		{true, step{NameBehavior, e.behavior}},
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
	f.Best = finiteOrNil(f.Best)
	for i, v := range f.PerOutput {
		f.PerOutput[i] = finiteOrNil(v)
	}
	e.report.Scores = append(e.report.Scores, f)
}

// Score returns the score called name; nil if there is none.
func (r *Report) Score(name string) *Score {
	for i := range r.Scores {
		if r.Scores[i].Name == name {
			return &r.Scores[i]
		}
	}
	return nil
}
