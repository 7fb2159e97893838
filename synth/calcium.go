package synth

import (
	"fmt"
	"slices"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/rng"
)

// Calcium makes the set that o describes. A fifth of each condition's trials, at
// least one, chosen by the seed, are for validation. Both splits hold events
// (Encod and Recon share them), Truth (the expected event), Latents (the
// standardised states of the Lorenz system, frame means, [trials, frames, 3]),
// Condition and TrialIDs.
//
// Options that make no sense are an error.
func Calcium(o CalciumOptions) (*dataset.Dataset, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	c := newCalcium(&o)
	if peak := slices.Max(c.rates.Data); peak > maxSpikes {
		return nil, fmt.Errorf("synth: rates reach %.0f spikes per frame, more than the %d that one frame can tell apart: lower the mean rate of %v spikes/s or raise the frame rate of %v Hz",
			peak, maxSpikes, o.MeanRateHz, o.FrameHz)
	}
	train, valid := splitTrials(o.Seed, o.Conditions, o.TrialsPerCondition)
	d := &dataset.Dataset{Name: "calcium", BinWidth: o.frame(), Train: c.split(train), Valid: c.split(valid)}
	d.OracleLikelihood, d.Oracle = "zero_inflated_gamma", c.oracle(d.Valid)
	d.Attributes = map[string]any{
		"generator": "calcium", "seed": o.Seed, "mean_rate_hz": o.MeanRateHz, "lorenz_step": o.Step,
		"decay_s": o.DecaySeconds, "noise": o.Noise, "s_min": o.Threshold,
	}
	return d, nil
}

type calcium struct {
	*CalciumOptions
	decay   float64 // of fluorescence, from frame to frame
	law     *eventLaw
	rates   *dataset.Array // in spikes per frame, [conditions, frames, neurons]
	truth   *dataset.Array // expected events, as rates
	latents *dataset.Array // [conditions, frames, 3]
}

func newCalcium(o *CalciumOptions) *calcium {
	decay := maths.Exp(-o.frame().Seconds() / o.DecaySeconds)
	c := &calcium{CalciumOptions: o, decay: decay, law: newEventLaw(o.Threshold, residualSD(o.Noise, decay))}
	whole := c.attractor()
	paths := c.paths(whole[0])
	mean, sd := moments(whole)
	for _, some := range [][][]state{whole, paths} {
		scale(some, mean, sd)
	}
	c.latents = binStates(paths, o.steps())
	c.rates = c.ratesOf(paths, whole)
	c.truth = dataset.NewArray(o.Conditions, o.Frames, o.Neurons)
	for i, r := range c.rates.Data {
		c.truth.Data[i] = float32(c.law.expected(float64(r)))
	}
	return c
}

// attractor returns a long path, on which conditions begin and over which means
// are taken: were they those of the recorded paths, a trial would depend on the
// number of others.
func (c *calcium) attractor() [][]state {
	const steps, step = 50000, .01 // 700 turns
	return [][]state{trajectory(rng.NewSource(rng.Derive(c.Seed, rng.Synthesis, calciumReference)), steps, step)}
}

// paths returns the states of each condition, which begins anywhere on the whole.
func (c *calcium) paths(whole []state) [][]state {
	step := c.Step * float64(c.frame()) / float64(time.Millisecond) / float64(c.steps())
	paths := make([][]state, c.Conditions)
	for i := range paths {
		at := rng.NewSource(rng.Derive(c.Seed, rng.Synthesis, calciumStart, uint64(i))).IntN(len(whole))
		paths[i] = follow(whole[at], c.Frames*c.steps(), step)
	}
	return paths
}

// ratesOf returns rates in spikes per frame, of which the mean over the whole
// attractor is that of the options.
func (c *calcium) ratesOf(paths, whole [][]state) *dataset.Array {
	rates := dataset.NewArray(c.Conditions, c.Frames, c.Neurons)
	key := rng.Derive(c.Seed, rng.Synthesis, calciumWeights)
	perFrame := c.MeanRateHz * c.frame().Seconds()
	relative, everywhere := make([]float64, c.Conditions*c.Frames), make([]float64, len(whole[0]))
	for n := range c.Neurons {
		w := weights(key, n)
		mean := relativeRates(everywhere, whole, w, 1)
		relativeRates(relative, paths, w, c.steps())
		for i, r := range relative {
			rates.Data[i*c.Neurons+n] = float32(perFrame * (r / mean))
		}
	}
	return rates
}

func (c *calcium) split(ids []int64) *dataset.Split {
	s := ofConditions(ids, c.TrialsPerCondition, c.truth, c.latents)
	for i, id := range ids {
		c.record(s.Recon, i, int(s.Condition[i]), id)
	}
	return s
}

// record writes the events of a trial: spikes, the fluorescence that they make,
// what of it the decay of the frame before does not explain.
func (c *calcium) record(events *dataset.Array, trial, condition int, id int64) {
	within := uint64(id) % uint64(c.TrialsPerCondition)
	spikes := rng.Derive(c.Seed, rng.Synthesis, calciumSpikes, uint64(condition), within)
	noise := rng.Derive(c.Seed, rng.Synthesis, calciumNoise, uint64(condition), within)
	for n := range c.Neurons {
		level := 0. // of calcium
		before := float64(c.Noise * float64(noise.Normal(0, n)))
		for frame := range c.Frames {
			rate := c.rates.Bin(condition, frame)[n]
			level = float64(c.decay*level) + float64(poisson(float64(rate), spikes.Float64(frame, n)))
			now := level + float64(c.Noise*float64(noise.Normal(frame+1, n)))
			if event := float32(now - float64(c.decay*before)); event > float32(c.Threshold) {
				events.Bin(trial, frame)[n] = event
			}
			before = now
		}
	}
}

// oracle is the mean negative log likelihood of a split's events, each by
// itself, under their true law.
func (c *calcium) oracle(s *dataset.Split) float64 {
	sum := 0.
	for i := range s.Recon.Trials {
		rates := c.rates.Trial(int(s.Condition[i]))
		for j, y := range s.Recon.Trial(i) {
			sum += c.law.nll(float64(y), float64(rates[j]))
		}
	}
	return sum / float64(len(s.Recon.Data))
}
