package baseline

import (
	"context"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// Smoothing is spikes smoothed with a Gaussian along time ([Smooth]).
//
// Held-in neurons have their own smoothed counts in the bins that are read. In forward
// bins, too: there the mean of training trials stands in the place of the counts, bin
// for bin, so that what was read counts less and less and the mean is left beyond its
// reach. Held-out neurons have their mean.
type Smoothing struct {
	SDs []time.Duration // kernels to choose of; nil: [AllSDs]
}

// Fit chooses the kernel that best predicts each bin of training trials from their
// other bins ([SmoothOthers]), in bits per spike.
func (m Smoothing) Fit(ctx context.Context, d *dataset.Dataset, tell Progress) (Fitted, error) {
	s, err := sessionOf(d)
	if err != nil {
		return nil, err
	}
	sds, err := sdsOr(m.SDs)
	if err != nil {
		return nil, err
	}
	f := &fittedSmoothing{session: s, means: d.Train.Recon.Means(), tried: sds}
	f.after = afterReading(d.Train.Recon, s, f.means)
	best, err := f.choose(ctx, d.Train.Encod, tell)
	f.sd = sds[best]
	return f, err
}

// fittedSmoothing is what Smoothing learns.
type fittedSmoothing struct {
	session
	sd    time.Duration
	tried []time.Duration
	means []float32 // of each neuron
	after []float32 // counts of held-in neurons in forward bins, [forward bins, held-in neurons]: means of training trials
}

// choose returns the place of the best kernel of those tried.
func (f *fittedSmoothing) choose(ctx context.Context, spikes *dataset.Array, tell Progress) (best int, err error) {
	if len(f.tried) == 1 {
		return 0, nil
	}
	done := 0
	best, _, err = choose(f.tried, func(sd time.Duration) (float64, error) {
		tell.tell("choosing a kernel", done, len(f.tried))
		done++
		rates, err := SmoothOthers(ctx, spikes, f.means, sd, f.width)
		if err != nil {
			return 0, err
		}
		Fill(rates, f.means)
		return metric.BitsPerSpike(rates, spikes).PerSpike, nil
	})
	return best, err
}

// Settings says which kernel was chosen.
func (f *fittedSmoothing) Settings() string {
	text := sdText(f.sd, f.tried)
	if len(f.tried) > 1 {
		text += ": best bits per spike of each bin of training trials predicted from their other bins"
	}
	return text
}

// Estimate smooths the spikes read.
func (f *fittedSmoothing) Estimate(ctx context.Context, s *dataset.Split) (Estimate, error) {
	if err := f.check(s); err != nil {
		return Estimate{}, err
	}
	rates := f.newRates(s.Trials())
	if err := f.smooth(ctx, rates, s.Encod, 0); err != nil {
		return Estimate{}, err
	}
	if f.bins > f.read {
		if err := f.smooth(ctx, rates, f.extended(s.Encod), f.read); err != nil {
			return Estimate{}, err
		}
	}
	for i := range rates.Data {
		if neuron := i % f.neurons; neuron >= f.heldIn {
			rates.Data[i] = f.means[neuron]
		}
	}
	return Estimate{Rates: rates}, nil
}

// smooth writes smoothed spikes to rates, from a bin on.
func (f *fittedSmoothing) smooth(ctx context.Context, rates, spikes *dataset.Array, from int) error {
	smooth, err := Smooth(ctx, spikes, f.sd, f.width)
	if err != nil {
		return err
	}
	Fill(smooth, f.means)
	for trial := range rates.Trials {
		for bin := from; bin < spikes.Bins; bin++ {
			copy(rates.Bin(trial, bin), smooth.Bin(trial, bin))
		}
	}
	return nil
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
