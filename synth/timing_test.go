package synth

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

func smallTiming(seed uint64) TimingOptions {
	return TimingOptions{Seed: seed, TrialsPerCondition: 3, Neurons: 4, MeanRateHz: 6}
}

func mustTiming(t *testing.T, o TimingOptions) *dataset.Dataset {
	t.Helper()
	d, err := Timing(o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTimingBits(t *testing.T) {
	const want = "0eec2f0d4277471b"
	if got := fingerprint(mustTiming(t, smallTiming(1))); got != want {
		t.Errorf("the set of seed 1 has changed: %s, was %s", got, want)
	}
	if fingerprint(mustTiming(t, smallTiming(2))) == want {
		t.Error("seeds 1 and 2 give the same set")
	}
}

func TestTimingDefaults(t *testing.T) {
	d := mustTiming(t, DefaultTiming())
	if got, want := d.Train.Recon.String()+", "+d.Valid.Recon.String(), "160 trials x 150 bins x 50, 40 trials x 150 bins x 50"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	t.Run("oracle", func(t *testing.T) { checkOracle(t, d) })
	t.Run("rates", func(t *testing.T) { checkTimingRates(t, d) })
	t.Run("columns", func(t *testing.T) { checkTimingColumns(t, d) })
	t.Run("states", func(t *testing.T) { checkTimingStates(t, d) })
	t.Run("speed", func(t *testing.T) { checkTimingSpeed(t, d) })
}

// Each neuron's spikes are within five standard errors of its rates, and these, of trials
// whose intervals vary by a tenth and whose front is the rest of them, within 5 % of 6
// spikes/s.
func checkTimingRates(t *testing.T, d *dataset.Dataset) {
	spikes, truth, bins := make([]float64, 50), make([]float64, 50), 0.
	for _, s := range splits(d) {
		for i, k := range s.Recon.Data {
			spikes[i%50] += float64(k)
			truth[i%50] += float64(s.Truth.Data[i])
		}
		bins += float64(len(s.Recon.Data)) / 50
	}
	for n := range spikes {
		if math.Abs(spikes[n]-truth[n]) > 5*math.Sqrt(truth[n]) {
			t.Errorf("neuron %d fired %v times, expected %v", n, spikes[n], truth[n])
		}
		if hz := truth[n] / bins * 100; math.Abs(hz-6) > .3 {
			t.Errorf("neuron %d has the mean rate %v", n, hz)
		}
	}
}

// Columns are the same in all bins, and go with the condition and with the mask, which
// begins at set.
func checkTimingColumns(t *testing.T, d *dataset.Dataset) {
	for _, s := range splits(d) {
		for trial := range s.Behavior.Trials {
			b := s.Behavior.Bin(trial, 0)
			for bin := range timingBins {
				if !slices.Equal(s.Behavior.Bin(trial, bin), b) {
					t.Fatalf("trial %d: columns change in bin %d", trial, bin)
				}
				if is := s.DecodeMask.Bin(trial, bin)[0] == 1; is != (bin >= int(b[4])) {
					t.Fatalf("trial %d, bin %d: between set and go is %v, and set is in %v", trial, bin, is, b[4])
				}
			}
			// A bin is 10 ms; set lies in it.
			if early := 1500 - float64(b[3]) - 10*float64(b[4]); early < -1e-3 || early >= 10 {
				t.Errorf("trial %d: an interval of %v ms has set in bin %v", trial, b[3], b[4])
			}
			c := intervals()[s.Condition[trial]]
			if b[0] != float32((1+sign(c.short))/2) || b[1] != float32((1+sign(c.eye))/2) || float64(b[2]) != c.sample {
				t.Errorf("trial %d of condition %q has the columns %v", trial, d.Conditions[s.Condition[trial]], b)
			}
		}
	}
}

// Before ready the time measured is 0, at set and then it is t_s, and the state has not
// begun its way before.
func checkTimingStates(t *testing.T, d *dataset.Dataset) {
	for trial := range d.Train.Latents.Trials {
		b := d.Train.Behavior.Bin(trial, 0)
		ts, set := float64(b[2]), int(b[4])
		ready := 1500 - float64(b[3]) - ts
		for bin := range timingBins {
			s, middle := d.Train.Latents.Bin(trial, bin), 10*float64(bin)+5
			want := (min(max(middle-ready, 0), ts) - intervals()[d.Train.Condition[trial]].priorMean) / unitMs
			if math.Abs(float64(s[4])-want) > 1e-5 {
				t.Fatalf("trial %d, bin %d: time measured %v, want %v", trial, bin, s[4], want)
			}
			if waits := s[0] == wideRadius && s[1] == 0; bin < set && !waits || bin > set && waits {
				t.Fatalf("trial %d, bin %d, set in %d: waiting is %v", trial, bin, set, waits)
			}
		}
	}
}

// The state's way from bin to bin, times t_p, is the same but for 5 % of noise, and so the
// speed of true rates goes with 1 / t_p: the correlation with t_p within conditions of
// the benchmark (prior, effector) is strongly negative.
func checkTimingSpeed(t *testing.T, d *dataset.Dataset) {
	var speeds, produced []float64
	var condition []int64
	s := d.Train
	n, mean, square := float64(s.Latents.Trials), 0., 0.
	for trial := range s.Latents.Trials {
		b := s.Behavior.Bin(trial, 0)
		from, to := s.Latents.Bin(trial, int(b[4])+1), s.Latents.Bin(trial, int(b[4])+2)
		way := 0.
		for i := range 4 {
			way += math.Pow(float64(to[i]-from[i]), 2)
		}
		// The path is pi sqrt(1.5^2 + 1.5^2) long; of so short a way the chord is as long.
		paths := math.Sqrt(way) / (math.Pi * 1.5 * math.Sqrt2) / 10 * float64(b[3])
		mean += paths / n
		square += (paths - 1) * (paths - 1) / n
		speeds, produced = append(speeds, math.Sqrt(way)), append(produced, float64(b[3]))
		condition = append(condition, s.Condition[trial]/5)
	}
	if math.Abs(mean-1) > 5*speedNoise/math.Sqrt(n) || math.Abs(math.Sqrt(square)/speedNoise-1) > 5/math.Sqrt(2*n) {
		t.Errorf("speeds times t_p are %v on average, with a deviation of %v", mean, math.Sqrt(square))
	}
	if r := metric.SpeedCorrelation(speeds, produced, condition); r > -.8 {
		t.Errorf("speed correlates with t_p by %v", r)
	}
}

// Produced intervals are normal about .9 t_s + .1 of the prior's mean, with a tenth of t_s
// for deviation: within five standard errors, of each moment.
func TestProducedIntervals(t *testing.T) {
	o := smallTiming(5)
	o.TrialsPerCondition, o.Neurons = 60, 1
	d := mustTiming(t, o)
	var m1, m2, n float64
	for _, s := range splits(d) {
		for trial, c := range s.Condition {
			i := intervals()[c]
			usual := .9*i.sample + .1*640
			if !i.short {
				usual = .9*i.sample + .1*1000
			}
			z := (float64(s.Behavior.Bin(trial, 0)[3]) - usual) / (.1 * i.sample)
			m1, m2, n = m1+z, m2+z*z, n+1
		}
	}
	// Of the longest condition, a tenth, the far end is drawn again, .5 % of it: means
	// shift by a thousandth, squares by four.
	if m1 /= n; math.Abs(m1) > 5/math.Sqrt(n)+.001 {
		t.Errorf("produced intervals are off by %v deviations on average", m1)
	}
	if m2 /= n; math.Abs(m2-1) > 5*math.Sqrt(2/n)+.004 {
		t.Errorf("produced intervals have %v of their variance", m2)
	}
}

func TestConditionsOfTiming(t *testing.T) {
	d := mustTiming(t, smallTiming(1))
	if len(d.Conditions) != 20 || d.Conditions[0] != "short, hand, 480 ms" || d.Conditions[9] != "short, eye, 800 ms" || d.Conditions[10] != "long, hand, 800 ms" || d.Conditions[19] != "long, eye, 1200 ms" {
		t.Errorf("conditions %q", d.Conditions)
	}
}

// A trial does not depend on the number of others and of neurons.
func TestTimingOfMoreOfAll(t *testing.T) {
	few, more := smallTiming(3), smallTiming(3)
	more.TrialsPerCondition, more.Neurons = 7, 6
	a, b := trialsByID(mustTiming(t, few)), trialsByID(mustTiming(t, more))
	for id, x := range a {
		y := b[id/3*7+id%3]
		for bin := range timingBins {
			if !slices.Equal(x.Recon.Bin(0, bin), y.Recon.Bin(0, bin)[:4]) || !slices.Equal(x.Truth.Bin(0, bin), y.Truth.Bin(0, bin)[:4]) {
				t.Fatalf("trial %d, bin %d differs", id, bin)
			}
		}
		if !slices.Equal(x.Latents.Data, y.Latents.Data) || !slices.Equal(x.Behavior.Data, y.Behavior.Data) {
			t.Errorf("trial %d: other states or columns", id)
		}
	}
}

func TestTimingRefuses(t *testing.T) {
	for _, c := range []struct {
		harm func(o *TimingOptions)
		says string
	}{
		{func(o *TimingOptions) { o.TrialsPerCondition = 1 }, "1 trials per condition: need at least 2"},
		{func(o *TimingOptions) { o.Neurons = 0 }, "0 neurons"},
		{func(o *TimingOptions) { o.MeanRateHz = math.Inf(1) }, "mean rate of +Inf"},
		{func(o *TimingOptions) { o.MeanRateHz, o.Neurons = 1000, 50 }, "lower the mean rate"},
	} {
		o := smallTiming(1)
		c.harm(&o)
		if _, err := Timing(o); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one with %q", err, c.says)
		}
	}
	o := DefaultTiming()
	err := o.fits(1000, "left", true)
	if err == nil || !strings.Contains(err.Error(), "20 conditions x 10 trials x 150 bins x 50 neurons take 0.0") {
		t.Errorf("error %v", err)
	}
	if err := o.fits(0, "", false); err != nil {
		t.Error(err)
	}
}
