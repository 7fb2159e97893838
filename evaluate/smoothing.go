package evaluate

import (
	"context"
	"fmt"
	"time"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
)

// smoothing is the baseline: spikes smoothed with the kernel that does best on
// training trials at what it is compared on.
type smoothing struct {
	sd           time.Duration
	every        int // the kernel was chosen on every so many-th training trial
	train, valid *dataset.Array
	filled       int // rates of valid with no spike observed within reach: the mean of their neuron
}

func (s *smoothing) note() string {
	note := fmt.Sprintf("smoothing: Gaussian, sd %d ms, chosen on training trials", s.sd.Milliseconds())
	if s.every > 1 {
		note += fmt.Sprintf(" (one in %d)", s.every)
	}
	if s.filled > 0 {
		note += fmt.Sprintf(", and the neuron's mean in %d of %d values with nothing observed near", s.filled, len(s.valid.Data))
	}
	return note
}

// kernelsTried are the standard deviations of the sweep, wide enough for slow
// and for fast dynamics.
var kernelsTried = []time.Duration{
	20 * time.Millisecond, 30 * time.Millisecond, 40 * time.Millisecond, 50 * time.Millisecond, 60 * time.Millisecond,
	80 * time.Millisecond, 100 * time.Millisecond, 150 * time.Millisecond,
}

// sweepBins is how many training bins choose a kernel: with more, eight fits
// would take long after the model's own.
const sweepBins = 20000

// subset returns every n-th trial of training, so that n is least with no more
// than sweepBins bins.
func subset(train *dataset.Array) (every int) {
	most := max(1, sweepBins/train.Bins)
	return (train.Trials + most - 1) / most
}

// oneIn returns every n-th trial of a; a itself if that is all.
func oneIn(every int, a *dataset.Array) *dataset.Array {
	if every == 1 {
		return a
	}
	some := dataset.NewArray((a.Trials+every-1)/every, a.Bins, a.Features)
	for i := range some.Trials {
		copy(some.Trial(i), a.Trial(i*every))
	}
	return some
}

// smoothing returns the baseline, its kernel chosen by a score of some training
// trials' rates; nil if the bin width is not known. score gets those rates, one
// in so many trials, and a progress of its own. It is an error if no kernel has a
// score.
func (e *evaluation) smoothing(step string, score func(rates *dataset.Array, every int, tell func(done, total int)) (float64, error)) (*smoothing, error) {
	if e.d.BinWidth == 0 {
		return nil, nil
	}
	s := &smoothing{every: subset(e.d.Train.Recon)}
	means := e.d.Train.Recon.Means()
	const each = 1000
	total, tried := (len(kernelsTried)+1)*each, 0
	step = "smoothing: " + step
	tell := func(done, _ int) { e.Progress(step, tried*each+done, total) }
	kernels, best, err := baseline.Sweep(e.ctx, oneIn(s.every, e.d.Train.Recon), e.d.BinWidth, kernelsTried, func(rates *dataset.Array) (float64, error) {
		tell(0, each)
		baseline.Fill(rates, means)
		v, err := score(rates, s.every, tell)
		tried++
		return v, err
	})
	if err != nil {
		return nil, err
	}
	tell(0, each)
	s.sd = kernels[best].SD
	return s, s.smooth(e.ctx, e.d, means)
}

// smooth smooths the spikes of all trials.
func (s *smoothing) smooth(ctx context.Context, d *dataset.Dataset, means []float32) (err error) {
	if s.train, err = baseline.Smooth(ctx, d.Train.Recon, s.sd, d.BinWidth); err != nil {
		return err
	}
	if s.valid, err = baseline.Smooth(ctx, d.Valid.Recon, s.sd, d.BinWidth); err != nil {
		return err
	}
	baseline.Fill(s.train, means)
	s.filled = baseline.Fill(s.valid, means)
	return nil
}
