package evaluate

import (
	"context"
	"fmt"
	"time"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
)

// sweepBins is how many training bins choose a kernel: with more, eight fits
// would take long after the model's own.
const sweepBins = 20000

// subset returns every n-th trial of training, so that n is least with no more
// than sweepBins bins.
func subset(train *dataset.Array) (every int) {
	most := max(1, sweepBins/train.Bins)
	return (train.Trials + most - 1) / most
}

// oneInText says how many trials of training chose, if it was not all.
func oneInText(every int) string {
	if every == 1 {
		return ""
	}
	return fmt.Sprintf(" (one in %d)", every)
}

// choice scores the smoothed rates of some training trials, one in so many, with
// a progress of its own: by it a kernel is chosen.
type choice func(rates *dataset.Array, every int, tell func(done, total int)) (float64, error)

// smooth returns spikes smoothed with the kernel that does best on training trials
// at what it is compared on; nil if the bin width is not known. It is an error if no
// kernel has a score.
func (e *evaluation) smooth(step string, score choice) (*smoothed, error) {
	if e.d.BinWidth == 0 {
		return nil, nil
	}
	every, means := subset(e.d.Train.Recon), e.d.Train.Recon.Means()
	const each = 1000
	sds := baseline.SDsFor(e.d.BinWidth)
	total, tried := (len(sds)+1)*each, 0
	tell := func(done, _ int) { e.Progress("smoothing: "+step, tried*each+done, total) }
	kernels, best, err := baseline.Sweep(e.ctx, e.d.Train.Recon.OneIn(every), e.d.BinWidth, sds, func(rates *dataset.Array) (float64, error) {
		tell(0, each)
		baseline.Fill(rates, means)
		v, err := score(rates, every, tell)
		tried++
		return v, err
	})
	if err != nil {
		return nil, err
	}
	tell(0, each)
	s, err := smoothAll(e.ctx, e.d, kernels[best].SD, every)
	if err == nil {
		s.kernel = best
	}
	return s, err
}

// smoothAll smooths the spikes of all trials with a kernel that was chosen on one in
// so many of training.
func smoothAll(ctx context.Context, d *dataset.Dataset, sd time.Duration, every int) (*smoothed, error) {
	train, err := baseline.Smooth(ctx, d.Train.Recon, sd, d.BinWidth)
	if err != nil {
		return nil, err
	}
	valid, err := baseline.Smooth(ctx, d.Valid.Recon, sd, d.BinWidth)
	if err != nil {
		return nil, err
	}
	means := d.Train.Recon.Means()
	baseline.Fill(train, means)
	s := &smoothed{note: fmt.Sprintf("Gaussian, sd %d ms, chosen on training trials%s", sd.Milliseconds(), oneInText(every))}
	if filled := baseline.Fill(valid, means); filled > 0 {
		s.note += fmt.Sprintf(", and the neuron's mean in %d of %d values with nothing observed near", filled, len(valid.Data))
	}
	s.Train, s.Valid = smoothedOnly(train), smoothedOnly(valid)
	return s, nil
}

// smoothedOnly are smoothed spikes as a candidate: they are their own factors.
func smoothedOnly(rates *dataset.Array) Inferred { return Inferred{Rates: rates, Factors: rates} }

// smoothAndRegress predicts what is not read by the baseline that reads what the
// model does. It is fitted once.
func (e *evaluation) smoothAndRegress() (*smoothed, error) {
	if e.regressed != nil || e.d.BinWidth == 0 {
		return e.regressed, nil
	}
	fitted, err := baseline.Smoothing{}.Fit(e.ctx, e.d, func(step string, done, total int) { e.Progress("smoothing: "+step, done, total) })
	if err != nil {
		return nil, err
	}
	valid, err := fitted.Estimate(e.ctx, e.d.Valid)
	if err != nil {
		return nil, err
	}
	e.regressed = &smoothed{Candidate: Candidate{Valid: Inferred{Rates: valid.Rates}}, note: joined(fitted.Settings(), valid.Note)}
	return e.regressed, nil
}
