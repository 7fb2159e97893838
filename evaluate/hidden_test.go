package evaluate_test

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/likelihood"
)

var nan = float32(math.NaN())

// hide makes spikes missing.
func hide(s *dataset.Split, hidden func(trial, bin, neuron int) bool) {
	for i := range s.Recon.Data {
		if hidden(i/neurons/bins, i/neurons%bins, i%neurons) {
			s.Recon.Data[i] = nan
		}
	}
}

func scattered(trial, bin, neuron int) bool { return (trial*7+bin*3+neuron*11)%10 < 3 }

func noneAt(int, int, int) bool { return false }

// spoil gives rates far from true where spikes are missing, or where they are not.
func spoil(s *dataset.Split, missing bool) evaluate.Inferred {
	m := truth(s)
	for i, k := range s.Recon.Data {
		if (k != k) == missing {
			m.Rates.Data[i] = 7
		}
	}
	return m
}

// What was not observed counts in no score of spikes, whatever its rates.
func TestMissingSpikesAreNotScored(t *testing.T) {
	d := lorenz(t)
	hide(d.Train, scattered)
	hide(d.Valid, scattered)
	known, other := scores(t, d, truth(d.Train), truth(d.Valid)), scores(t, d, truth(d.Train), spoil(d.Valid, true))
	for _, name := range []string{"negative log likelihood", "bits per spike"} {
		if v := known[name].Value; v != other[name].Value || !(math.Abs(v) > .01) {
			t.Errorf("%s is %v, and %v with other rates where nothing was observed", name, v, other[name].Value)
		}
	}
	if nll := known["negative log likelihood"]; nll.Best == nil || *nll.Best != nll.Value {
		t.Errorf("the true rates score %v, and %v as the oracle", nll.Value, nll.Best)
	}
	for name, f := range known { // smoothed rates near 0 have logarithms far from any truth
		if strings.HasPrefix(name, "true") && name != "true log rates" && (smoothing(f) == nil || !(*smoothing(f) > .1)) {
			t.Errorf("%s: smoothing scores %v: %s", name, smoothing(f), f.Note)
		}
	}
}

// Where spikes are missing, rates are compared with true rates by themselves.
func TestTrueRatesAtMissingBins(t *testing.T) {
	const name = "true rates at missing bins"
	dead := func(trial, bin, neuron int) bool { return neuron == 5 || scattered(trial, bin, neuron) }
	for _, c := range []struct {
		what         string
		train, valid func(trial, bin, neuron int) bool
		note         string // "": there is no such score
	}{
		{"in both", scattered, scattered, "of 1728 of 5760 values"},
		{"in validation alone", noneAt, scattered, "of 1728 of 5760 values"},
		{"in training alone", scattered, noneAt, ""},
		{"in neither", noneAt, noneAt, ""},
		{"a neuron never observed", dead, scattered, "of 1584 of 5760 values, without 1 neuron never observed in training"},
		{"a neuron never observed, alone", dead, func(_, _, neuron int) bool { return neuron == 5 }, ""},
	} {
		d := lorenz(t)
		hide(d.Train, c.train)
		hide(d.Valid, c.valid)
		f, scored := scores(t, d, truth(d.Train), spoil(d.Valid, false))[name]
		if scored != (c.note != "") {
			t.Errorf("%s: scored %v, note %q", c.what, scored, f.Note)
		}
		if !scored {
			continue
		}
		if f.Value != 1 || f.Note != c.note {
			t.Errorf("%s: true rates there, others elsewhere: %v, %q, want %q", c.what, f.Value, f.Note, c.note)
		}
		if smoothing(f) == nil || !(*smoothing(f) > .1 && *smoothing(f) < .99) {
			t.Errorf("%s: smoothing scores %v", c.what, smoothing(f))
		}
		if v := scores(t, d, truth(d.Train), spoil(d.Valid, true))[name].Value; !(v < 0) {
			t.Errorf("%s: other rates there score %v", c.what, v)
		}
	}
}

// Of a neuron that was never observed in training nothing is learned: true rates are
// those of the others.
func TestTrueRatesOfNeuronsNeverObserved(t *testing.T) {
	d := lorenz(t)
	dead := func(_, _, neuron int) bool { return neuron == 5 }
	hide(d.Train, dead)
	m := truth(d.Valid)
	for i := 5; i < len(m.Rates.Data); i += neurons {
		m.Rates.Data[i] = 7
	}
	f := scores(t, d, truth(d.Train), m)["true rates"]
	if f.Value != 1 || smoothing(f) == nil || !(*smoothing(f) > .1) || f.Note != "without 1 neuron never observed in training" {
		t.Errorf("true rates but for that neuron's score %v, smoothing %v: %s", f.Value, smoothing(f), f.Note)
	}
}

// Where nothing was observed near, smoothing says the neuron's mean, and that it
// does.
func TestSmoothingFarFromSpikes(t *testing.T) {
	d := lorenz(t)
	hide(d.Train, func(trial, _, neuron int) bool { return trial == 3 || neuron == 4 })
	hide(d.Valid, func(trial, _, neuron int) bool { return trial == 1 || neuron == 4 })
	got := scores(t, d, truth(d.Train), truth(d.Valid))
	for _, name := range []string{"true rates", "true states from factors", "true rates at missing bins"} {
		f := got[name]
		if smoothing(f) == nil || !(*smoothing(f) > .01) != (name == "true rates at missing bins") {
			t.Errorf("%s: smoothing scores %v", name, smoothing(f))
		}
		// A trial of 40 bins and 12 neurons, and one neuron of 11 others.
		if !strings.Contains(smoothingNote(f), ", and the neuron's mean in 920 of 5760 values with nothing observed near") {
			t.Errorf("%s: note %q", name, smoothingNote(f))
		}
	}
}

// Means of data are compared with what was observed of them.
func TestMissingDataThatAreNotCounts(t *testing.T) {
	d := lorenz(t)
	means := clone(d.Valid.Recon)
	hide(d.Valid, scattered)
	for i, v := range d.Valid.Recon.Data {
		if v != v {
			means.Data[i] = -3
		}
	}
	r, err := evaluate.Scores(t.Context(), d, evaluate.Candidate{Train: truth(d.Train), Valid: evaluate.Inferred{Rates: means}}, nil, evaluate.Options{Smoothing: true, Likelihood: likelihood.Gaussian{}})
	if err != nil || r.Scores[0].Name != "data from means" || r.Scores[0].Value != 1 || !strings.Contains(r.Scores[0].Note, "values were not observed and are left out") {
		t.Errorf("%v: %+v", err, r.Scores)
	}
}

// True rates where nothing was observed take memory, too.
func TestMemoryWithMissing(t *testing.T) {
	d := lorenz(t)
	d.Train.Latents = nil // a decoder would take more
	whole := evaluate.Memory(d, 3)
	hide(d.Valid, scattered)
	if more := evaluate.Memory(d, 3) - whole; more <= 0 {
		t.Errorf("%d bytes more than without missing values", more)
	}
}
