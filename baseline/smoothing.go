package baseline

import (
	"context"
	"fmt"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// Smoothing is spikes smoothed with a Gaussian along time ([Smooth]).
//
// In the bins that are read, held-in neurons have their own smoothed counts, and
// held-out neurons are predicted, bin for bin, by Poisson regression on the logarithms
// of the others' rates: log(rate + 1e-4). Forward bins are smoothed with the mean of
// training trials in the place of counts, bin for bin, so that what was read counts
// less and less and the mean is left beyond its reach.
type Smoothing struct {
	SDs       []time.Duration // kernels to choose of; nil: [SDsFor] the bins
	Penalties []float64       // of the regression, to choose of ([decode.PoissonRegression]); nil: [DefaultPenalties]
}

// DefaultPenalties are those that a regression chooses of.
var DefaultPenalties = []float64{.001, .003, .01, .03, .1, .3, 1, 3}

// Fit chooses the kernel and the penalty by bits per spike of held-out neurons in five
// contiguous folds of training trials: of one in so many trials, if there are over
// 20,000 bins. From the middle of the two lists, which are to be in order, it goes to
// a better neighbour until none is. Without held-out neurons the kernel is the one that
// best predicts each bin from the others of its trial ([SmoothOthers]).
func (m Smoothing) Fit(ctx context.Context, d *dataset.Dataset, tell Progress) (Fitted, error) {
	s, err := sessionOf(d)
	if err != nil {
		return nil, err
	}
	sds, err := sdsOr(m.SDs, d.BinWidth)
	if err != nil {
		return nil, err
	}
	f := &fittedSmoothing{session: s, means: d.Train.Recon.Means(), sds: sds, penalties: m.Penalties}
	if len(f.penalties) == 0 {
		f.penalties = DefaultPenalties
	}
	if err := checkPenalties(f.penalties); err != nil {
		return nil, err
	}
	f.after = afterReading(d.Train.Recon, s, f.means)
	if err := f.choose(ctx, d.Train, tell); err != nil {
		return nil, err
	}
	return f, f.regress(ctx, d.Train, tell)
}

// fittedSmoothing is what Smoothing learns.
type fittedSmoothing struct {
	session
	means []float32 // of each neuron
	after []float32 // means of training trials in forward bins, [forward bins, neurons]

	sd      time.Duration
	sds     []time.Duration // to choose of
	by      string          // what settings were chosen by; "": they were given
	heldOut *regression     // nil: there are no held-out neurons
	penalty float64         // of it

	penalties []float64 // to choose of
	compared  bool      // there was a choice
}

// Settings says which kernel and penalty were chosen.
func (f *fittedSmoothing) Settings() string {
	text := sdText(f.sd, f.sds)
	if f.heldOut != nil {
		text += fmt.Sprintf("; held-out neurons by Poisson regression on log(rate + %g), penalty %g", logFloor, f.penalty)
	}
	if f.compared {
		text += fmt.Sprintf(", chosen of %s", listed(f.penalties, func(p float64) string { return fmt.Sprint(p) }))
	}
	if f.by != "" {
		text += "; best " + f.by
	}
	return text
}

// Estimate smooths the spikes read, predicts held-out neurons from them, and goes on
// into forward bins.
func (f *fittedSmoothing) Estimate(ctx context.Context, s *dataset.Split) (Estimate, error) {
	if err := f.check(s); err != nil {
		return Estimate{}, err
	}
	heldIn, err := f.smooth(ctx, s.Encod, f.sd)
	if err != nil {
		return Estimate{}, err
	}
	rates := f.newRates(s.Trials())
	put(rates, heldIn, 0)
	var heldOut *dataset.Array
	if f.heldOut != nil {
		heldOut = f.heldOut.rates(logarithms(heldIn))
		Fill(heldOut, f.means[f.heldIn:])
		put(rates, heldOut, f.heldIn)
	}
	if f.bins == f.read {
		return Estimate{Rates: rates}, ctx.Err()
	}
	return Estimate{Rates: rates}, f.goOn(ctx, rates, s.Encod, heldOut)
}

// put writes the neurons of a, in its bins, among those of rates, from one on.
func put(rates, a *dataset.Array, from int) {
	for trial := range a.Trials {
		for bin := range a.Bins {
			copy(rates.Bin(trial, bin)[from:], a.Bin(trial, bin))
		}
	}
}

// goOn writes the rates of forward bins: what is known of those before, spikes or
// predicted rates, smoothed with the means of training trials behind them.
func (f *fittedSmoothing) goOn(ctx context.Context, rates, spikes, heldOut *dataset.Array) error {
	known := f.newRates(rates.Trials)
	put(known, spikes, 0)
	if heldOut != nil {
		put(known, heldOut, f.heldIn)
	}
	for trial := range known.Trials {
		copy(known.Trial(trial)[f.read*f.neurons:], f.after)
	}
	smooth, err := f.smooth(ctx, known, f.sd)
	if err != nil {
		return err
	}
	for trial := range rates.Trials {
		copy(rates.Trial(trial)[f.read*f.neurons:], smooth.Trial(trial)[f.read*f.neurons:])
	}
	return nil
}

// smooth smooths spikes of the first neurons, or of all; of what lies beyond the reach of
// anything recorded, the rate is the neuron's mean.
func (f *fittedSmoothing) smooth(ctx context.Context, spikes *dataset.Array, sd time.Duration) (*dataset.Array, error) {
	rates, err := Smooth(ctx, spikes, sd, f.width)
	if err == nil {
		Fill(rates, f.means)
	}
	return rates, err
}

// afterReading returns the mean over trials of each neuron in each forward bin; the
// neuron's mean where no trial has one.
func afterReading(counts *dataset.Array, s session, means []float32) []float32 {
	sum, n := make([]float64, s.bins*s.neurons), make([]float64, s.bins*s.neurons)
	for trial := range counts.Trials {
		for i, v := range counts.Trial(trial) {
			if !dataset.IsMissing(v) {
				sum[i] += float64(v)
				n[i]++
			}
		}
	}
	var after []float32
	for i := s.read * s.neurons; i < len(sum); i++ {
		mean := means[i%s.neurons]
		if n[i] > 0 {
			mean = float32(sum[i] / n[i])
		}
		after = append(after, mean)
	}
	return after
}
