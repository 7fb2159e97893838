package evaluate_test

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/likelihood"
)

// moving gives d behaviour in the first bins: two weighted sums of rates.
func moving(d *dataset.Dataset, bins int) {
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		s.Behavior = dataset.NewArray(s.Truth.Trials, bins, 2)
		for trial := range s.Truth.Trials {
			for bin := range bins {
				for n, r := range s.Truth.Bin(trial, bin) {
					s.Behavior.Bin(trial, bin)[0] += float32(n) * r
					s.Behavior.Bin(trial, bin)[1] += float32(n%3-1) * r
				}
			}
		}
	}
}

// fill sets one output of an array everywhere.
func fill(a *dataset.Array, output int, v float32) {
	for i := output; i < len(a.Data); i += a.Features {
		a.Data[i] = v
	}
}

// Outputs without R2 are left out and told, as are bins where any output is no
// number; the rest scores as if they were not there.
func TestOutputsWithoutR2(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(-1))
	healthy := lorenz(t)
	moving(healthy, 30)
	want := *behavior(t, healthy).PerOutput[0]
	for _, c := range []struct {
		what    string
		harm    func(train, valid *dataset.Array)
		null    bool   // output 1 has no R2
		note    string // part of the note
		decoded float32
	}{
		{"constant", func(train, valid *dataset.Array) { fill(train, 1, .1); fill(valid, 1, .1) }, true, "1 of 2 outputs constant", .1},
		{"constant in training", func(train, _ *dataset.Array) { fill(train, 1, 3) }, true, "1 of 2 outputs constant", 3},
		{"without a number", func(train, valid *dataset.Array) { fill(train, 1, nan); fill(valid, 1, nan) }, true, "1 of 2 outputs constant or without numbers", nan},
		{"without a number in validation", func(_, valid *dataset.Array) { fill(valid, 1, inf) }, true, "1 of 2 outputs constant or without numbers", nan},
	} {
		d := lorenz(t)
		moving(d, 30)
		c.harm(d.Train.Behavior, d.Valid.Behavior)
		f := behavior(t, d)
		// The same problem for output 0: only the alpha may be another.
		if len(f.PerOutput) != 2 || math.Abs(*f.PerOutput[0]-want) > 1e-5 || f.Value != *f.PerOutput[0] {
			t.Errorf("%s: R2 %v, output 0 %v, want %v", c.what, f.Value, *f.PerOutput[0], want)
		}
		if (f.PerOutput[1] == nil) != c.null || !strings.Contains(f.Note, c.note) || smoothing(f) == nil {
			t.Errorf("%s: output 1 %v, smoothing %v, note %q", c.what, f.PerOutput[1], smoothing(f), f.Note)
		}
		r := report(t, d, truth(d.Train), truth(d.Valid))
		got := r.Decoded[0].Bin(2, 5)
		if got[1] != c.decoded && (got[1] == got[1] || c.decoded == c.decoded) || math.Abs(float64(got[0]/d.Valid.Behavior.Bin(2, 5)[0]-1)) > .01 {
			t.Errorf("%s: decoded %v, behaviour %v", c.what, got, d.Valid.Behavior.Bin(2, 5))
		}
	}
}

// behavior returns the score of behaviour, which must be there.
func behavior(t *testing.T, d *dataset.Dataset) evaluate.Score {
	t.Helper()
	return scores(t, d, truth(d.Train), truth(d.Valid))["behaviour from rates"]
}

func TestBinsWithoutBehaviour(t *testing.T) {
	d := lorenz(t)
	moving(d, 30)
	d.Train.Behavior.Bin(3, 7)[1] = float32(math.NaN())
	d.Train.Behavior.Bin(4, 0)[0] = float32(math.Inf(1))
	fill(&dataset.Array{Features: 1, Data: d.Valid.Behavior.Trial(0)}, 0, float32(math.NaN()))
	f := behavior(t, d)
	for _, part := range []string{"2 of 1440 training bins left out", "30 of 360 validation bins left out"} {
		if !strings.Contains(f.Note, part) {
			t.Errorf("note %q does not say %q", f.Note, part)
		}
	}
	if !(f.Value > .9999) { // as without the gaps
		t.Errorf("R2 %v", f.Value)
	}
}

