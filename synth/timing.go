package synth

import (
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/rng"
)

// Timing makes the set that o describes. A fifth of each condition's trials, at least one,
// chosen by the seed, are for validation. Both splits hold spikes (Encod and Recon share
// them), Truth in counts per bin, Latents (see the package's comment; [trials, bins, 7]),
// Behavior (columns of trials, the same in all bins: [trials, bins, 5]), DecodeMask (1 from
// set to go), Condition and TrialIDs.
//
// Options that make no sense are an error.
func Timing(o TimingOptions) (*dataset.Dataset, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	s := newTiming(&o)
	if peak := s.peak(); peak > maxCount {
		return nil, fmt.Errorf("synth: rates reach %.0f spikes per bin, more than %d can be drawn: lower the mean rate of %v spikes/s", peak, maxCount, o.MeanRateHz)
	}
	train, valid := splitTrials(o.Seed, len(s.conditions), o.TrialsPerCondition)
	d := &dataset.Dataset{Name: "timing", BinWidth: timingBin, Train: s.split(train), Valid: s.split(valid)}
	d.Outputs = []dataset.Quantity{{Name: "is_short"}, {Name: "is_eye"}, {Name: "ts", Unit: "ms"}, {Name: "tp", Unit: "ms"}, {Name: "set_bin"}}
	for i := range s.conditions {
		d.Conditions = append(d.Conditions, s.conditions[i].words())
	}
	d.Attributes = map[string]any{
		"generator": "timing", "seed": o.Seed, "mean_rate_hz": o.MeanRateHz, "go_bin": int64(timingBins),
		"latents": []string{"wide cosine", "wide sine", "narrow cosine", "narrow sine", "time measured", "prior", "effector"},
	}
	return d, nil
}

// timingColumns is the number of columns of behaviour.
const timingColumns = 5

// timing is the conditions and the neurons.
type timing struct {
	*TimingOptions
	conditions []interval
	weights    [][timingStates]float64 // of each neuron
	scale      []float64               // of each neuron: counts per bin where the weighted sum is 0
}

// newTiming draws neurons: weights of magnitudes uniform in .5..1.5, divided by the root
// of their number, and of random sign.
func newTiming(o *TimingOptions) *timing {
	s := &timing{TimingOptions: o, conditions: intervals(), weights: make([][timingStates]float64, o.Neurons), scale: make([]float64, o.Neurons)}
	key := rng.Derive(o.Seed, rng.Synthesis, timingWeights)
	for n := range s.weights {
		for i := range timingStates {
			w := (.5 + key.Float64(n, i)) / math.Sqrt(timingStates)
			if key.Float64(n, timingStates+i) < .5 {
				w = -w
			}
			s.weights[n][i] = w
		}
		s.scale[n] = o.MeanRateHz * timingBin.Seconds() / s.usualMean(n)
	}
	return s
}

// relative is a neuron's rate relative to that where the weighted sum is 0.
func (s *timing) relative(n int, state *[timingStates]float64) float64 {
	sum := 0.
	for i, w := range s.weights[n] {
		sum += float64(w * state[i])
	}
	return maths.Exp(sum)
}

// usualMean is the mean relative rate of a neuron over a usual trial of each condition.
func (s *timing) usualMean(n int) float64 {
	mean := 0.
	for i := range s.conditions {
		t := usualTrial(&s.conditions[i])
		for bin := range timingBins {
			state := t.state(beforeGo(bin))
			mean += s.relative(n, &state) / float64(timingBins*len(s.conditions))
		}
	}
	return mean
}

// beforeGo is how many ms before go the middle of a bin is.
func beforeGo(bin int) float64 {
	return windowMs - float64((float64(bin)+.5)*float64(timingBin)/1e6)
}

// peak bounds the counts of a bin.
func (s *timing) peak() float64 {
	largest := [timingStates]float64{wideRadius, wideRadius, narrowRadius, narrowRadius, 1000 / unitMs, 1, 1}
	peaks := make([]float64, s.Neurons)
	for n, w := range s.weights {
		sum := 0.
		for i, most := range largest {
			sum += float64(math.Abs(w[i]) * most)
		}
		peaks[n] = s.scale[n] * maths.Exp(sum)
	}
	return slices.Max(peaks)
}

// split makes the trials named by ids.
func (s *timing) split(ids []int64) *dataset.Split {
	array := func(features int) *dataset.Array { return dataset.NewArray(len(ids), timingBins, features) }
	d := &dataset.Split{
		Recon: array(s.Neurons), Truth: array(s.Neurons), Latents: array(timingStates), Behavior: array(timingColumns), DecodeMask: array(1),
		Condition: make([]int64, len(ids)), TrialIDs: ids,
	}
	d.Encod = d.Recon
	for i, id := range ids {
		c, within := id/int64(s.TrialsPerCondition), id%int64(s.TrialsPerCondition)
		d.Condition[i] = c
		t := drawTiming(&s.conditions[c], rng.Derive(s.Seed, rng.Synthesis, timingTrials, uint64(c), uint64(within)))
		s.record(d, i, &t)
		drawSpikes(d.Recon, d.Truth, i, rng.Derive(s.Seed, rng.Synthesis, timingSpikes, uint64(c), uint64(within)))
	}
	return d
}

// record writes what of a trial is without noise.
func (s *timing) record(d *dataset.Split, trial int, t *timingTrial) {
	columns := []float64{(1 + sign(t.short)) / 2, (1 + sign(t.eye)) / 2, t.sample, t.produced, float64(t.set())}
	for bin := range timingBins {
		state := t.state(beforeGo(bin))
		toFloat32(d.Latents.Bin(trial, bin), state[:]...)
		toFloat32(d.Behavior.Bin(trial, bin), columns...)
		if bin >= t.set() {
			d.DecodeMask.Bin(trial, bin)[0] = 1
		}
		for n := range s.Neurons {
			d.Truth.Bin(trial, bin)[n] = float32(s.scale[n] * s.relative(n, &state))
		}
	}
}
