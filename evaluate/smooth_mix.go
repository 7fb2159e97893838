package evaluate

import (
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
)

// sharesTried are the shares of the mean to choose of.
var sharesTried = []float64{.1, .3, .5, .7, .9}

// smoothAndMix is smooth of rates in which each neuron's mean has a share, chosen with
// the kernel. Of a neuron that never fired in training it is half a spike.
func (e *evaluation) smoothAndMix(step string, score choice) (*smoothed, error) {
	means, of := positive(e.d.Train.Recon), some(e.d.Train.Recon)
	mixed := dataset.NewArray(of.Trials, of.Bins, of.Features)
	var shares []float64 // the best with each kernel
	s, err := e.smooth(step, func(rates *dataset.Array, every int, tell func(done, total int)) (float64, error) {
		share, best, err := bestShare(mixed, rates, means, func() (float64, error) { return score(mixed, every, tell) })
		shares = append(shares, share)
		return best, err
	})
	if err != nil || s == nil {
		return nil, err
	}
	share := shares[s.kernel]
	mix(s.Valid.Rates, s.Valid.Rates, means, share)
	s.Train = Inferred{}
	s.note = fmt.Sprintf("mixed with %g of the neuron's mean; %s", share, s.note)
	return s, nil
}

// bestShare returns the share of means with which rates, mixed, score best; NaN for a
// score if there is none.
func bestShare(mixed, rates *dataset.Array, means []float32, score func() (float64, error)) (share, best float64, err error) {
	best = math.NaN()
	for _, tried := range sharesTried {
		mix(mixed, rates, means, tried)
		v, err := score()
		if err != nil {
			return 0, 0, err
		}
		if v > best || best != best {
			share, best = tried, v
		}
	}
	return share, best, nil
}

// positive returns the mean of each neuron, no less than half a count in all of its bins.
func positive(counts *dataset.Array) []float32 {
	means, observed := counts.Means(), counts.Observed()
	for i, n := range observed {
		means[i] = max(means[i], .5/float32(max(1, n)))
	}
	return means
}

// mix writes rates mixed with a share of each neuron's mean, which stands where there
// is no rate.
func mix(dst, rates *dataset.Array, means []float32, share float64) {
	for i, r := range rates.Data {
		mean := means[i%rates.Features]
		if r != r {
			r = mean
		}
		dst.Data[i] = float32((1-share)*float64(r) + share*float64(mean))
	}
}
