package synth

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

func smallChaotic(seed uint64) ChaoticOptions {
	o := DefaultChaotic()
	o.Seed, o.Conditions, o.TrialsPerCondition, o.Neurons, o.Bins = seed, 3, 5, 7, 20
	return o
}

func mustChaotic(t *testing.T, o ChaoticOptions) *dataset.Dataset {
	t.Helper()
	d, err := Chaotic(o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestChaoticBits(t *testing.T) {
	const want = "d60b50f539c5cbcb"
	if got := fingerprint(mustChaotic(t, smallChaotic(1))); got != want {
		t.Errorf("the set of seed 1 has changed: %s, was %s", got, want)
	}
	if fingerprint(mustChaotic(t, smallChaotic(2))) == want {
		t.Error("seeds 1 and 2 give the same set")
	}
}

func TestChaoticDefaults(t *testing.T) {
	o := DefaultChaotic()
	o.Conditions = 40 // of 400: a tenth of the time
	d := mustChaotic(t, o)
	if got, want := d.Train.Recon.String()+", "+d.Valid.Recon.String(), "320 trials x 100 bins x 50, 80 trials x 100 bins x 50"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	t.Run("rates", func(t *testing.T) { checkChaoticRates(t, d) })
	t.Run("spikes", func(t *testing.T) { checkChaoticSpikes(t, d) })
	t.Run("oracle", func(t *testing.T) { checkOracle(t, d) })
	t.Run("pulse", func(t *testing.T) { checkPulse(t, d, &o) })
	t.Run("split", func(t *testing.T) {
		checkSplit(t, d, LorenzOptions{Conditions: o.Conditions, TrialsPerCondition: o.TrialsPerCondition})
	})
}

// Each unit of each trial goes from 0 to .3 spikes per bin, in step with its state.
func checkChaoticRates(t *testing.T, d *dataset.Dataset) {
	for trial := range d.Train.Truth.Trials {
		for n := range d.Train.Truth.Features {
			var rates, states []float64
			for bin := range d.Train.Truth.Bins {
				rates = append(rates, float64(d.Train.Truth.Bin(trial, bin)[n]))
				states = append(states, float64(d.Train.Latents.Bin(trial, bin)[n]))
			}
			low, high := slices.Min(states), slices.Max(states)
			for bin, r := range rates {
				if want := .3 * (states[bin] - low) / (high - low); math.Abs(r-want) > 1e-7 {
					t.Fatalf("trial %d, unit %d, bin %d: rate %v, want %v", trial, n, bin, r, want)
				}
			}
		}
	}
}

// Each neuron's spikes are within five standard errors of its rates.
func checkChaoticSpikes(t *testing.T, d *dataset.Dataset) {
	spikes, truth := make([]float64, 50), make([]float64, 50)
	for i, k := range d.Train.Recon.Data {
		spikes[i%50] += float64(k)
		truth[i%50] += float64(d.Train.Truth.Data[i])
	}
	for n := range spikes {
		if math.Abs(spikes[n]-truth[n]) > 5*math.Sqrt(truth[n]) {
			t.Errorf("neuron %d fired %v times, expected %v", n, spikes[n], truth[n])
		}
	}
}

// Every trial has one pulse of 20, in the middle half, at its condition's time; times
// differ between conditions.
func checkPulse(t *testing.T, d *dataset.Dataset, o *ChaoticOptions) {
	at := map[int64]int{}
	times := map[int]bool{}
	for trial := range d.Train.Latents.Trials {
		var bins []int
		for bin := range d.Train.Latents.Bins {
			if q := d.Train.Latents.Bin(trial, bin)[o.Neurons]; q == 20 {
				bins = append(bins, bin)
			} else if q != 0 {
				t.Fatalf("a pulse of %v", q)
			}
		}
		if len(bins) != 1 || bins[0] < 25 || bins[0] >= 75 {
			t.Fatalf("trial %d: pulses in bins %v", trial, bins)
		}
		c := d.Train.Condition[trial]
		if first, seen := at[c]; seen && first != bins[0] {
			t.Fatalf("trials of condition %d have pulses in bins %d and %d", c, first, bins[0])
		}
		at[c], times[bins[0]] = bins[0], true
	}
	if len(times) < 20 { // 40 draws of 50 bins: 28 differ on average, with a deviation of 2.2
		t.Errorf("pulses of 40 conditions come in %d bins", len(times))
	}
}

// A pulse changes nothing up to its bin, and every unit from the next on.
func TestPulseActsInTheNextBin(t *testing.T) {
	o := smallChaotic(1)
	with := mustChaotic(t, o).Train.Latents
	o.Pulse = 0
	without := mustChaotic(t, o).Train.Latents
	if without.Features != o.Neurons {
		t.Fatalf("%d states without a pulse", without.Features)
	}
	came := false
	for bin := range o.Bins {
		for n := range o.Neurons {
			if same := with.Bin(0, bin)[n] == without.Bin(0, bin)[n]; same == came {
				t.Fatalf("bin %d, unit %d: the same is %v, after the pulse is %v", bin, n, same, came)
			}
		}
		came = came || with.Bin(0, bin)[o.Neurons] != 0
	}
	if !came {
		t.Error("there is no pulse")
	}
}

// A step of two units, worked out by hand: dt / tau is .4.
func TestNetworkStep(t *testing.T) {
	n := network{
		ChaoticOptions: &ChaoticOptions{Neurons: 2},
		weights:        []float64{.5, -1, 2, 0},
		input:          []float64{1, -3},
		x:              []float64{1, -2},
		active:         []float64{tanh(1), tanh(-2)},
	}
	want := []float64{
		1 + .4*(-1+.5*math.Tanh(1)+math.Tanh(2)+1*10),
		-2 + .4*(2+2*math.Tanh(1)-3*10),
	}
	n.step(10)
	for i, x := range n.x {
		if math.Abs(x-want[i]) > 1e-14 {
			t.Errorf("unit %d: %v, want %v", i, x, want[i])
		}
	}
}

// Weights have the variance gain^2 / N; neighbouring states, 1e-6 apart, part at a gain
// of 2.5, and meet below 1.
func TestGain(t *testing.T) {
	for _, c := range []struct {
		gain  float64
		parts bool
	}{{.5, false}, {2.5, true}} {
		o := DefaultChaotic()
		o.Gain = c.gain
		n := newNetwork(&o)
		sum := 0.
		for _, w := range n.weights {
			sum += w * w
		}
		// 2,500 squares: their mean has a standard error of sqrt(2 / 2500), 2.8 %.
		if got := sum / 50; math.Abs(got/(c.gain*c.gain)-1) > .14 {
			t.Errorf("gain %v: weights of variance %v / N", c.gain, got)
		}
		if got := distanceAfter(n, 300) > 1e-5; got != c.parts {
			t.Errorf("gain %v: neighbours part: %v", c.gain, got)
		}
	}
}

// distanceAfter is how far two states that begin 1e-6 apart are after so many steps.
func distanceAfter(n *network, steps int) float64 {
	ends := make([][]float64, 2)
	for i := range ends {
		for j := range n.x {
			n.x[j] = float64(j%7)/3 - 1
		}
		n.x[0] += 1e-6 * float64(i)
		for range steps {
			for j, x := range n.x {
				n.active[j] = tanh(x)
			}
			n.step(0)
		}
		ends[i] = slices.Clone(n.x)
	}
	sum := 0.
	for i, x := range ends[0] {
		sum += (x - ends[1][i]) * (x - ends[1][i])
	}
	return math.Sqrt(sum)
}

// More conditions leave those that there were as they were.
func TestChaoticConditionsStand(t *testing.T) {
	o := smallChaotic(4)
	few := mustChaotic(t, o)
	o.Conditions = 5
	more := mustChaotic(t, o)
	n := len(few.Train.Recon.Data)
	if !slices.Equal(few.Train.Recon.Data, more.Train.Recon.Data[:n]) || !slices.Equal(few.Train.Truth.Data, more.Train.Truth.Data[:n]) {
		t.Error("the trials of the first three conditions differ")
	}
}

func TestTanh(t *testing.T) {
	for x := -30.; x <= 30; x += .03125 {
		if got, want := tanh(x), math.Tanh(x); math.Abs(got-want) > 3e-16 {
			t.Errorf("%v: %v, want %v", x, got, want)
		}
	}
}

func TestChaoticRefuses(t *testing.T) {
	for _, c := range []struct {
		harm func(o *ChaoticOptions)
		says string
	}{
		{func(o *ChaoticOptions) { o.Conditions = 0 }, "0 conditions"},
		{func(o *ChaoticOptions) { o.TrialsPerCondition = 1 }, "1 trials per condition: need at least 2"},
		{func(o *ChaoticOptions) { o.Neurons = 0 }, "0 neurons"},
		{func(o *ChaoticOptions) { o.Bins = 3 }, "3 bins: need at least 4"},
		{func(o *ChaoticOptions) { o.Gain = math.NaN() }, "gain of NaN"},
		{func(o *ChaoticOptions) { o.Gain = 101 }, "at most 100"},
		{func(o *ChaoticOptions) { o.Pulse = -1 }, "pulse of -1"},
		{func(o *ChaoticOptions) { o.PeakRateHz = 1001 }, "peak rate of 1001"},
	} {
		o := smallChaotic(1)
		c.harm(&o)
		if _, err := Chaotic(o); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one with %q", err, c.says)
		}
	}
}

// What will not fit in memory is refused before anything is made.
func TestChaoticFitsMemory(t *testing.T) {
	o := DefaultChaotic()
	const need = 400*11*100*50*12 + 50*50*8
	if err := o.fits(need, "left", true); err != nil {
		t.Error(err)
	}
	if err := o.fits(need-1, "left", true); err == nil || !strings.Contains(err.Error(), "400 conditions x 10 trials x 100 bins x 50 neurons take 0.246 GiB") {
		t.Error(err)
	}
	if err := o.fits(0, "left", false); err != nil {
		t.Error(err)
	}
}
