package synth

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/rng"
)

func smallLorenz(seed uint64) LorenzOptions {
	return LorenzOptions{
		Seed: seed, Conditions: 3, TrialsPerCondition: 5, Neurons: 7, Bins: 20,
		BinWidth: 10 * time.Millisecond, MeanRateHz: 5, Step: .006,
	}
}

func mustLorenz(t *testing.T, o LorenzOptions) *dataset.Dataset {
	t.Helper()
	d, err := Lorenz(o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func splits(d *dataset.Dataset) []*dataset.Split { return []*dataset.Split{d.Train, d.Valid} }

func fingerprint(d *dataset.Dataset) string {
	h := fnv.New64a()
	for _, s := range splits(d) {
		binary.Write(h, binary.LittleEndian, s.TrialIDs)
		for _, a := range []*dataset.Array{s.Recon, s.Truth, s.Latents, s.Behavior} {
			if a != nil {
				binary.Write(h, binary.LittleEndian, a.Data)
			}
		}
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// The bits of a set are a promise: a change here makes every published set
// irreproducible.
func TestLorenzBits(t *testing.T) {
	const want = "e13d6022ef263185"
	if got := fingerprint(mustLorenz(t, smallLorenz(1))); got != want {
		t.Errorf("the set of seed 1 has changed: %s, was %s", got, want)
	}
	if fingerprint(mustLorenz(t, smallLorenz(2))) == want {
		t.Error("seeds 1 and 2 give the same set")
	}
}

func TestLorenzDefaults(t *testing.T) {
	o := DefaultLorenz()
	d := mustLorenz(t, o)
	if d.Train.Trials() != 65*16 || d.Valid.Trials() != 65*4 {
		t.Fatalf("%d trials to train on and %d to validate", d.Train.Trials(), d.Valid.Trials())
	}
	if got := d.Train.Recon.String(); got != "1040 trials x 100 bins x 30" {
		t.Errorf("train spikes: %v", got)
	}
	t.Run("mean rate", func(t *testing.T) { checkMeanRate(t, d, .05) })
	t.Run("oracle", func(t *testing.T) { checkOracle(t, d) })
	t.Run("latents", func(t *testing.T) { checkLatents(t, d) })
	t.Run("split", func(t *testing.T) { checkSplit(t, d, o) })
}

// Each neuron's true mean is exact up to float32; its spikes are within five
// standard errors (the variance of a Poisson count is its mean).
func checkMeanRate(t *testing.T, d *dataset.Dataset, want float64) {
	spikes, truth, elements := make([]float64, 30), make([]float64, 30), 0.
	for _, s := range splits(d) {
		for i, k := range s.Recon.Data {
			spikes[i%30] += float64(k)
			truth[i%30] += float64(s.Truth.Data[i])
		}
		elements += float64(len(s.Recon.Data)) / 30
	}
	for n := range spikes {
		if math.Abs(truth[n]/elements-want) > 1e-7*want {
			t.Errorf("neuron %d has the mean rate %v, want %v", n, truth[n]/elements, want)
		}
		if math.Abs(spikes[n]-truth[n]) > 5*math.Sqrt(truth[n]) {
			t.Errorf("neuron %d fired %v times, expected %v", n, spikes[n], truth[n])
		}
	}
}

// The likelihood of the spikes under the true rates is within five standard
// errors of its expectation, worked out from the Poisson distribution.
func checkOracle(t *testing.T, d *dataset.Dataset) {
	var mean, variance float64
	for _, r := range d.Valid.Truth.Data {
		m, v := momentsOfNLL(float64(r))
		mean, variance = mean+m, variance+v
	}
	got := metric.PoissonNLL(d.Valid.Truth, d.Valid.Recon, metric.Stirling).Sum
	if math.Abs(got-mean) > 5*math.Sqrt(variance) {
		t.Errorf("oracle likelihood %v, expected %v with standard error %v", got, mean, math.Sqrt(variance))
	}
}

// momentsOfNLL sums over counts until their probability is beyond double
// precision.
func momentsOfNLL(rate float64) (mean, variance float64) {
	p := math.Exp(-rate)
	var m1, m2 float64
	for k := 0.; k <= rate || p > 1e-18; k++ {
		nll := rate - k*math.Log(rate) + metric.Stirling(k)
		m1 += p * nll
		m2 += p * nll * nll
		p *= rate / (k + 1)
	}
	return m1, m2 - m1*m1
}

// States are standardised over milliseconds. Averaging over a bin leaves the
// mean (float32 rounds around it), and takes (w h)^2 / 12 off the variance: 2 %
// for bins of h = .06 units of time and the attractor's w = 8, 3 % with its
// harmonics. The attractor lies within 4 deviations.
func checkLatents(t *testing.T, d *dataset.Dataset) {
	for dim := range 3 {
		var m1, m2, n float64
		for _, s := range splits(d) {
			for i := dim; i < len(s.Latents.Data); i += 3 {
				v := float64(s.Latents.Data[i])
				m1, m2, n = m1+v, m2+v*v, n+1
				if math.Abs(v) > 4 {
					t.Fatalf("dimension %d reaches %v deviations", dim, v)
				}
			}
		}
		m1, m2 = m1/n, m2/n
		if math.Abs(m1) > 1e-6 || m2 > 1 || m2 < .97 {
			t.Errorf("dimension %d has mean %v and variance %v", dim, m1, m2)
		}
	}
}

// Every condition gives a fifth of its trials to validation, each trial is
// in one split, and trials of one condition share their rates.
func checkSplit(t *testing.T, d *dataset.Dataset, o LorenzOptions) {
	seen := map[int64]bool{}
	perCondition := map[int64]int{}
	first := map[int64][]float32{}
	for _, s := range splits(d) {
		for i, id := range s.TrialIDs {
			c := s.Condition[i]
			if seen[id] || c != id/int64(o.TrialsPerCondition) {
				t.Fatalf("trial %d of condition %d: twice, or of another condition", id, c)
			}
			seen[id] = true
			if s == d.Valid {
				perCondition[c]++
			}
			if first[c] == nil {
				first[c] = s.Truth.Trial(i)
			}
			if got := s.Truth.Trial(i); got[0] != first[c][0] || got[len(got)-1] != first[c][len(got)-1] {
				t.Fatalf("trial %d does not have its condition's rates", id)
			}
		}
	}
	for c := range int64(o.Conditions) {
		if perCondition[c] != o.TrialsPerCondition/5 {
			t.Errorf("condition %d has %d trials to validate", c, perCondition[c])
		}
	}
	if len(seen) != o.Conditions*o.TrialsPerCondition {
		t.Errorf("%d trials", len(seen))
	}
}

// One step must land where a thousand small ones of the simplest method do.
func TestIntegratorFollowsTheEquation(t *testing.T) {
	const step = .006
	s := state{1, 2, 20}
	got := rungeKutta(s, step)
	want := s
	const pieces = 1000
	for range pieces { // Euler steps, error step^2 / pieces
		want = advance(want, derivative(want), step/pieces)
	}
	for d := range got {
		// Second derivatives are below 1e4: 1e4 * step^2 / (2 pieces) = 2e-4.
		if math.Abs(got[d]-want[d]) > 2e-4 {
			t.Errorf("dimension %d: %v, want %v", d, got[d], want[d])
		}
	}
}

func TestPoissonInverts(t *testing.T) {
	key := rng.Derive(5, rng.Synthesis)
	for i, mean := range []float64{.01, .7, 5, 80, maxCount} {
		const n = 20000
		var m1, m2 float64
		for j := range n {
			k := float64(poisson(mean, key.Float64(j, i)))
			m1, m2 = m1+k/n, m2+(k-mean)*(k-mean)/n
		}
		// Standard errors of the mean and of the variance of a Poisson number.
		if math.Abs(m1-mean) > 5*math.Sqrt(mean/n) || math.Abs(m2-mean) > 5*math.Sqrt((mean+2*mean*mean)/n) {
			t.Errorf("mean %v: drawn mean %v and variance %v", mean, m1, m2)
		}
	}
	if poisson(0, .5) != 0 {
		t.Error("a rate of 0 fires")
	}
}

func TestLorenzRefusesNonsense(t *testing.T) {
	for _, c := range []struct {
		harm func(o *LorenzOptions)
		says string
	}{
		{func(o *LorenzOptions) { o.Conditions = 0 }, "0 conditions"},
		{func(o *LorenzOptions) { o.TrialsPerCondition = 1 }, "1 trials per condition: need at least 2"},
		{func(o *LorenzOptions) { o.Neurons = -1 }, "-1 neurons"},
		{func(o *LorenzOptions) { o.Bins = 0 }, "0 bins"},
		{func(o *LorenzOptions) { o.BinWidth = 1500 * time.Microsecond }, "whole milliseconds"},
		{func(o *LorenzOptions) { o.MeanRateHz = math.NaN() }, "mean rate of NaN"},
		{func(o *LorenzOptions) { o.Step = 0 }, "step of 0"},
		{func(o *LorenzOptions) { o.Step = .05 }, "at most 0.02"},
		{func(o *LorenzOptions) { o.MeanRateHz, o.BinWidth = 1000, time.Second }, "lower the mean rate"},
	} {
		o := smallLorenz(1)
		c.harm(&o)
		if _, err := Lorenz(o); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one with %q", err, c.says)
		}
	}
}

// What will not fit in memory is refused before anything is made, also where
// the product of its sizes is no number of the machine.
func TestLorenzFitsMemory(t *testing.T) {
	o := DefaultLorenz() // 1300 trials x 100 bins x 30 neurons x 8 bytes, and 65 x 1000 ms x 24 bytes
	const need = 1300*100*30*8 + 65*1000*24
	huge := o
	huge.Conditions, huge.Neurons, huge.Bins = math.MaxInt, math.MaxInt, math.MaxInt
	for _, c := range []struct {
		o         LorenzOptions
		available int64
		known     bool
		says      string // "": it fits
	}{
		{o, need, true, ""},
		{o, need - 1, true, "65 conditions x 20 trials x 100 bins x 30 neurons take 0.0305 GiB of memory"},
		{o, 0, false, ""},
		{huge, math.MaxInt64, true, "make fewer"},
	} {
		err := c.o.fits(c.available, "left", c.known)
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%d bytes: error %v, want one with %q", c.available, err, c.says)
		}
	}
}
