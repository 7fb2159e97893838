package evaluate

import (
	"fmt"
	"time"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
)

// smoothing is the baseline: spikes smoothed with the kernel that does best on
// training trials at what it is compared on.
type smoothing struct {
	sd           time.Duration
	train, valid *dataset.Array
}

func (s *smoothing) note() string {
	return fmt.Sprintf("smoothing: Gaussian, sd %d ms, chosen on training trials", s.sd.Milliseconds())
}

// kernelsTried are the standard deviations of the sweep, wide enough for slow
// and for fast dynamics.
var kernelsTried = []time.Duration{
	20 * time.Millisecond, 30 * time.Millisecond, 40 * time.Millisecond, 50 * time.Millisecond, 60 * time.Millisecond,
	80 * time.Millisecond, 100 * time.Millisecond, 150 * time.Millisecond,
}

// smoothing returns the baseline, its kernel chosen by a score of training
// rates; nil if the bin width is not known. It is an error if no kernel has a
// score.
func (e *evaluation) smoothing(step string, score func(train *dataset.Array) (float64, error)) (*smoothing, error) {
	if e.d.BinWidth == 0 {
		return nil, nil
	}
	done := 0
	kernels, best, err := baseline.Sweep(e.d.Train.Recon, e.d.BinWidth, kernelsTried, func(rates *dataset.Array) (float64, error) {
		if err := e.ctx.Err(); err != nil {
			return 0, err
		}
		e.Progress("smoothing: "+step, done, len(kernelsTried))
		done++
		return score(rates)
	})
	if err != nil {
		return nil, err
	}
	e.Progress("smoothing: "+step, done, len(kernelsTried))
	sd := kernels[best].SD
	return &smoothing{sd, baseline.Smooth(e.d.Train.Recon, sd, e.d.BinWidth), baseline.Smooth(e.d.Valid.Recon, sd, e.d.BinWidth)}, nil
}
