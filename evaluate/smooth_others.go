package evaluate

import (
	"fmt"
	"math"
	"time"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// smoothOthers predicts each bin from the other bins of its neuron, with the kernel
// that does it best in training trials: a smoothed count holds a part of what it is
// scored against, and the narrower the kernel, the more.
func (e *evaluation) smoothOthers() (*smoothed, error) {
	if e.d.BinWidth == 0 {
		return nil, nil
	}
	train, means := e.d.Train.Recon, e.d.Train.Recon.Means()
	best, err := e.chooseMixture(train, means)
	if err != nil {
		return nil, err
	}
	rates, err := baseline.SmoothOthers(e.ctx, e.d.Valid.Recon, means, best.sd, e.d.BinWidth)
	if err != nil {
		return nil, err
	}
	mix(rates, rates, means, best.share)
	return &smoothed{
		Candidate: Candidate{Valid: Inferred{Rates: rates}},
		note: fmt.Sprintf("each bin from the other bins of its neuron; Gaussian, sd %d ms, mixed with %g of the neuron's mean, chosen on training trials%s",
			best.sd.Milliseconds(), best.share, oneInText(subset(train))),
	}, nil
}

// mixture is smoothed spikes and a share of the neuron's mean: without the mean a
// neuron that did not fire near would have a rate near 0, at which any spike costs
// more than smoothing gains.
type mixture struct {
	sd    time.Duration
	share float64 // of the mean
}

// chooseMixture returns the mixture that predicts training trials best.
func (e *evaluation) chooseMixture(train *dataset.Array, means []float32) (best mixture, err error) {
	some := train.OneIn(subset(train))
	mixed := dataset.NewArray(some.Trials, some.Bins, some.Features)
	most := math.Inf(-1)
	sds := baseline.SDsFor(e.d.BinWidth)
	for i, sd := range sds {
		e.Progress("smoothing: "+NameBits, i, len(sds))
		rates, err := baseline.SmoothOthers(e.ctx, some, means, sd, e.d.BinWidth)
		if err != nil {
			return best, err
		}
		for _, share := range sharesTried {
			mix(mixed, rates, means, share)
			if bits := metric.BitsPerSpike(mixed, some).PerSpike; bits > most {
				best, most = mixture{sd, share}, bits
			}
		}
	}
	return best, nil
}
