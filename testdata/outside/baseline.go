package outside

import (
	"context"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
)

func init() { baseline.Register("flat", flat{}) }

// flat gives a neuron one rate in all bins of a trial: the mean of its counts there, and
// that of training trials as so many bins more.
type flat struct{ Bins float64 } // 0: 50

func (f flat) Fit(ctx context.Context, d *dataset.Dataset, _ baseline.Progress) (baseline.Fitted, error) {
	if err := baseline.Check(d); err != nil {
		return nil, err
	}
	if f.Bins == 0 {
		f.Bins = 50
	}
	return &level{f.Bins, d.Train.Recon.Bins, d.Train.Recon.Means()}, ctx.Err()
}

// level is what flat learns.
type level struct {
	weight float64
	bins   int
	means  []float32 // of each neuron in training trials, counts per bin
}

func (l *level) Settings() string { return "the mean of a trial" }

func (l *level) Estimate(ctx context.Context, s *dataset.Split) (baseline.Estimate, error) {
	rates := dataset.NewArray(s.Trials(), l.bins, len(l.means))
	for trial := range rates.Trials {
		level := l.of(s.Encod, trial)
		for bin := range rates.Bins {
			copy(rates.Bin(trial, bin), level)
		}
	}
	return baseline.Estimate{Rates: rates}, ctx.Err()
}

// of returns the rates of a trial; held-out neurons, which are not read, have their mean.
func (l *level) of(read *dataset.Array, trial int) []float32 {
	sum, n := make([]float64, len(l.means)), make([]float64, len(l.means))
	for bin := range read.Bins {
		for i, count := range read.Bin(trial, bin) {
			if !dataset.IsMissing(count) {
				sum[i], n[i] = sum[i]+float64(count), n[i]+1
			}
		}
	}
	level := make([]float32, len(l.means))
	for i, mean := range l.means {
		level[i] = float32((sum[i] + float64(l.weight*float64(mean))) / (n[i] + l.weight))
	}
	return level
}
