package baseline

import (
	"context"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
)

// leastShare is what a rectified rate is at least, as a share of its neuron's mean. The
// benchmark's baseline takes 1e-10 counts per bin, with which each spike where the
// regression is negative costs it dozens of bits.
const leastShare = .1

// fitRates fits the regressions from latents to counts.
func (f *fittedGPFA) fitRates(ctx context.Context, train *dataset.Split, tell Progress) error {
	factors, err := f.factors(ctx, train.Encod)
	if err != nil {
		return err
	}
	tell.tell("fitting held-in neurons", 0, 1)
	if f.readout, err = decode.Ridge(ctx, factors, train.Encod.Columns(f.observed), nil); err != nil {
		return err
	}
	if f.neurons == f.heldIn {
		return nil
	}
	return f.fitHeldOut(ctx, f.rectified(factors).FirstBins(f.read), f.heldOutCounts(train.Recon), tell)
}

// fitHeldOut chooses the penalty, and fits held-out neurons to the rates of the others.
func (f *fittedGPFA) fitHeldOut(ctx context.Context, rates, counts *dataset.Array, tell Progress) error {
	penalties := f.Penalties
	if len(penalties) == 0 {
		penalties = GPFAPenalties
	}
	f.penalty = penalties[len(penalties)/2]
	if len(penalties) > 1 && rates.Trials > 1 && anySpikes(counts) {
		best, err := bestPenalty(ctx, rates, counts, penalties, tell)
		if err != nil {
			return err
		}
		f.penalty = penalties[best]
	}
	tell.tell("fitting held-out neurons", 0, 1)
	regression, err := regress(ctx, rates, counts, f.penalty)
	f.heldOut = regression
	return err
}

// bestPenalty returns the place of the penalty that predicts trials left out best: of
// one in so many trials, if there are many bins. Beside fewer data a penalty that is so
// many times larger weighs as much.
func bestPenalty(ctx context.Context, rates, counts *dataset.Array, penalties []float64, tell Progress) (int, error) {
	every := (rates.Trials*rates.Bins + chooseBins - 1) / chooseBins
	every = min(every, (rates.Trials+1)/2) // two trials at least
	scaled := make([]float64, len(penalties))
	for i, p := range penalties {
		scaled[i] = p * float64(every)
	}
	bits, err := decode.CrossValidatePoisson(ctx, rates.OneIn(every), counts.OneIn(every), scaled, foldsOf, func(done, total int) {
		tell.tell("choosing a penalty", done, total)
	})
	if err != nil {
		return 0, err
	}
	return decode.Best(bits), nil
}

// rectified returns the rates of the held-in neurons that were observed.
func (f *fittedGPFA) rectified(factors *dataset.Array) *dataset.Array {
	rates := f.readout.Predict(factors, factors.Bins)
	for i, r := range rates.Data {
		rates.Data[i] = max(r, leastShare*f.means[f.observed[i%rates.Features]])
	}
	return rates
}

// rates returns those of all neurons; the mean of a neuron that was never observed.
func (f *fittedGPFA) rates(factors *dataset.Array) *dataset.Array {
	out := f.newRates(factors.Trials)
	heldIn := f.rectified(factors)
	var heldOut *dataset.Array
	if f.heldOut != nil {
		heldOut = f.heldOut.rates(heldIn)
	}
	for trial := range out.Trials {
		for bin := range out.Bins {
			row := out.Bin(trial, bin)
			copy(row, f.means)
			for i, n := range f.observed {
				row[n] = heldIn.Bin(trial, bin)[i]
			}
			if heldOut != nil {
				copy(row[f.heldIn:], heldOut.Bin(trial, bin))
			}
		}
	}
	Fill(out, f.means)
	return out
}
