package evaluate_test

import (
	"context"
	"errors"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/synth"
)

// many is a set with more bins than choose a kernel.
func many(t *testing.T) *dataset.Dataset {
	t.Helper()
	o := synth.DefaultLorenz()
	o.Seed, o.Conditions, o.TrialsPerCondition, o.Neurons, o.Bins, o.MeanRateHz = 4, 6, 200, 10, 40, 30
	d, err := synth.Lorenz(o)
	if err != nil {
		t.Fatal(err)
	}
	moving(d, 30)
	return d
}

// The kernel of a large set is chosen on a part of it, which is said; how far
// each step is, is told from its beginning to its end.
func TestLargeSets(t *testing.T) {
	d := many(t)
	if bins := d.Train.Recon.Trials * d.Train.Recon.Bins; bins <= 20000 || bins > 40000 {
		t.Fatalf("%d bins", bins)
	}
	var steps []string
	last := map[string][2]int{}
	r, err := evaluate.Scores(t.Context(), d, evaluate.Candidate{Train: truth(d.Train), Valid: truth(d.Valid)}, nil, evaluate.Options{Smoothing: true, Likelihood: likelihood.Poisson{}, Progress: func(step string, done, total int) {
		if len(steps) == 0 || steps[len(steps)-1] != step {
			steps = append(steps, step)
		}
		if was := last[step]; done < was[0] || done > total {
			t.Errorf("%s: %d of %d after %v", step, done, total, was)
		}
		last[step] = [2]int{done, total}
	}})
	if err != nil || r.Skipped != nil {
		t.Fatal(err, r.Skipped)
	}
	for _, f := range r.Scores[1:] {
		if smoothing(f) == nil || !strings.Contains(smoothingNote(f), "chosen on training trials (one in 2)") {
			t.Errorf("%s: smoothing %v, note %q", f.Name, smoothing(f), smoothingNote(f))
		}
	}
	want := []string{
		"smoothing: bits per spike", "smoothing: true rates", "smoothing: true log rates", "true states from factors", "smoothing: true states from factors",
		"PSTHs: choosing a kernel", "smoothing: PSTHs from rates",
		"behaviour from rates", "smoothing: behaviour from rates",
	}
	if !slices.Equal(steps, want) {
		t.Errorf("steps %q, want %q", steps, want)
	}
	for step, at := range last {
		if at[0] < at[1]*8/9 {
			t.Errorf("%s: told up to %d of %d", step, at[0], at[1])
		}
	}
}

// Told to end, the scoring does, wherever it is.
func TestScoringEnds(t *testing.T) {
	d := many(t)
	for at := range 12 {
		ctx, cancel := context.WithCancel(t.Context())
		var calls atomic.Int64
		r, err := evaluate.Scores(ctx, d, evaluate.Candidate{Train: truth(d.Train), Valid: truth(d.Valid)}, nil, evaluate.Options{Smoothing: true, Likelihood: likelihood.Poisson{}, Progress: func(string, int, int) {
			if calls.Add(1) > int64(at*at*at) {
				cancel()
			}
		}})
		if !errors.Is(err, context.Canceled) || r.Scores != nil {
			t.Errorf("ended at %d: %v, %v", at, r.Scores, err)
		}
		cancel()
	}
}

// What scoring is said to hold is what it holds, if garbage is collected as
// soon as it is there, and not much more.
func TestMemory(t *testing.T) {
	d := many(t)
	d.Train.Latents, d.Train.Truth, d.BinWidth = nil, nil, d.BinWidth/2
	train, valid := truth(d.Valid), truth(d.Valid)
	train.Rates = dataset.NewArray(d.Train.Recon.Trials, d.Train.Recon.Bins, d.Train.Recon.Features)
	copy(train.Rates.Data, d.Train.Recon.Data)
	defer debug.SetGCPercent(debug.SetGCPercent(5))
	heap := func() int64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	runtime.GC()
	before, most := heap(), int64(0)
	r, err := evaluate.Scores(t.Context(), d, evaluate.Candidate{Train: train, Valid: valid}, nil, evaluate.Options{Smoothing: true, Likelihood: likelihood.Poisson{}, Progress: func(string, int, int) { most = max(most, heap()) }})
	if err != nil || r.Skipped != nil || len(r.Scores) != 4 {
		t.Fatal(err, r)
	}
	held, said := most-before, evaluate.Memory(d, 0)
	if held > said+before/10 || held < said/4 { // a twentieth of all is garbage, perhaps
		t.Errorf("held %d bytes, said %d", held, said)
	}
	runtime.KeepAlive(d)
}
