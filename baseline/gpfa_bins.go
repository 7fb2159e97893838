package baseline

import (
	"context"
	"math"
	"time"

	"github.com/autolfads/autolfads/baseline/gpfa"
	"github.com/autolfads/autolfads/dataset"
)

// coarse is bins of about 20 ms, of as many of the recording's as come nearest to it.
// They end where reading does, for what comes after is predicted from there: bins that
// fill no coarse one are left out at the beginning.
type coarse struct {
	each int // bins in one
	skip int // bins before the first
	bins int
}

// coarseWidth is what Yu et al. 2009 take.
const coarseWidth = 20 * time.Millisecond

func newCoarse(s session) coarse {
	each := max(1, int((coarseWidth+s.width/2)/s.width))
	bins := s.read / each
	return coarse{each, s.read - bins*each, bins}
}

// ms is how long a coarse bin is.
func (c coarse) ms(s session) float64 { return float64(c.each) * float64(s.width) / 1e6 }

// moments are the middles of the recording's bins, in coarse bins from the middle of
// the first.
func (c coarse) moments(bins int) []float64 {
	m := make([]float64, bins)
	for bin := range m {
		m[bin] = (float64(bin-c.skip)+.5)/float64(c.each) - .5
	}
	return m
}

// roots returns square roots of counts in coarse bins, of the neurons that were
// observed in training; NaN where any of a bin's counts is.
func (f *fittedGPFA) roots(spikes *dataset.Array) *gpfa.Trials {
	d := &gpfa.Trials{Neurons: len(f.observed)}
	for trial := range spikes.Trials {
		roots := make([]float64, 0, f.grid.bins*len(f.observed))
		for bin := range f.grid.bins {
			for _, n := range f.observed {
				var sum float64
				for i := range f.grid.each {
					sum += float64(spikes.Bin(trial, f.grid.skip+bin*f.grid.each+i)[n])
				}
				roots = append(roots, math.Sqrt(sum))
			}
		}
		d.Roots = append(d.Roots, roots)
	}
	return d
}

// factors returns the orthonormalised latents of each bin, also of forward ones.
func (f *fittedGPFA) factors(ctx context.Context, spikes *dataset.Array) (*dataset.Array, error) {
	l, err := f.model.Infer(ctx, f.roots(spikes))
	if err != nil {
		return nil, err
	}
	latents := len(f.model.Timescales)
	out := dataset.NewArray(spikes.Trials, f.bins, latents)
	at := f.model.Interpolate(l.Means, f.grid.moments(f.bins))
	for trial, x := range at {
		for bin := range f.bins {
			for i, row := 0, out.Bin(trial, bin); i < latents; i++ {
				var sum float64
				for j, v := range x[bin*latents : (bin+1)*latents] {
					sum += float64(f.turn.At(i, j) * v)
				}
				row[i] = float32(sum)
			}
		}
	}
	return out, nil
}
