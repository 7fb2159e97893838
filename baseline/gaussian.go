package baseline

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/parallel"
	"github.com/autolfads/autolfads/maths"
)

// reach is how many standard deviations of the kernel are used: what lies
// beyond is 3e-4 of a bin's weight and less.
const reach = 4

// Smooth returns spikes smoothed along time within each trial, in counts per
// bin: [trials, bins, neurons] as spikes. NaN bins count as missing; a bin with
// nothing recorded within reach is NaN. The only error is ctx's end. It panics
// unless sd and binWidth are positive.
func Smooth(ctx context.Context, spikes *dataset.Array, sd, binWidth time.Duration) (*dataset.Array, error) {
	return smooth(ctx, spikes, nil, sd, binWidth)
}

// SmoothOthers is Smooth without a bin's own count, in whose place the neuron's mean
// stands: what the other bins of a trial say of each. Scored against the spikes that
// were smoothed, these rates gain nothing by copying, as those of Smooth do. They are
// never 0 where means, [neurons], are not.
func SmoothOthers(ctx context.Context, spikes *dataset.Array, means []float32, sd, binWidth time.Duration) (*dataset.Array, error) {
	return smooth(ctx, spikes, means, sd, binWidth)
}

// smooth smooths spikes; own holds what stands in the place of a neuron's count in a
// bin's own rate, nil: the count.
func smooth(ctx context.Context, spikes *dataset.Array, own []float32, sd, binWidth time.Duration) (*dataset.Array, error) {
	if sd <= 0 || binWidth <= 0 {
		panic(fmt.Sprintf("baseline: smoothing with sd %v over bins of %v", sd, binWidth))
	}
	k := kernel(float64(sd)/float64(binWidth), spikes.Bins)
	rates := dataset.NewArray(spikes.Trials, spikes.Bins, spikes.Features)
	all := make([]float64, spikes.Bins) // weights where every bin is recorded
	for bin := range all {
		spread(all, bin, 1, k)
	}
	smoothers := make([]*smoother, min(runtime.GOMAXPROCS(0), spikes.Trials))
	err := parallel.Do(ctx, len(smoothers), spikes.Trials, func(worker, trial int) {
		if smoothers[worker] == nil {
			smoothers[worker] = &smoother{k, all, make([]float64, spikes.Bins), make([]float64, spikes.Bins)}
		}
		s := smoothers[worker]
		for neuron := range spikes.Features {
			if neuron%64 == 0 && ctx.Err() != nil {
				return
			}
			counts := spikes.Trial(trial)[neuron:]
			weight := s.sums(counts, spikes.Features)
			if own != nil {
				s.replaceOwn(counts, spikes.Features, float64(own[neuron]))
			}
			s.divide(rates.Trial(trial)[neuron:], spikes.Features, weight)
		}
	})
	return rates, err
}

// smoother smooths one neuron of one trial at a time.
type smoother struct {
	kernel, all []float64
	sum, some   []float64 // of one neuron; some: weights where bins are missing
}

// sums sums every stride-th of counts, and returns the weights of the sums.
func (s *smoother) sums(counts []float32, stride int) (weight []float64) {
	clear(s.sum)
	weight = s.all
	for bin := range s.sum {
		switch v := float64(counts[bin*stride]); {
		case v != v:
			weight = s.some
		case v != 0: // most bins are empty
			spread(s.sum, bin, v, s.kernel)
		}
	}
	if &weight[0] == &s.some[0] {
		s.weigh(counts, stride)
	}
	return weight
}

// replaceOwn puts a mean in the place of the count of each bin's own, whose weight is
// 1. A sum of the count and of numbers that are not negative is not less than it.
func (s *smoother) replaceOwn(counts []float32, stride int, mean float64) {
	for bin := range s.sum {
		if v := float64(counts[bin*stride]); v == v {
			s.sum[bin] += mean - v
		}
	}
}

// divide writes the sums divided by their weights to every stride-th of dst.
func (s *smoother) divide(dst []float32, stride int, weight []float64) {
	for bin, sum := range s.sum {
		dst[bin*stride] = float32(sum / weight[bin])
	}
}

// weigh computes the weights of the recorded bins.
func (s *smoother) weigh(counts []float32, stride int) {
	clear(s.some)
	for bin := range s.some {
		if !dataset.IsMissing(counts[bin*stride]) {
			spread(s.some, bin, 1, s.kernel)
		}
	}
}

// spread adds v times the kernel about a bin.
func spread(sum []float64, bin int, v float64, k []float64) {
	for b := max(0, bin-len(k)+1); b < bin; b++ {
		sum[b] += float64(v * k[bin-b])
	}
	for b := range sum[bin:min(len(sum), bin+len(k))] {
		sum[bin+b] += float64(v * k[b])
	}
}

// kernel returns one half of the Gaussian, its centre first; sd in bins. No
// more than bins values are needed.
func kernel(sd float64, bins int) []float64 {
	k := make([]float64, 1+int(min(reach*sd, float64(bins))))
	for d := range k {
		x := float64(d) / sd
		k[d] = maths.Exp(-x * x / 2)
	}
	return k
}
