package work

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/rng"
	"github.com/autolfads/autolfads/train"
)

// trained returns the state of a small model after an epoch, on trials that lack
// elements, and all of one of them.
func trained(t *testing.T, variational bool) (config.Config, *dataset.Dataset, *checkpoint.State) {
	t.Helper()
	c, d := oneStepEpochs(t)
	c.Model.Variational = variational
	missing := float32(math.NaN())
	d.Valid.Recon.Data[5] = missing
	last := d.Valid.Recon.Trial(d.Valid.Trials() - 1)
	for i := range last {
		last[i] = missing
	}
	m, err := train.New(c.Model, c.Train, d, train.Identity{Seed: 1}, lfads.Threads(1))
	if err == nil {
		_, err = m.RunEpoch(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return c, d, m.State()
}

// oneDraw has the random numbers of one draw.
type oneDraw struct{ seed, draw uint64 }

func (o oneDraw) Fill(dst []float32, purpose rng.Purpose, trial, bin int) {
	rng.Derive(o.seed, purpose, uint64(rng.Review), o.draw, uint64(trial)).Normals(dst, bin)
}

// A review is the mean of the losses that each trial alone has in each draw, whatever is
// scored together.
func TestReview(t *testing.T) {
	c, d, s := trained(t, true)
	m, err := Restore(&c, d, s, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, draws := range []int{1, 3, 40} {
		got, err := (&Reviewer{&c, d, draws, 7, lfads.Threads(2)}).Review(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		for trial, loss := range got {
			want := 0.
			for draw := range draws {
				pass := lfads.Pass{Noise: oneDraw{7, uint64(draw)}, ByTrial: make([]float64, 1)}
				b := lfads.Batch{Data: m.NewData(d.Valid), Trials: []int{trial}}
				lfads.NewCPU(m, 1).Evaluate(b, &lfads.Objective{}, &pass)
				want += pass.ByTrial[0]
			}
			if want /= float64(draws); loss != want {
				t.Errorf("%d draws: the loss of trial %d is %v, want %v", draws, trial, loss, want)
			}
		}
		if last := got[len(got)-1]; !(math.Abs(last) < 1e-30) {
			t.Errorf("a trial of which nothing was observed has the loss %v", last)
		}
	}
}

// The same bits for any number of threads and on every instruction set with fused
// multiply-adds; another seed has others, and more draws, too.
func TestReviewHasTheSameBits(t *testing.T) {
	c, d, s := trained(t, true)
	review := func(draws int, seed uint64, threads int) []float64 {
		losses, err := (&Reviewer{&c, d, draws, seed, lfads.Threads(threads)}).Review(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		return losses
	}
	class, want := kernel.Bits(), review(20, 7, 1)
	for _, level := range kernel.Levels() {
		restore := kernel.Use(level)
		for _, threads := range []int{1, 2, 5} {
			if got := review(20, 7, threads); kernel.Bits() == class && !slices.Equal(got, want) {
				t.Errorf("%v, %d threads: %v, want %v", level, threads, got, want)
			}
		}
		restore()
	}
	for name, other := range map[string][]float64{"another seed": review(20, 8, 1), "more draws": review(21, 7, 1)} {
		if slices.Equal(other, want) {
			t.Errorf("%s gives the same losses", name)
		}
	}
}

// A model that is not variational has one sample, whatever is asked for.
func TestReviewWithoutSamples(t *testing.T) {
	c, d, s := trained(t, false)
	one, err := (&Reviewer{&c, d, 1, 7, lfads.Threads(1)}).Review(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if many, err := (&Reviewer{&c, d, 9, 8, lfads.Threads(1)}).Review(t.Context(), s); err != nil || !slices.Equal(one, many) {
		t.Errorf("%v, %v; want %v", many, err, one)
	}
}

func TestReviewStops(t *testing.T) {
	c, d, s := trained(t, true)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if losses, err := (&Reviewer{&c, d, 2, 7, lfads.Threads(1)}).Review(ctx, s); losses != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("after its context ended: %v, %v", losses, err)
	}
	s.Names[0] = "another"
	if _, err := (&Reviewer{&c, d, 2, 7, lfads.Threads(1)}).Review(t.Context(), s); err == nil {
		t.Error("the checkpoint of another model is reviewed")
	}
}

func BenchmarkReview(b *testing.B) {
	c, d := config.Default(), &dataset.Dataset{}
	src := rng.NewSource(rng.Derive(1, rng.Synthesis))
	counts := dataset.NewArray(26, 100, 162)
	for i := range counts.Data {
		counts.Data[i] = float32(src.IntN(20) / 19)
	}
	d.Train = &dataset.Split{Encod: counts, Recon: counts}
	d.Valid = d.Train
	m, err := train.New(c.Model, c.Train, d, train.Identity{Seed: 1}, lfads.Threads(1))
	if err != nil {
		b.Fatal(err)
	}
	state := m.State()
	for b.Loop() {
		if _, err := (&Reviewer{&c, d, 32, 7, lfads.Threads(2)}).Review(b.Context(), state); err != nil {
			b.Fatal(err)
		}
	}
}
