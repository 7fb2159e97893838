package baseline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// ConditionMean gives every trial the mean of the training trials of its condition, the
// peri-stimulus time histogram, smoothed along time. It is a reference: it knows what
// was asked of the subject and nothing of the trial's own spikes, so that whoever does
// no better has found nothing of single trials.
//
// The mean of all training trials counts as one trial more of each condition, and the
// neuron's mean as one more of all: a neuron that fired at all has no rate of 0.
type ConditionMean struct {
	SDs []time.Duration // kernels to choose of; nil: [SDsFor] the bins
}

// foldsOf is in how many parts training trials are divided to choose a setting.
const foldsOf = 5

// Fit averages the training trials of each condition, and chooses the kernel that
// predicts best, in bits per spike, what trials of one fifth of each condition do from
// the others.
func (m ConditionMean) Fit(ctx context.Context, d *dataset.Dataset, tell Progress) (Fitted, error) {
	f, err := m.prepare(ctx, d, tell)
	if err != nil {
		return nil, err
	}
	f.psths = newPSTHs(d.Train.Recon, d.Train.Condition, func(int) bool { return true })
	return f, f.psths.smooth(ctx, f.sd, f.width)
}

// SD returns the kernel that Fit chooses: how much to smooth this recording's PSTHs.
func (m ConditionMean) SD(ctx context.Context, d *dataset.Dataset, tell Progress) (time.Duration, error) {
	f, err := m.prepare(ctx, d, tell)
	if err != nil {
		return 0, err
	}
	return f.sd, nil
}

// prepare returns what Fit learns, but for the means.
func (m ConditionMean) prepare(ctx context.Context, d *dataset.Dataset, tell Progress) (*conditionMeans, error) {
	s, err := sessionOf(d)
	if err != nil {
		return nil, err
	}
	if d.Train.Condition == nil {
		return nil, errors.New("the data do not say which condition each training trial is of (train_condition): there is no PSTH without conditions; autolfads prepare takes them from a column of trials (--condition)")
	}
	sds, err := sdsOr(m.SDs, d.BinWidth)
	if err != nil {
		return nil, err
	}
	f := &conditionMeans{session: s, tried: sds, sd: sds[0]}
	if len(sds) > 1 {
		if f.sd, err = f.choose(ctx, d.Train, tell); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// conditionMeans is what ConditionMean learns.
type conditionMeans struct {
	session
	sd    time.Duration
	tried []time.Duration
	psths *psths
}

// choose returns the best kernel. A trial is estimated from the training trials that
// are not of its fold.
func (f *conditionMeans) choose(ctx context.Context, train *dataset.Split, tell Progress) (time.Duration, error) {
	fold, done := metric.PartsOf(train.Condition, foldsOf), 0
	rates := f.newRates(train.Trials())
	best, _, err := choose(f.tried, func(sd time.Duration) (float64, error) {
		for i := range foldsOf {
			tell.tell("choosing a kernel", done, len(f.tried)*foldsOf)
			done++
			p := newPSTHs(train.Recon, train.Condition, func(trial int) bool { return fold[trial] != i })
			if err := p.smooth(ctx, sd, f.width); err != nil {
				return 0, err
			}
			for trial, condition := range train.Condition {
				if fold[trial] == i {
					copy(rates.Trial(trial), p.of(condition))
				}
			}
		}
		return metric.BitsPerSpike(rates, train.Recon).PerSpike, nil
	})
	if err != nil {
		return 0, err
	}
	return f.tried[best], nil
}

// Settings says of what the means are, and which kernel was chosen.
func (f *conditionMeans) Settings() string {
	text := fmt.Sprintf("mean of the training trials of each of %d conditions, with that of all as one trial more; %s", len(f.psths.row), sdText(f.sd, f.tried))
	if len(f.tried) > 1 {
		text += fmt.Sprintf(": best bits per spike of training trials predicted from the others of their condition (%d folds)", foldsOf)
	}
	return text
}

// Estimate gives each trial the mean of its condition; one of a condition without
// training trials that of all.
func (f *conditionMeans) Estimate(ctx context.Context, s *dataset.Split) (Estimate, error) {
	if err := errors.Join(ctx.Err(), f.check(s)); err != nil {
		return Estimate{}, err
	}
	rates, without := f.newRates(s.Trials()), 0
	for trial := range rates.Trials {
		psth := f.psths.all()
		if s.Condition != nil && f.psths.has(s.Condition[trial]) {
			psth = f.psths.of(s.Condition[trial])
		} else {
			without++
		}
		copy(rates.Trial(trial), psth)
	}
	e := Estimate{Rates: rates}
	if without > 0 {
		e.Note = fmt.Sprintf("%d of %d trials are of a condition, or of one not told, that no training trial is of: they have the mean of all training trials", without, rates.Trials)
	}
	return e, nil
}
