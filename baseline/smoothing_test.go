package baseline

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/rng"
)

// A bin's own count is not in its rate, and the neuron's mean is, with its weight; a
// missing bin has neither.
func TestSmoothOthersByDefinition(t *testing.T) {
	spikes := dataset.NewArray(3, 30, 2)
	for i := range spikes.Data {
		spikes.Data[i] = float32(i * i % 11 % 3)
	}
	spikes.Bin(1, 4)[1], spikes.Bin(1, 5)[1] = nan, nan
	means := []float32{.5, .25}
	got, err := SmoothOthers(t.Context(), spikes, means, 25*ms, 10*ms)
	if err != nil {
		t.Fatal(err)
	}
	for trial := range 3 {
		for bin := range 30 {
			for n := range 2 {
				var sum, weight float64
				for s := max(0, bin-10); s <= min(29, bin+10); s++ {
					v := float64(spikes.Bin(trial, s)[n])
					if v != v {
						continue
					}
					if s == bin {
						v = float64(means[n])
					}
					d := math.Abs(float64(bin-s)) / 2.5
					k := maths.Exp(-d * d / 2)
					sum, weight = sum+float64(v*k), weight+k
				}
				if r := float64(got.Bin(trial, bin)[n]); math.Abs(r-sum/weight) > 1e-6*r {
					t.Fatalf("trial %d, bin %d, neuron %d: %v, want %v", trial, bin, n, r, sum/weight)
				}
			}
		}
	}
}

// Counts that nothing predicts give no bits where a bin's own is left out, however narrow
// the kernel, and many where it is not.
func TestSmoothOthersGainsNothingByCopying(t *testing.T) {
	spikes := noise(40, 50, 3, func(int, int) float64 { return .3 })
	means := spikes.Means()
	copied, err := Smooth(t.Context(), spikes, ms, 10*ms)
	if err != nil {
		t.Fatal(err)
	}
	alone, err := SmoothOthers(t.Context(), spikes, means, 10*ms, 10*ms)
	if err != nil {
		t.Fatal(err)
	}
	if b := metric.BitsPerSpike(copied, spikes).PerSpike; b < 1 {
		t.Errorf("copied counts have %v bits per spike", b)
	}
	if b := metric.BitsPerSpike(alone, spikes).PerSpike; b > .01 {
		t.Errorf("noise has %v bits per spike of other bins", b)
	}
}

// noise draws counts of Poisson distributions.
func noise(trials, bins, neurons int, rate func(trial, bin int) float64) *dataset.Array {
	src, a := rng.NewSource(rng.Derive(5, rng.Synthesis)), dataset.NewArray(trials, bins, neurons)
	for i := range a.Data {
		limit := math.Exp(-rate(i/neurons/bins, i/neurons%bins))
		for p := src.Float64(); p > limit; a.Data[i]++ {
			p *= src.Float64()
		}
	}
	return a
}

// oscillating is trials whose neurons share an oscillation: 5 are read in 40 bins of 20
// ms, 2 more are not, and 6 bins follow. slow is its period in bins.
func oscillating(slow float64) *dataset.Dataset {
	split := func(first int) *dataset.Split {
		recon := noise(30, 46, 7, func(trial, bin int) float64 {
			return math.Exp(math.Sin(float64(trial+first) + 2*math.Pi*float64(bin)/slow))
		})
		s := &dataset.Split{Recon: recon, Encod: dataset.NewArray(30, 40, 5)}
		for trial := range 30 {
			for bin := range 40 {
				copy(s.Encod.Bin(trial, bin), recon.Bin(trial, bin))
			}
		}
		return s
	}
	return &dataset.Dataset{BinWidth: 20 * ms, Train: split(0), Valid: split(100)}
}

func fitted(t *testing.T, m Method, d *dataset.Dataset) (Fitted, Estimate) {
	t.Helper()
	f, err := m.Fit(t.Context(), d, nil)
	if err != nil {
		t.Fatal(err)
	}
	e, err := f.Estimate(t.Context(), d.Valid)
	if err != nil {
		t.Fatal(err)
	}
	return f, e
}

