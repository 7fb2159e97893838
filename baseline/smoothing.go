package baseline

import (
	"context"
	"fmt"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// Smoothing is spikes smoothed with a Gaussian along time ([Smooth]).
//
// Held-in neurons have their own smoothed counts in the bins that are read. In forward
// bins, too: there the mean of training trials stands in the place of the counts, bin
// for bin, so that what was read counts less and less and the mean is left beyond its
// reach. Held-out neurons are predicted, bin for bin, by Poisson regression on the
// logarithms of the others' rates: log(rate + 1e-4).
type Smoothing struct {
	SDs       []time.Duration // kernels to choose of; nil: [AllSDs]
	Penalties []float64       // of the regression, to choose of ([decode.PoissonRegression]); nil: [DefaultPenalties]
}

// DefaultPenalties are those that a regression chooses of.
var DefaultPenalties = []float64{.01, .03, .1, .3, 1, 3}

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
	sds, err := sdsOr(m.SDs)
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
	after []float32 // counts of held-in neurons in forward bins, [forward bins, held-in neurons]: means of training trials

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

// Estimate smooths the spikes read, and predicts held-out neurons from them.
func (f *fittedSmoothing) Estimate(ctx context.Context, s *dataset.Split) (Estimate, error) {
	if err := f.check(s); err != nil {
		return Estimate{}, err
	}
	heldIn, err := f.heldIns(ctx, s.Encod)
	if err != nil || f.heldOut == nil {
		return Estimate{Rates: heldIn}, err
	}
	rates := f.newRates(s.Trials())
	heldOut := f.heldOut.rates(logarithms(heldIn))
	Fill(heldOut, f.means[f.heldIn:])
	for trial := range rates.Trials {
		for bin := range rates.Bins {
			row := rates.Bin(trial, bin)
			copy(row[copy(row, heldIn.Bin(trial, bin)):], heldOut.Bin(trial, bin))
		}
	}
	return Estimate{Rates: rates}, ctx.Err()
}

// heldIns returns the rates of the neurons read, [trials, bins + forward bins, held-in
// neurons].
func (f *fittedSmoothing) heldIns(ctx context.Context, spikes *dataset.Array) (*dataset.Array, error) {
	rates, err := f.smooth(ctx, spikes, f.sd)
	if err != nil || f.bins == f.read {
		return rates, err
	}
	all, err := f.smooth(ctx, f.extended(spikes), f.sd)
	if err != nil {
		return nil, err
	}
	for trial := range all.Trials {
		copy(all.Trial(trial), rates.Trial(trial))
	}
	return all, nil
}

// smooth smooths the spikes of held-in neurons; of what lies beyond the reach of
// anything recorded, the rate is the neuron's mean.
func (f *fittedSmoothing) smooth(ctx context.Context, spikes *dataset.Array, sd time.Duration) (*dataset.Array, error) {
	rates, err := Smooth(ctx, spikes, sd, f.width)
	if err == nil {
		Fill(rates, f.means)
	}
	return rates, err
}

// extended returns spikes with the means of training trials in forward bins.
func (f *fittedSmoothing) extended(spikes *dataset.Array) *dataset.Array {
	out := dataset.NewArray(spikes.Trials, f.bins, spikes.Features)
	for trial := range spikes.Trials {
		n := copy(out.Trial(trial), spikes.Trial(trial))
		copy(out.Trial(trial)[n:], f.after)
	}
	return out
}

// afterReading returns the mean over trials of each held-in neuron in each forward
// bin; the neuron's mean where no trial has one.
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
	for bin := s.read; bin < s.bins; bin++ {
		for neuron := range s.heldIn {
			mean := means[neuron]
			if i := bin*s.neurons + neuron; n[i] > 0 {
				mean = float32(sum[i] / n[i])
			}
			after = append(after, mean)
		}
	}
	return after
}
