package evaluate

import (
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/metric"
)

// latents scores true latent states from factors by linear regression.
func (e *evaluation) latents() error {
	if e.d.Train.Latents == nil || e.d.Valid.Latents == nil || e.train.Factors == nil || e.valid.Factors == nil {
		return nil
	}
	_, err := e.decoded("true states from factors", e.d.Train.Latents, e.d.Valid.Latents, e.train.Factors, e.valid.Factors, decode.LeastSquares)
	return err
}

// behavior scores behaviour from rates by ridge regression.
func (e *evaluation) behavior() (err error) {
	if e.d.Train.Behavior == nil || e.d.Valid.Behavior == nil {
		return nil
	}
	e.report.Decoded, err = e.decoded("behaviour from rates", e.d.Train.Behavior, e.d.Valid.Behavior, e.train.Rates, e.valid.Rates, decode.Ridge)
	return err
}

type fit func(inputs, outputs *dataset.Array) (*decode.Linear, error)

// decoded fits a decoder on training trials and scores it on validation
// trials, from the model's numbers and from smoothed spikes. Behaviour may be
// of the first bins alone, those that are read. It returns the outputs of the
// validation trials as they are decoded.
func (e *evaluation) decoded(name string, trainY, validY, trainX, validX *dataset.Array, fit fit) (*dataset.Array, error) {
	e.Progress(name, 0, 1)
	t, err := newTarget(trainY, validY)
	if err != nil {
		return nil, err
	}
	l, err := fit(trainX.FirstBins(t.train.Bins), t.train)
	if err != nil {
		return nil, err
	}
	score, err := l.Score(validX.FirstBins(t.valid.Bins), t.valid)
	if err != nil {
		return nil, err
	}
	if score.Varying == 0 {
		return nil, errNothingVaries
	}
	e.Progress(name, 1, 1)
	f := Figure{Name: name, Unit: "R2", Value: score.Mean, PerOutput: t.perOutput(score), Note: t.note(score)}
	e.smoothed(&f, t, fit)
	e.add(f)
	return t.spread(l.Predict(validX.FirstBins(t.valid.Bins))), nil
}

// smoothed puts the score of smoothed spikes beside the model's.
func (e *evaluation) smoothed(f *Figure, t *target, fit fit) {
	s, err := e.smoothing(f.Name, func(rates *dataset.Array) (float64, error) {
		s, err := decoderScore(fit, rates.FirstBins(t.train.Bins), t.train, rates.FirstBins(t.train.Bins), t.train)
		return s.Mean, err
	})
	if s == nil || err != nil {
		return
	}
	score, err := decoderScore(fit, s.train.FirstBins(t.train.Bins), t.train, s.valid.FirstBins(t.valid.Bins), t.valid)
	if err == nil {
		f.Smoothing, f.Note = &score.Mean, joined(s.note(), f.Note)
	}
}

func decoderScore(fit fit, trainX, trainY, validX, validY *dataset.Array) (metric.Score, error) {
	l, err := fit(trainX, trainY)
	if err != nil {
		return metric.Score{}, err
	}
	return l.Score(validX, validY)
}