// What cannot be scored is a sentence, and the other scores are there.
func TestWhatCannotBeScored(t *testing.T) {
	nan := float32(math.NaN())
	for _, c := range []struct {
		what, says string
		harm       func(d *dataset.Dataset)
	}{
		{"no behaviour in training", "behaviour from rates: none of 2 outputs varies", func(d *dataset.Dataset) { fill(d.Train.Behavior, 0, nan); fill(d.Train.Behavior, 1, nan) }},
		{"outputs never together", "behaviour from rates: none of 2 outputs varies", func(d *dataset.Dataset) {
			for i := range d.Train.Behavior.Data {
				if i%2 == i/2%2 {
					d.Train.Behavior.Data[i] = nan
				}
			}
		}},
		{"all constant", "behaviour from rates: none of 2 outputs varies", func(d *dataset.Dataset) { fill(d.Train.Behavior, 0, .1); fill(d.Train.Behavior, 1, .2) }},
		{"constant in validation", "behaviour from rates: what is compared with is constant", func(d *dataset.Dataset) { fill(d.Valid.Behavior, 0, .1); fill(d.Valid.Behavior, 1, .2) }},
		{"other bins", "behaviour from rates: training trials have 48 trials x 30 bins x 2, validation trials 12 trials x 20 bins x 2", func(d *dataset.Dataset) { d.Valid.Behavior = d.Valid.Behavior.FirstBins(20) }},
		{"more bins than rates", "behaviour from rates: ", func(d *dataset.Dataset) {
			d.Train.Behavior, d.Valid.Behavior = dataset.NewArray(48, 400, 1), dataset.NewArray(12, 400, 1)
			d.Train.Behavior.Data[0] = 1
		}},
		{"other trials", "behaviour from rates: ", func(d *dataset.Dataset) {
			d.Train.Behavior.Trials, d.Train.Behavior.Data = 5, d.Train.Behavior.Data[:5*60]
		}},
	} {
		d := lorenz(t)
		moving(d, 30)
		c.harm(d)
		r := report(t, d, truth(d.Train), truth(d.Valid))
		if len(r.Skipped) != 1 || !strings.HasPrefix(r.Skipped[0], "scoring "+c.says) {
			t.Errorf("%s: skipped %q, want one with %q", c.what, r.Skipped, c.says)
		}
		if len(r.Scores) != 6 || r.Decoded != nil {
			t.Errorf("%s: scored %v", c.what, r.Scores)
		}
	}
}

// True states with gaps are scored where they are numbers.
func TestStatesWithGaps(t *testing.T) {
	d := lorenz(t)
	train, valid := truth(d.Train), truth(d.Valid)
	train.Factors, valid.Factors = clone(train.Factors), clone(valid.Factors)
	d.Train.Latents.Bin(1, 2)[1], d.Valid.Latents.Bin(0, 0)[2] = float32(math.NaN()), float32(math.Inf(1))
	f := scores(t, d, train, valid)["true states from factors"]
	if !(math.Abs(f.Value-1) <= 1e-9) || !strings.Contains(f.Note, "1 of 1920 training bins left out") || !strings.Contains(f.Note, "1 of 480 validation bins") {
		t.Errorf("R2 %v, note %q", f.Value, f.Note)
	}
}

// Data that are no counts are scored by R2 of their means, channel by channel.
func TestMeans(t *testing.T) {
	d := lorenz(t)
	moving(d, 30)
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		for i := range s.Recon.Data {
			s.Recon.Data[i] = s.Truth.Data[i] - .4 + .2*float32(i/neurons%2) // negative, too; the residual is .4 or .2
		}
		fill(s.Recon, 3, 1)
	}
	r, err := evaluate.Scores(t.Context(), d, evaluate.Candidate{Train: truth(d.Train), Valid: truth(d.Valid)}, nil, evaluate.Options{Smoothing: true, Likelihood: likelihood.Gaussian{}})
	if err != nil || r.Skipped != nil {
		t.Fatal(err, r.Skipped)
	}
	var names []string
	for _, f := range r.Scores {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, ", "); got != "data from means, true rates, true states from factors, behaviour from rates" {
		t.Fatalf("scored %s", got)
	}
	want, each := 0., r.Scores[0].PerOutput
	for n := range neurons {
		if n == 3 {
			if each[n] != nil {
				t.Errorf("a constant channel has an R2 of %v", *each[n])
			}
			continue
		}
		var sum, squares, missed, rows float64
		for i := n; i < len(d.Valid.Recon.Data); i += neurons {
			v := float64(d.Valid.Recon.Data[i])
			sum, squares, missed, rows = sum+v, squares+v*v, missed+math.Pow(v-float64(d.Valid.Truth.Data[i]), 2), rows+1
		}
		r2 := 1 - missed/(squares-sum*sum/rows)
		if math.Abs(*each[n]-r2) > 1e-9*math.Abs(r2) {
			t.Errorf("channel %d has %v, want %v", n, *each[n], r2)
		}
		want += r2 / (neurons - 1)
	}
	// Squares less the square of the mean lose a few digits.
	if f := r.Scores[0]; math.Abs(f.Value-want) > 1e-9*math.Abs(want) || f.Unit != "R2" || f.Note != "1 of 12 channels constant: no R2, not in the mean" {
		t.Errorf("%+v, want %v", f, want)
	}
}
