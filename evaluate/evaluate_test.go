package evaluate_test

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/synth"
)

const neurons, bins = 12, 40

// lorenz is a small Lorenz set with enough spikes to smooth.
func lorenz(t *testing.T) *dataset.Dataset {
	t.Helper()
	o := synth.DefaultLorenz()
	o.Seed, o.Conditions, o.TrialsPerCondition, o.Neurons, o.Bins, o.MeanRateHz = 4, 6, 10, neurons, bins, 30
	d, err := synth.Lorenz(o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// truth is a model that knows: its rates are the true rates, its factors the
// true states.
func truth(s *dataset.Split) evaluate.Inferred {
	return evaluate.Inferred{Rates: clone(s.Truth), Factors: s.Latents}
}

func clone(a *dataset.Array) *dataset.Array {
	return &dataset.Array{Trials: a.Trials, Bins: a.Bins, Features: a.Features, Data: slices.Clone(a.Data)}
}

func report(t *testing.T, d *dataset.Dataset, train, valid evaluate.Inferred) evaluate.Report {
	t.Helper()
	r, err := evaluate.Scores(t.Context(), d, evaluate.Candidate{Train: train, Valid: valid}, nil, evaluate.Options{Smoothing: true, Likelihood: likelihood.Poisson{}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := json.Marshal(r.Scores); err != nil {
		t.Error(err)
	}
	return r
}

// smoothing is what smoothing scores; nil: it has no score.
func smoothing(s evaluate.Score) *float64 {
	if r := s.Rival(evaluate.Smoothing); r != nil {
		return r.Value
	}
	return nil
}

// smoothingNote is what is said of smoothing.
func smoothingNote(s evaluate.Score) string {
	if r := s.Rival(evaluate.Smoothing); r != nil {
		return r.Note
	}
	return ""
}

func scores(t *testing.T, d *dataset.Dataset, train, valid evaluate.Inferred) map[string]evaluate.Score {
	t.Helper()
	r := report(t, d, train, valid)
	if r.Skipped != nil {
		t.Fatal(r.Skipped)
	}
	byName := map[string]evaluate.Score{}
	for _, f := range r.Scores {
		if _, twice := byName[f.Name]; twice {
			t.Errorf("%q is scored twice", f.Name)
		}
		byName[f.Name] = f
	}
	return byName
}

func names(scores map[string]evaluate.Score) []string {
	var n []string
	for name := range scores {
		n = append(n, name)
	}
	slices.Sort(n)
	return n
}

// oracle computes by hand what the true rates score: r - k ln r + ln k!, with
// Stirling's formula, over all elements.
func oracle(s *dataset.Split) float64 {
	sum := 0.
	for i, r := range s.Truth.Data {
		k, r := float64(s.Recon.Data[i]), float64(r)
		sum += r - k*math.Log(r)
		if k > 1 {
			sum += k*math.Log(k) - k + .5*math.Log(2*math.Pi*k)
		}
	}
	return sum / float64(len(s.Truth.Data))
}

// True rates score as the oracle does, and 1 wherever R2 is taken; smoothed
// spikes stay below.
func TestTrueRates(t *testing.T) {
	d := lorenz(t)
	got := scores(t, d, truth(d.Train), truth(d.Valid))
	want := []string{"PSTHs from rates", "bits per spike", "negative log likelihood", "true log rates", "true rates", "true states from factors"}
	if !slices.Equal(names(got), want) {
		t.Fatalf("scored %q, want %q", names(got), want)
	}
	nll := got["negative log likelihood"]
	// 5,760 float64 terms of order 1, in the same order.
	if want := oracle(d.Valid); !(math.Abs(nll.Value-want) <= 1e-12) || nll.Best == nil || *nll.Best != nll.Value {
		t.Errorf("negative log likelihood %v, oracle %v, by hand %v", nll.Value, nll.Best, want)
	}
	if best, ok := evaluate.Oracle(d, likelihood.Poisson{}, "poisson"); !ok || best != nll.Value {
		t.Errorf("Oracle is %v, %v, want %v", best, ok, nll.Value)
	}
	if v := got["true rates"].Value; v != 1 {
		t.Errorf("R2 of true rates = %v", v)
	}
	if v := got["true states from factors"].Value; !(math.Abs(v-1) <= 1e-9) { // solved by least squares
		t.Errorf("R2 of true states = %v", v)
	}
	if n := len(got["true states from factors"].PerOutput); n != 3 {
		t.Errorf("%d states are scored one by one, want 3", n)
	}
	for _, name := range []string{"true rates", "true states from factors"} {
		f := got[name]
		if smoothing(f) == nil || !(*smoothing(f) < .999) || !(*smoothing(f) > .1) {
			t.Errorf("%s: smoothing scores %v", name, smoothing(f))
		}
		if note := smoothingNote(f); !strings.HasPrefix(note, "Gaussian, sd ") || !strings.HasSuffix(note, " ms, chosen on training trials") {
			t.Errorf("%s: note %q", name, note)
		}
	}
	if v := got["bits per spike"].Value; !(v > .2) {
		t.Errorf("true rates score %v bits per spike", v)
	}
}

// Other rates score worse than the true ones, which stay beside them.
func TestOtherRates(t *testing.T) {
	d := lorenz(t)
	best := scores(t, d, truth(d.Train), truth(d.Valid))
	flat := truth(d.Valid)
	for n := range neurons {
		mean := float32(0)
		for i := n; i < len(d.Valid.Recon.Data); i += neurons {
			mean += d.Valid.Recon.Data[i] * neurons / float32(len(d.Valid.Recon.Data))
		}
		for i := n; i < len(flat.Rates.Data); i += neurons {
			flat.Rates.Data[i] = mean
		}
	}
	got := scores(t, d, truth(d.Train), flat)
	nll := got["negative log likelihood"]
	if !(nll.Value > best["negative log likelihood"].Value) || *nll.Best != best["negative log likelihood"].Value {
		t.Errorf("flat rates: likelihood %v, true rates' %v", nll.Value, *nll.Best)
	}
	// The mean rates are what bits per spike measures from; float32 sums of
	// 480 counts err by 1e-6.
	if v := got["bits per spike"].Value; !(math.Abs(v) <= 1e-6) {
		t.Errorf("mean rates score %v bits per spike, want 0", v)
	}
	if v := got["true rates"].Value; !(v < .05) {
		t.Errorf("R2 of flat rates = %v", v)
	}
}

// heldOut lets the encoders read the first neurons and bins only.
func heldOut(d *dataset.Dataset, heldIn, encodBins int) {
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		s.Encod = dataset.NewArray(s.Recon.Trials, encodBins, heldIn)
		for trial := range s.Recon.Trials {
			for bin := range encodBins {
				copy(s.Encod.Bin(trial, bin), s.Recon.Bin(trial, bin)[:heldIn])
			}
		}
	}
}

// Co-smoothing looks at held-out neurons in the bins that were read, forward
// prediction at all neurons in the bins after: rates elsewhere do not matter.
func TestWhereBitsAreScored(t *testing.T) {
	const heldIn, encodBins = 8, 30
	const co, fp = "co-bps (held-out neurons)", "fp-bps (forward bins)"
	d := lorenz(t)
	heldOut(d, heldIn, encodBins)
	want := scores(t, d, truth(d.Train), truth(d.Valid))
	for _, c := range []struct {
		what   string
		spoils func(bin, n int) bool
		co, fp bool // whether the score stays
	}{
		{"held-in rates in bins read", func(bin, n int) bool { return n < heldIn && bin < encodBins }, true, true},
		{"held-out rates in bins read", func(bin, n int) bool { return n >= heldIn && bin < encodBins }, false, true},
		{"rates in forward bins", func(bin, _ int) bool { return bin >= encodBins }, true, false},
	} {
		valid := truth(d.Valid)
		for trial := range valid.Rates.Trials {
			for bin := range bins {
				for n, r := range valid.Rates.Bin(trial, bin) {
					if c.spoils(bin, n) {
						valid.Rates.Bin(trial, bin)[n] = 3 * r
					}
				}
			}
		}
		got := scores(t, d, truth(d.Train), valid)
		for name, stays := range map[string]bool{co: c.co, fp: c.fp} {
			if same := got[name].Value == want[name].Value; same != stays {
				t.Errorf("%s spoilt: %s was %v, is %v", c.what, name, want[name].Value, got[name].Value)
			}
		}
	}
	if !(want[co].Value > .1) || !(want[fp].Value > .1) {
		t.Errorf("true rates score co-bps %v, fp-bps %v", want[co].Value, want[fp].Value)
	}
}

// Behaviour that is a weighted sum of rates is decoded from them, in the bins
// where there is any.
func TestBehavior(t *testing.T) {
	d := lorenz(t)
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		s.Behavior = dataset.NewArray(s.Truth.Trials, bins-10, 2)
		for trial := range s.Truth.Trials {
			for bin := range bins - 10 {
				for n, r := range s.Truth.Bin(trial, bin) {
					s.Behavior.Bin(trial, bin)[0] += float32(n) * r
					s.Behavior.Bin(trial, bin)[1] += float32(n%3-1) * r
				}
			}
		}
	}
	f := scores(t, d, truth(d.Train), truth(d.Valid))["behaviour from rates"]
	// Ridge's smallest penalty, 1e-4, costs rates with variances near .1 a
	// little in 1,440 bins.
	if !(f.Value > .9999) || len(f.PerOutput) != 2 {
		t.Errorf("R2 of behaviour = %v, %v", f.Value, f.PerOutput)
	}
	if n := len(f.Rival(evaluate.Smoothing).PerOutput); n != 2 {
		t.Errorf("smoothing is scored in %d outputs, want 2", n)
	}
	if smoothing(f) == nil || !(*smoothing(f) < f.Value) {
		t.Errorf("smoothing decodes behaviour with R2 %v", smoothing(f))
	}
}

// What a recording does not know is not scored.
func TestUnknownTruth(t *testing.T) {
	d := lorenz(t)
	train, valid := truth(d.Train), truth(d.Valid)
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		s.Truth, s.Latents = nil, nil
	}
	got := scores(t, d, train, valid)
	if want := []string{"PSTHs from rates", "bits per spike", "negative log likelihood"}; !slices.Equal(names(got), want) {
		t.Errorf("scored %q, want %q", names(got), want)
	}
	if f := got["negative log likelihood"]; f.Best != nil {
		t.Errorf("the likelihood of unknown rates is %v", *f.Best)
	}
	if _, ok := evaluate.Oracle(d, likelihood.Poisson{}, "poisson"); ok {
		t.Error("there is an oracle without true rates")
	}
}

// Without a bin width nothing can be smoothed; the model's own scores remain.
func TestUnknownBinWidth(t *testing.T) {
	d := lorenz(t)
	d.BinWidth = 0
	f := scores(t, d, truth(d.Train), truth(d.Valid))["true rates"]
	if f.Value != 1 || smoothing(f) != nil || f.Note != "" {
		t.Errorf("R2 %v, smoothing %v, note %q", f.Value, smoothing(f), f.Note)
	}
}

// A score that the numbers do not allow is skipped, and it is said why; the
// others are there.
func TestFactorsThatAreNotNumbers(t *testing.T) {
	d := lorenz(t)
	train := truth(d.Train)
	train.Factors = clone(train.Factors)
	train.Factors.Data[17] = float32(math.NaN())
	r := report(t, d, train, truth(d.Valid))
	if len(r.Skipped) != 1 || !strings.HasPrefix(r.Skipped[0], "scoring true states from factors: ") || len(r.Scores) != 5 {
		t.Errorf("skipped %q, scored %v", r.Skipped, r.Scores)
	}
}
