package train

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math"
	"testing"
	"unsafe"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/synth"
)

// small is a Lorenz set and a model that train in milliseconds.
func small(t testing.TB) (*dataset.Dataset, lfads.Config, Config) {
	t.Helper()
	o := synth.DefaultLorenz()
	o.Conditions, o.TrialsPerCondition, o.Neurons, o.Bins = 5, 20, 12, 20
	d, err := synth.Lorenz(o)
	if err != nil {
		t.Fatal(err)
	}
	m := lfads.DefaultConfig()
	m.GeneratorDim, m.Factors, m.InitialConditionDim = 20, 6, 8
	m.ICEncoderDim, m.CIEncoderDim, m.ControllerDim, m.InferredInputs = 12, 10, 10, 2
	c := DefaultConfig()
	c.AverageHalfLife = 0                                  // where a test is of it, it sets one
	c.BatchSize, c.KLRampEpochs, c.L2RampEpochs = 45, 3, 3 // blocks of 32, 16 and 8 trials
	return d, m, c
}

func newMember(t testing.TB, id Identity, threads int, change func(*Config)) *Member {
	t.Helper()
	d, model, c := small(t)
	if change != nil {
		change(&c)
	}
	m, err := New(model, c, d, id, lfads.Threads(threads))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func epochs(t testing.TB, m *Member, n int) Epoch {
	t.Helper()
	var e Epoch
	for range n {
		var err error
		if e, err = m.RunEpoch(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

// A new member's readout starts at the log of each neuron's mean rate over the
// training trials, not at 0.
func TestStartsAtMeanRates(t *testing.T) {
	d, _, _ := small(t)
	m := newMember(t, Identity{Seed: 1}, 1, nil)
	for _, tensor := range m.Model.Layout.Tensors {
		if tensor.Name != "readout.bias" {
			continue
		}
		for n, got := range tensor.Of(m.Model.Params) {
			spikes := 0.
			for i := n; i < len(d.Train.Recon.Data); i += d.Train.Recon.Features {
				spikes += float64(d.Train.Recon.Data[i])
			}
			want := math.Log(spikes / float64(d.Train.Recon.Trials*d.Train.Recon.Bins))
			if !(math.Abs(float64(got)-want) <= 1e-6) {
				t.Errorf("neuron %d starts at %v, want %v", n, got, want)
			}
		}
		return
	}
	t.Error("no tensor readout.bias")
}

// digest is a checksum of the bits of a member's state.
func digest(m *Member) string {
	s := m.State()
	h := sha256.New()
	for _, x := range [][]float32{s.Params, s.AdamM, s.AdamV, s.Average} {
		if x == nil {
			continue
		}
		h.Write(unsafe.Slice((*byte)(unsafe.Pointer(&x[0])), 4*len(x)))
	}
	score := math.Float64bits(s.Score)
	h.Write(unsafe.Slice((*byte)(unsafe.Pointer(&score)), 8))
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// The same bits for any number of threads.
func TestThreadsGiveTheSameBits(t *testing.T) {
	one := newMember(t, Identity{Seed: 1}, 1, nil)
	epochs(t, one, 3)
	for _, threads := range []int{2, 3} {
		m := newMember(t, Identity{Seed: 1}, threads, nil)
		epochs(t, m, 3)
		if digest(m) != digest(one) {
			t.Errorf("%d threads and 1 give different bits", threads)
		}
	}
}

// Stopping after any epoch and going on later changes nothing.
func TestResume(t *testing.T) {
	whole := newMember(t, Identity{Seed: 4}, 1, nil)
	for stop := 1; stop < 5; stop++ {
		first := newMember(t, Identity{Seed: 4}, 1, nil)
		for range stop {
			epochs(t, first, 1)
			first.Advance()
		}
		second := newMember(t, Identity{Seed: 4}, 1, nil)
		if err := second.Resume(first.State()); err != nil {
			t.Fatal(err)
		}
		for range 5 - stop {
			epochs(t, second, 1)
			second.Advance()
		}
		if stop == 1 {
			for range 5 {
				epochs(t, whole, 1)
				whole.Advance()
			}
		}
		if digest(second) != digest(whole) {
			t.Errorf("stopping after %d of 5 epochs changes the result", stop)
		}
	}
}

// After a copy the very next step uses the new learning rate: a step of Adam is
// proportional to it, so with equal gradients and moments (equal parents, equal
// random numbers) twice the rate moves every weight twice as far.
func TestInheritUsesNewRate(t *testing.T) {
	parent := newMember(t, Identity{Seed: 2}, 1, nil)
	epochs(t, parent, 2)
	state := parent.State()
	step := func(rate float64) []float64 {
		child := newMember(t, Identity{Seed: 2, Member: 1, Generation: 1}, 1, func(c *Config) { c.LearningRate = rate })
		if err := child.Inherit(state); err != nil {
			t.Fatal(err)
		}
		if _, err := child.Step(span(0, 45), 0); err != nil {
			t.Fatal(err)
		}
		moved := make([]float64, len(state.Params))
		for i, p := range child.Model.Params {
			moved[i] = float64(p) - float64(state.Params[i])
		}
		return moved
	}
	slow, fast := step(1e-3), step(2e-3)
	for i := range slow {
		// Parameters of size 1 are rounded to 6e-8.
		if math.Abs(fast[i]-2*slow[i]) > 3e-7 {
			t.Fatalf("parameter %d moved by %v at rate 1e-3 and %v at 2e-3", i, slow[i], fast[i])
		}
	}
}

func TestDivergenceIsNamed(t *testing.T) {
	m := newMember(t, Identity{Seed: 3}, 1, nil)
	epochs(t, m, 1)
	m.Model.Params[m.Model.Layout.Tensors[0].Offset] = float32(math.NaN())
	m.Model.Prepare()
	_, err := m.RunEpoch(context.Background())
	var diverged *Diverged
	if !errors.As(err, &diverged) {
		t.Fatalf("a NaN weight gives %v, want *Diverged", err)
	}
	if diverged.Epoch != 2 || diverged.Tensor == "" {
		t.Errorf("epoch %d, tensor %q", diverged.Epoch, diverged.Tensor)
	}
}

// The smoothed score is .3 before + .7 now, from the first epoch's on.
func TestScore(t *testing.T) {
	m := newMember(t, Identity{Seed: 5}, 1, nil)
	first := epochs(t, m, 1)
	if first.Score != first.Valid {
		t.Errorf("first score %v, first loss %v", first.Score, first.Valid)
	}
	second := epochs(t, m, 1)
	if want := .3*first.Score + .7*second.Valid; math.Abs(second.Score-want) > 1e-12 {
		t.Errorf("second score %v, want %v", second.Score, want)
	}
}

// The learning rate is cut when the score has not improved for more than the
// patience, and training stops by patience after the ramps or at the end.
func TestSchedule(t *testing.T) {
	m := newMember(t, Identity{}, 1, func(c *Config) {
		c.LearningRate, c.LearningRateDecay, c.LearningRatePatience, c.LearningRateMin = 1, .5, 2, .3
		c.KLRampEpochs, c.L2RampEpochs, c.EarlyStopPatience, c.MaxEpochs = 4, 0, 3, 100
	})
	for i, want := range []struct {
		score, rate float64
		best, stop  bool
	}{
		{5, 1, true, false},
		{6, 1, false, false},
		{6, 1, false, false},
		{6, .5, false, false},
		{4, .5, true, false},
		{4, .5, false, false},
		{4, .5, false, false},
		{4, .3, false, true},
	} {
		m.epoch, m.score = i+1, want.score
		best, stop := m.Advance()
		if best != want.best || stop != want.stop || m.LearningRate() != want.rate {
			t.Errorf("epoch %d: best %v, stop %v, rate %v; want %+v", i+1, best, stop, m.LearningRate(), want)
		}
	}
}

// A member of a population notes the best epoch of its generation, from the end of the
// ramps on; its learning rate stays, and a new generation begins with none.
func TestKeepBest(t *testing.T) {
	change := func(c *Config) { c.KLRampEpochs, c.L2RampEpochs, c.LearningRatePatience = 2, 3, 0 }
	m := newMember(t, Identity{}, 1, change)
	rate := m.LearningRate()
	for i, want := range []struct {
		score float64
		best  int
	}{{1, 0}, {2, 0}, {5, 3}, {6, 3}, {4, 5}, {4, 5}, {7, 5}} {
		m.epoch, m.score = i+1, want.score
		m.KeepBest()
		if m.Schedule().BestEpoch != want.best || m.LearningRate() != rate {
			t.Errorf("epoch %d: best %d, rate %v; want %d, %v", i+1, m.Schedule().BestEpoch, m.LearningRate(), want.best, rate)
		}
	}
	next := newMember(t, Identity{Generation: 1}, 1, change)
	if err := next.Inherit(m.State()); err != nil {
		t.Fatal(err)
	}
	next.epoch, next.score = 8, 9
	if next.KeepBest(); next.Schedule().BestEpoch != 8 {
		t.Errorf("the next generation's first epoch is not its best: %+v", next.Schedule())
	}
}
