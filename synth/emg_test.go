package synth

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/maths"
)

func smallEMG(seed uint64) EMGOptions {
	o := DefaultEMG()
	o.Seed, o.Trials, o.Channels, o.Bins = seed, 10, 5, 40
	return o
}

func mustEMG(t *testing.T, o EMGOptions) *dataset.Dataset {
	t.Helper()
	d, err := EMG(o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEMGBits(t *testing.T) {
	const want = "e0516a68aef3dad8"
	d := mustEMG(t, smallEMG(1))
	if got := fingerprint(d); got != want {
		t.Errorf("the set of seed 1 has changed: %s, was %s", got, want)
	}
	if fingerprint(mustEMG(t, smallEMG(2))) == want {
		t.Error("seeds 1 and 2 give the same set")
	}
}

func TestEMGDefaults(t *testing.T) {
	d := mustEMG(t, DefaultEMG())
	if got, want := d.Train.Recon.String()+", "+d.Valid.Recon.String(), "120 trials x 100 bins x 12, 30 trials x 100 bins x 12"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	t.Run("noise", func(t *testing.T) { checkGammaNoise(t, d, DefaultEMG().Shape) })
	t.Run("oracle", func(t *testing.T) { checkGammaOracle(t, d) })
	t.Run("oracle is best", func(t *testing.T) { checkGammaOracleIsBest(t, d) })
	t.Run("joints", func(t *testing.T) { checkJoints(t, d) })
	t.Run("gait", func(t *testing.T) { checkGait(t, d) })
}

// In each channel, what is divided by its envelope has mean 1 and variance
// 1/shape, within five standard errors.
func checkGammaNoise(t *testing.T, d *dataset.Dataset, k float64) {
	channels := d.Train.Recon.Features
	n := float64(len(d.Train.Recon.Data) / channels)
	for c := range channels {
		var mean, variance float64
		for i := c; i < len(d.Train.Recon.Data); i += channels {
			y, envelope := float64(d.Train.Recon.Data[i]), float64(d.Train.Truth.Data[i])
			if !(y > 0) || !(envelope > 0) {
				t.Fatalf("activity %v of envelope %v", y, envelope)
			}
			g := y / envelope
			mean, variance = mean+g/n, variance+(g-1)*(g-1)/n
		}
		if math.Abs(mean-1) > 5*math.Sqrt(1/k/n) || math.Abs(variance-1/k) > 5*math.Sqrt((2/(k*k)+6/(k*k*k))/n) {
			t.Errorf("channel %d: noise of mean %v and variance %v, want 1 and %v", c, mean, variance, 1/k)
		}
	}
}

// The oracle is within five standard errors of the entropy, which for shape 2 is
// 2 + ln(mean/2) - digamma(2); -ln density then has the variance trigamma(2) =
// pi^2 / 6 - 1.
func checkGammaOracle(t *testing.T, d *dataset.Dataset) {
	n := float64(len(d.Valid.Truth.Data))
	entropy := 0.
	for _, m := range d.Valid.Truth.Data {
		entropy += (2 + math.Log(float64(m)/2) - maths.Digamma(2)) / n
	}
	if sd := math.Sqrt((math.Pi*math.Pi/6 - 1) / n); d.OracleLikelihood != "gamma" || math.Abs(d.Oracle-entropy) > 5*sd {
		t.Errorf("oracle %v of %q, expected %v with standard error %v", d.Oracle, d.OracleLikelihood, entropy, sd)
	}
}

// No other shape, scale or constant mean does better.
func checkGammaOracleIsBest(t *testing.T, d *dataset.Dataset) {
	truth := d.Valid.Truth
	means := make([]float32, truth.Features)
	for i, v := range truth.Data {
		means[i%len(means)] += v / float32(truth.Trials*truth.Bins)
	}
	for _, c := range []struct {
		what  string
		shape float64
		mean  func(i int) float32
	}{
		{"a smaller shape", 1.9, func(i int) float32 { return truth.Data[i] }},
		{"a greater shape", 2.1, func(i int) float32 { return truth.Data[i] }},
		{"smaller means", 2, func(i int) float32 { return .97 * truth.Data[i] }},
		{"greater means", 2, func(i int) float32 { return 1.03 * truth.Data[i] }},
		{"constant means", 2, func(i int) float32 { return means[i%len(means)] }},
		{"means of the bin before", 2, func(i int) float32 { return truth.Data[max(i-len(means), i%len(means))] }},
	} {
		other := dataset.NewArray(truth.Trials, truth.Bins, truth.Features)
		for i := range other.Data {
			other.Data[i] = c.mean(i)
		}
		if nll := meanGammaNLL(d.Valid.Recon, other, c.shape); nll <= d.Oracle {
			t.Errorf("%s: %v, the oracle is %v", c.what, nll, d.Oracle)
		}
	}
}

// Accelerations are the second differences of angles. An angle of 50 degrees in
// single precision is right to 2e-6, so a difference over (10 ms)^2 to .08.
func checkJoints(t *testing.T, d *dataset.Dataset) {
	dt := d.BinWidth.Seconds()
	for j := range joints {
		var least, most float64
		for trial := range d.Valid.Trials() {
			for bin := 2; bin < d.Valid.Behavior.Bins; bin++ {
				angle := func(back int) float64 { return float64(d.Valid.Behavior.Bin(trial, bin-back)[j]) }
				got, want := float64(d.Valid.Behavior.Bin(trial, bin)[joints+j]), (angle(0)-2*angle(1)+angle(2))/(dt*dt)
				if math.Abs(got-want) > .1 {
					t.Fatalf("trial %d, bin %d, joint %d: acceleration %v, angles say %v", trial, bin, j, got, want)
				}
				least, most = min(least, angle(0)), max(most, angle(0))
			}
		}
		if most-least < 5 || most-least > 180 {
			t.Errorf("joint %d goes from %v to %v degrees", j, least, most)
		}
	}
}

// The phase moves by the cadence, which is of its range.
func checkGait(t *testing.T, d *dataset.Dataset) {
	dt := d.BinWidth.Seconds()
	for trial := range d.Valid.Trials() {
		for bin := 1; bin < d.Valid.Latents.Bins; bin++ {
			before, now := d.Valid.Latents.Bin(trial, bin-1), d.Valid.Latents.Bin(trial, bin)
			cadence := float64(before[2])
			if cadence < slowest-sway || cadence > fastest+sway || now[3] <= 0 {
				t.Fatalf("trial %d, bin %d: cadence %v, vigour %v", trial, bin, cadence, now[3])
			}
			turned := math.Atan2(float64(now[0]*before[1]-now[1]*before[0]), float64(now[0]*before[0]+now[1]*before[1])) / (2 * math.Pi)
			if math.Abs(turned-cadence*dt) > 1e-6 {
				t.Fatalf("trial %d, bin %d: %v turns, want %v", trial, bin, turned, cadence*dt)
			}
		}
	}
}

// A trial does not depend on the number of others, nor a muscle's activity on that
// of other muscles.
func TestEMGOfMoreTrialsAndMuscles(t *testing.T) {
	few, more := smallEMG(3), smallEMG(3)
	more.Trials, more.Channels = 17, 8
	a, b := trialsByID(mustEMG(t, few)), trialsByID(mustEMG(t, more))
	more.Channels = few.Channels
	c := trialsByID(mustEMG(t, more))
	for id := range int64(few.Trials) {
		for bin := range few.Bins {
			for channel := range few.Channels {
				if a[id].Recon.Bin(0, bin)[channel] != b[id].Recon.Bin(0, bin)[channel] {
					t.Fatalf("trial %d, bin %d, channel %d differ", id, bin, channel)
				}
			}
		}
		if !slices.Equal(a[id].Behavior.Data, c[id].Behavior.Data) || !slices.Equal(a[id].Latents.Data, b[id].Latents.Data) {
			t.Errorf("trial %d: behaviour or latents differ", id)
		}
	}
}

// trialsByID cuts a set into splits of one trial.
func trialsByID(d *dataset.Dataset) map[int64]*dataset.Split {
	byID := map[int64]*dataset.Split{}
	for _, s := range splits(d) {
		for i, id := range s.TrialIDs {
			one := func(a *dataset.Array) *dataset.Array {
				if a == nil {
					return nil
				}
				return &dataset.Array{Trials: 1, Bins: a.Bins, Features: a.Features, Data: a.Trial(i)}
			}
			byID[id] = &dataset.Split{Recon: one(s.Recon), Truth: one(s.Truth), Latents: one(s.Latents), Behavior: one(s.Behavior)}
		}
	}
	return byID
}

func TestEMGRefusesNonsense(t *testing.T) {
	for _, c := range []struct {
		harm func(o *EMGOptions)
		says string
	}{
		{func(o *EMGOptions) { o.Trials = 1 }, "1 trials: need at least 2"},
		{func(o *EMGOptions) { o.Channels = 0 }, "0 channels"},
		{func(o *EMGOptions) { o.Bins = -1 }, "-1 bins"},
		{func(o *EMGOptions) { o.BinWidth = 25 * time.Millisecond }, "bins of 25ms: need 1ms to 20ms"},
		{func(o *EMGOptions) { o.BinWidth = 0 }, "bins of 0s"},
		{func(o *EMGOptions) { o.Shape = .9 }, "shape of 0.9"},
		{func(o *EMGOptions) { o.Shape = math.NaN() }, "shape of NaN"},
	} {
		o := smallEMG(1)
		c.harm(&o)
		if _, err := EMG(o); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one with %q", err, c.says)
		}
	}
}

func TestEMGFitsMemory(t *testing.T) {
	o := DefaultEMG() // 150 trials x 100 bins x (12 channels x 2 + 6 + 4) x 4 bytes
	const need = 150 * 100 * 34 * 4
	if err := o.fits(need, "left", true); err != nil {
		t.Error(err)
	}
	err := o.fits(need-1, "left", true)
	if err == nil || !strings.Contains(err.Error(), "150 trials x 100 bins x 12 channels take 0.0019 GiB of memory") {
		t.Errorf("error %v", err)
	}
	if err := o.fits(0, "", false); err != nil {
		t.Error(err)
	}
}
