package evaluate

import (
	"context"
	"errors"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/metric"
)

// NameLatents is the score of true latent states from factors.
const NameLatents = "true states from factors"

// latents scores true latent states from factors by linear regression.
func (e *evaluation) latents() error {
	train, valid := e.d.Train.Latents, e.d.Valid.Latents
	if train == nil || valid == nil || e.model.Train.Factors == nil || e.model.Valid.Factors == nil {
		return nil
	}
	_, err := e.decoded(decoding{
		name: NameLatents, trainY: train, validY: valid,
		inputs: func(i *Inferred) *dataset.Array { return i.Factors },
		fit:    decode.LeastSquares,
		// With a few states and no penalty, training trials tell kernels apart.
		quality: func(l *decode.Linear, x, y *dataset.Array) (float64, error) {
			s, err := l.Score(x, y)
			return s.Mean, err
		},
	})
	return err
}

// NameBehavior is the score of behaviour from rates.
const NameBehavior = "behaviour from rates"

// behavior scores behaviour from rates by ridge regression.
func (e *evaluation) behavior() (err error) {
	train, valid := e.d.Train.Behavior, e.d.Valid.Behavior
	if train == nil || valid == nil {
		return nil
	}
	e.report.Decoded, err = e.decoded(decoding{
		name: NameBehavior, outputs: namesOf(e.d.Outputs), trainY: train, validY: valid,
		inputs: func(i *Inferred) *dataset.Array { return i.Rates },
		fit:    decode.Ridge,
		// Many neurons fit training trials by any kernel: only rows left out tell.
		quality: func(l *decode.Linear, _, _ *dataset.Array) (float64, error) { return l.CrossValidated, nil },
	})
	return err
}

func namesOf(all []dataset.Quantity) (names []string) {
	for _, q := range all {
		names = append(names, q.Name)
	}
	return names
}

// decoding is a regression to score. Outputs may be of the first bins alone,
// those that are read.
type decoding struct {
	name           string
	outputs        []string // what they are called; nil: nobody knows
	trainY, validY *dataset.Array
	inputs         func(i *Inferred) *dataset.Array // of a candidate
	fit            func(ctx context.Context, inputs, outputs *dataset.Array, tell decode.Progress) (*decode.Linear, error)
	quality        func(l *decode.Linear, inputs, outputs *dataset.Array) (float64, error) // on training trials: chooses a kernel
}

// decoded fits a decoder on training trials and scores it on validation trials,
// from the model's numbers and from its rivals'. It returns the outputs of the
// validation trials as they are decoded from each, nil where they cannot be.
func (e *evaluation) decoded(d decoding) (all []*dataset.Array, err error) {
	t, err := newTarget(e.d.Judged(), d.trainY, d.validY)
	if err != nil {
		return nil, err
	}
	answers, err := e.ask(question{
		name: d.name, unit: "R2", outputs: d.outputs,
		of:        func(ctx context.Context, c *Candidate) (*answer, error) { return e.decode(ctx, &d, t, c) },
		smoothing: func() (*smoothed, error) { return e.smooth(d.name, d.choose(e, t)) },
	})
	if err != nil {
		return nil, err
	}
	for _, a := range answers {
		if a == nil {
			a = &answer{}
		}
		all = append(all, a.decoded)
	}
	return all, nil
}

// decode answers for one candidate.
func (e *evaluation) decode(ctx context.Context, d *decoding, t *target, c *Candidate) (*answer, error) {
	train, valid := d.inputs(&c.Train), d.inputs(&c.Valid)
	if train == nil || valid == nil {
		return nil, errors.New("there is nothing of training trials, or of those that are scored, to decode from")
	}
	l, err := d.fit(ctx, train, t.train, e.telling(c, d.name))
	if err != nil {
		return nil, err
	}
	predicted := l.Predict(valid, t.valid.Bins)
	score := metric.R2ByTrial(t.valid, predicted)
	of := score.Score(nil)
	if of.Varying == 0 {
		return nil, errNothingVaries
	}
	return &answer{score: score, perOutput: t.perOutput(of), note: t.note(of), decoded: t.spread(predicted)}, nil
}

// telling tells of a candidate's fit. Smoothing's is the last of many, whose progress
// is told as a whole.
func (e *evaluation) telling(c *Candidate, step string) decode.Progress {
	if c.Name == Smoothing {
		return nil
	}
	if c.Name != "" {
		step = c.Name + ": " + step
	}
	return func(done, total int) { e.Progress(step, done, total) }
}

// choose chooses a kernel by how well outputs are decoded in training.
func (d *decoding) choose(e *evaluation, t *target) choice {
	return func(rates *dataset.Array, every int, tell func(int, int)) (float64, error) {
		outputs := t.train.OneIn(every)
		l, err := d.fit(e.ctx, rates, outputs, tell)
		if err != nil {
			return 0, err
		}
		return d.quality(l, rates, outputs)
	}
}
