package synth

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

func smallCalcium(seed uint64) CalciumOptions {
	o := DefaultCalcium()
	o.Seed, o.Conditions, o.TrialsPerCondition, o.Neurons, o.Frames = seed, 3, 5, 6, 25
	return o
}

func mustCalcium(t *testing.T, o CalciumOptions) *dataset.Dataset {
	t.Helper()
	d, err := Calcium(o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestCalciumBits(t *testing.T) {
	const want = "22bcead27f8530cd"
	if got := fingerprint(mustCalcium(t, smallCalcium(1))); got != want {
		t.Errorf("the set of seed 1 has changed: %s, was %s", got, want)
	}
	if fingerprint(mustCalcium(t, smallCalcium(2))) == want {
		t.Error("seeds 1 and 2 give the same set")
	}
}

func TestCalciumDefaults(t *testing.T) {
	o := DefaultCalcium()
	d := mustCalcium(t, o)
	if got, want := d.Train.Recon.String()+", "+d.Valid.Recon.String(), "120 trials x 120 bins x 40, 30 trials x 120 bins x 40"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for _, s := range splits(d) {
		for _, y := range s.Recon.Data {
			if y != 0 && !(float64(y) > o.Threshold) {
				t.Fatalf("an event of %v: all should be above %v", y, o.Threshold)
			}
		}
	}
	c := newCalcium(&o)
	t.Run("moments", func(t *testing.T) { checkEvents(t, d, c) })
	t.Run("mean rate", func(t *testing.T) { checkCalciumRates(t, c) })
	t.Run("oracle is best", func(t *testing.T) { checkCalciumOracleIsBest(t, d, c) })
}

// Where the threshold is low and spikes are rare, events are half of the noise:
// its size is seen, which says how far the frame before has decayed.
func TestCalciumNoise(t *testing.T) {
	o := DefaultCalcium()
	o.Threshold, o.MeanRateHz = 1e-6, .001
	d := mustCalcium(t, o)
	checkEvents(t, d, newCalcium(&o))
	sum, events := 0., 0.
	for _, y := range d.Train.Recon.Data {
		if y > 0 && y < 1.5 { // 5 standard deviations
			sum, events = sum+float64(y)*float64(y), events+1
		}
	}
	// exp(-1/12) is what is left after a frame of .4 s of decay. Squares have
	// twice their mean's square for variance; neighbours are half as far from
	// independent as the noise is.
	want := .2 * .2 * (1 + math.Exp(-2./12))
	if got := sum / events; math.Abs(got-want) > 5*want*math.Sqrt(2*1.5/events) {
		t.Errorf("noise of variance %v, want %v", got, want)
	}
}

// Over all, and neuron by neuron, events have the truth for mean and no event has
// its probability, within five standard errors. Noise of neighbouring frames is
// correlated negatively: the variance of a sum is at most that of its parts.
func checkEvents(t *testing.T, d *dataset.Dataset, c *calcium) {
	silence := mapped(c.rates, func(r float32) float32 { return float32(math.Exp(-c.law.nll(0, float64(r)))) })
	for n := range c.Neurons {
		var difference, variance, silent, silentVariance float64
		for _, s := range splits(d) {
			for i := n; i < len(s.Recon.Data); i += c.Neurons {
				trial := i / (c.Frames * c.Neurons)
				condition, at := int(s.Condition[trial]), i%(c.Frames*c.Neurons)
				rate, p := float64(c.rates.Trial(condition)[at]), float64(silence.Trial(condition)[at])
				y, mean := float64(s.Recon.Data[i]), float64(s.Truth.Data[i])
				difference += y - mean
				variance += rate + rate*rate + c.law.sd*c.law.sd // of the event without a threshold: more
				silentVariance += p * (1 - p)
				silent -= p
				if y == 0 {
					silent++
				}
			}
		}
		if math.Abs(difference) > 5*math.Sqrt(variance) {
			t.Errorf("neuron %d: events add up to %v more than expected, with standard error %v", n, difference, math.Sqrt(variance))
		}
		if math.Abs(silent) > 5*math.Sqrt(silentVariance) {
			t.Errorf("neuron %d: %v more frames without event than expected, with standard error %v", n, silent, math.Sqrt(silentVariance))
		}
	}
}

// 30 trajectories of 6 turns about a wing see nearly the whole attractor.
func checkCalciumRates(t *testing.T, c *calcium) {
	mean := 0.
	for _, r := range c.rates.Data {
		mean += float64(r) / float64(len(c.rates.Data)) * c.FrameHz
	}
	if math.Abs(mean-c.MeanRateHz) > .05*c.MeanRateHz {
		t.Errorf("mean rate %v spikes/s, want %v", mean, c.MeanRateHz)
	}
}

// No other rates and no other noise do better.
func checkCalciumOracleIsBest(t *testing.T, d *dataset.Dataset, c *calcium) {
	if got := c.oracle(d.Valid); d.Oracle != got || d.OracleLikelihood != "zero_inflated_gamma" {
		t.Errorf("oracle %v of %q, want %v", d.Oracle, d.OracleLikelihood, got)
	}
	for what, harm := range map[string]func(other *calcium){
		"smaller rates":  func(other *calcium) { other.rates = mapped(c.rates, func(r float32) float32 { return .95 * r }) },
		"greater rates":  func(other *calcium) { other.rates = mapped(c.rates, func(r float32) float32 { return 1.05 * r }) },
		"constant rates": func(other *calcium) { other.rates = mapped(c.rates, func(float32) float32 { return 4. / 30 }) },
		"less noise":     func(other *calcium) { other.law = newEventLaw(c.Threshold, .97*c.law.sd) },
		"more noise":     func(other *calcium) { other.law = newEventLaw(c.Threshold, 1.03*c.law.sd) },
	} {
		other := *c
		harm(&other)
		if nll := other.oracle(d.Valid); nll <= d.Oracle {
			t.Errorf("%s: %v, the oracle is %v", what, nll, d.Oracle)
		}
	}
}

func mapped(a *dataset.Array, f func(float32) float32) *dataset.Array {
	b := dataset.NewArray(a.Trials, a.Bins, a.Features)
	for i, v := range a.Data {
		b.Data[i] = f(v)
	}
	return b
}

// Events are what fluorescence adds to its decay: the spikes and the noise of two
// frames. With next to no noise they are the spikes.
func TestCalciumWithoutNoise(t *testing.T) {
	o := smallCalcium(4)
	o.Noise, o.MeanRateHz = 1e-6, 20
	d := mustCalcium(t, o)
	spikes := 0.
	for _, y := range d.Train.Recon.Data {
		if whole := math.Round(float64(y)); math.Abs(float64(y)-whole) > 1e-5 {
			t.Fatalf("an event of %v", y)
		} else {
			spikes += whole
		}
	}
	if spikes == 0 {
		t.Error("no spikes")
	}
}

// A trial does not depend on the number of others, of conditions and of neurons.
func TestCalciumOfMoreOfAll(t *testing.T) {
	few, more := smallCalcium(3), smallCalcium(3)
	more.Conditions, more.TrialsPerCondition, more.Neurons = 4, 9, 7
	a, b := trialsByID(mustCalcium(t, few)), trialsByID(mustCalcium(t, more))
	for id, x := range a {
		condition, within := id/int64(few.TrialsPerCondition), id%int64(few.TrialsPerCondition)
		y := b[condition*int64(more.TrialsPerCondition)+within]
		for bin := range few.Frames {
			if !slices.Equal(x.Recon.Bin(0, bin), y.Recon.Bin(0, bin)[:few.Neurons]) || !slices.Equal(x.Truth.Bin(0, bin), y.Truth.Bin(0, bin)[:few.Neurons]) {
				t.Fatalf("trial %d of condition %d, frame %d differs", within, condition, bin)
			}
		}
		if !slices.Equal(x.Latents.Data, y.Latents.Data) {
			t.Errorf("trial %d of condition %d: other states", within, condition)
		}
	}
}

func TestCalciumRefusesNonsense(t *testing.T) {
	for _, c := range []struct {
		harm func(o *CalciumOptions)
		says string
	}{
		{func(o *CalciumOptions) { o.Conditions = 0 }, "0 conditions"},
		{func(o *CalciumOptions) { o.TrialsPerCondition = 1 }, "1 trials per condition: need at least 2"},
		{func(o *CalciumOptions) { o.Neurons = -1 }, "-1 neurons"},
		{func(o *CalciumOptions) { o.Frames = 0 }, "0 frames"},
		{func(o *CalciumOptions) { o.FrameHz = 0 }, "frame rate of 0 Hz"},
		{func(o *CalciumOptions) { o.FrameHz = 2000 }, "at most 1000"},
		{func(o *CalciumOptions) { o.MeanRateHz = math.NaN() }, "mean rate of NaN spikes/s"},
		{func(o *CalciumOptions) { o.Step = .05 }, "step of 0.05"},
		{func(o *CalciumOptions) { o.DecaySeconds = -1 }, "decay of -1 s"},
		{func(o *CalciumOptions) { o.Noise = 0 }, "noise of 0"},
		{func(o *CalciumOptions) { o.Threshold = 11 }, "threshold of 11"},
		{func(o *CalciumOptions) { o.MeanRateHz, o.FrameHz = 500, 10 }, "lower the mean rate"},
	} {
		o := smallCalcium(1)
		c.harm(&o)
		if _, err := Calcium(o); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one with %q", err, c.says)
		}
	}
}

func TestCalciumFitsMemory(t *testing.T) {
	o := DefaultCalcium() // 150 trials x 120 frames x 40 neurons x 8 bytes, and 30 x 120 x 33 steps x 24 bytes
	const need = 150*120*40*8 + 30*120*33*24
	if err := o.fits(need, "left", true); err != nil {
		t.Error(err)
	}
	err := o.fits(need-1, "left", true)
	if err == nil || !strings.Contains(err.Error(), "30 conditions x 5 trials x 120 frames x 40 neurons take 0.00802 GiB of memory") {
		t.Errorf("error %v", err)
	}
	if err := o.fits(0, "", false); err != nil {
		t.Error(err)
	}
}
