package evaluate

import (
	"context"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/metric"
)

// latents scores true latent states from factors by linear regression.
func (e *evaluation) latents() error {
	train, valid := e.d.Train.Latents, e.d.Valid.Latents
	if train == nil || valid == nil || e.train.Factors == nil || e.valid.Factors == nil {
		return nil
	}
	_, err := e.decoded(decoding{
		name: "true states from factors", trainY: train, validY: valid, trainX: e.train.Factors, validX: e.valid.Factors,
		fit: decode.LeastSquares,
		// With a few states and no penalty, training trials tell kernels apart.
		quality: func(l *decode.Linear, x, y *dataset.Array) (float64, error) {
			s, err := l.Score(x, y)
			return s.Mean, err
		},
	})
	return err
}

// behavior scores behaviour from rates by ridge regression.
func (e *evaluation) behavior() (err error) {
	train, valid := e.d.Train.Behavior, e.d.Valid.Behavior
	if train == nil || valid == nil {
		return nil
	}
	e.report.Decoded, err = e.decoded(decoding{
		name: "behaviour from rates", outputs: namesOf(e.d.Outputs), trainY: train, validY: valid, trainX: e.train.Rates, validX: e.valid.Rates,
		fit: decode.Ridge,
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
	name                           string
	outputs                        []string // what they are called; nil: nobody knows
	trainX, validX, trainY, validY *dataset.Array
	fit                            func(ctx context.Context, inputs, outputs *dataset.Array, tell decode.Progress) (*decode.Linear, error)
	quality                        func(l *decode.Linear, inputs, outputs *dataset.Array) (float64, error) // on training trials: chooses a kernel
}

// decoded fits a decoder on training trials and scores it on validation
// trials, from the model's numbers and from smoothed spikes. It returns the
// outputs of the validation trials as they are decoded.
func (e *evaluation) decoded(d decoding) (*dataset.Array, error) {
	t, err := newTarget(d.trainY, d.validY)
	if err != nil {
		return nil, err
	}
	l, err := d.fit(e.ctx, d.trainX, t.train, func(done, total int) { e.Progress(d.name, done, total) })
	if err != nil {
		return nil, err
	}
	score, err := l.Score(d.validX, t.valid)
	if err != nil {
		return nil, err
	}
	if score.Varying == 0 {
		return nil, errNothingVaries
	}
	f := Score{Name: d.name, Unit: "R2", Value: score.Mean, Outputs: d.outputs, PerOutput: t.perOutput(score), Note: t.note(score)}
	e.smoothed(&f, t, &d)
	e.add(f)
	return t.spread(l.Predict(d.validX, t.valid.Bins)), nil
}

// smoothed puts the score of smoothed spikes beside the model's, or why there
// is none.
func (e *evaluation) smoothed(f *Score, t *target, d *decoding) {
	var score metric.Score
	s, err := e.smoothing(f.Name, func(rates *dataset.Array, every int, tell func(int, int)) (float64, error) {
		outputs := oneIn(every, t.train)
		l, err := d.fit(e.ctx, rates, outputs, tell)
		if err != nil {
			return 0, err
		}
		return d.quality(l, rates, outputs)
	})
	if s == nil && err == nil {
		return
	}
	if err == nil {
		score, err = s.score(e, t, d)
	}
	if err != nil {
		f.Note = joined(f.Note, "smoothing has no score: "+err.Error())
		return
	}
	f.Smoothing, f.SmoothingPerOutput, f.Note = &score.Mean, t.perOutput(score), joined(s.note(), f.Note)
}

// score fits and scores the baseline as the model is.
func (s *smoothing) score(e *evaluation, t *target, d *decoding) (metric.Score, error) {
	l, err := d.fit(e.ctx, s.train, t.train, nil)
	if err != nil {
		return metric.Score{}, err
	}
	return l.Score(s.valid, t.valid)
}