// Held-out neurons are predicted from the others, and slower spikes get a wider kernel.
func TestSmoothingPredictsHeldOutNeurons(t *testing.T) {
	var sds []time.Duration
	for _, slow := range []float64{12, 80} {
		d := oscillating(slow)
		f, e := fitted(t, Smoothing{}, d)
		if bits := metric.CoBPS(e.Rates, d.Valid.Recon, 5, 40).PerSpike; bits < .1 {
			t.Errorf("period %v: held-out neurons have %v bits per spike: %s", slow, bits, f.Settings())
		}
		sds = append(sds, f.(*fittedSmoothing).sd)
	}
	if sds[0] >= sds[1] {
		t.Errorf("kernels %v of fast and slow spikes", sds)
	}
}

// Beyond the bins that are read rates go from what was read to the mean of training
// trials.
func TestSmoothingGoesToTheMean(t *testing.T) {
	d := oscillating(20)
	for trial := range d.Train.Recon.Trials {
		for bin := range 46 {
			d.Train.Recon.Bin(trial, bin)[0] = 2 // always, and so in forward bins
		}
	}
	clear(d.Valid.Encod.Data)
	_, e := fitted(t, Smoothing{SDs: []time.Duration{25 * ms}}, d)
	rate := func(bin int) float32 { return e.Rates.Bin(0, bin)[0] }
	if rate(39) != 0 || rate(45) != 2 {
		t.Errorf("the last bin read has the rate %v, the last forward bin %v; want 0 and 2", rate(39), rate(45))
	}
	for bin := 40; bin < 45; bin++ {
		if !(rate(bin) > rate(bin-1) && rate(bin) < 2 || rate(bin) == 2) {
			t.Errorf("bin %d has the rate %v, the one before %v", bin, rate(bin), rate(bin-1))
		}
	}
}

// One setting is taken as it is; Settings says what was chosen.
func TestSmoothingSettings(t *testing.T) {
	d := oscillating(20)
	f, _ := fitted(t, Smoothing{SDs: []time.Duration{70 * ms}, Penalties: []float64{.2}}, d)
	if got, want := f.Settings(), "Gaussian, sd 70 ms; held-out neurons by Poisson regression on log(rate + 0.0001), penalty 0.2"; got != want {
		t.Errorf("settings %q, want %q", got, want)
	}
	f, _ = fitted(t, Smoothing{SDs: []time.Duration{40 * ms, 70 * ms}, Penalties: []float64{.1, .2}}, d)
	for _, says := range []string{"chosen of 40, 70 ms", "chosen of 0.1, 0.2", "held-out neurons in 5 contiguous folds of training trials"} {
		if !strings.Contains(f.Settings(), says) {
			t.Errorf("settings %q do not say %q", f.Settings(), says)
		}
	}
	d.Train.Recon, d.Valid.Recon = d.Train.Encod, d.Valid.Encod
	f, _ = fitted(t, Smoothing{}, d)
	if !strings.HasSuffix(f.Settings(), "from their other bins") {
		t.Errorf("without held-out neurons the settings are %q", f.Settings())
	}
}

// Settings are chosen on some of many trials, where a penalty is larger by as much.
func TestSmoothingChoosesOnSomeTrials(t *testing.T) {
	d := oscillating(20)
	few, _ := fitted(t, Smoothing{SDs: []time.Duration{40 * ms}, Penalties: []float64{.01, .1, 1}}, d)
	const times = 21
	for _, a := range []**dataset.Array{&d.Train.Encod, &d.Train.Recon} {
		many := dataset.NewArray(30*times, (*a).Bins, (*a).Features)
		for i := range many.Trials {
			copy(many.Trial(i), (*a).Trial(i/times))
		}
		*a = many
	}
	many, _ := fitted(t, Smoothing{SDs: []time.Duration{40 * ms}, Penalties: []float64{.005, .05, .5}}, d)
	if !strings.HasSuffix(many.Settings(), "(one in 2)") {
		t.Errorf("%d bins, and the settings are %q", 30*times*40, many.Settings())
	}
	// The mean over trials that are there several times is that over few.
	if a, b := few.(*fittedSmoothing).penalty, many.(*fittedSmoothing).penalty; a != .1 || b != a/2 {
		t.Errorf("the penalty is %v, and %v where one in two trials choose", a, b)
	}
}
