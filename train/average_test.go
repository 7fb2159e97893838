package train

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/synth"
)

// averaging has an average of a half-life kept.
func averaging(halfLife float64) func(*Config) {
	return func(c *Config) { c.AverageHalfLife = halfLife }
}

// The average is what its definition says, the sum of d^(n-k) p_k over that of
// d^(n-k), in float64 of the weights p_k after each step: to the roundings of as many
// float32 as count in it.
func TestAverageGolden(t *testing.T) {
	for _, halfLife := range []float64{.5, 3, 30, 1000} {
		m := newMember(t, Identity{Seed: 1}, 1, averaging(halfLife))
		d := math.Pow(2, -1/halfLife)
		sum, size, whole := make([]float64, len(m.average)), make([]float64, len(m.average)), 0.
		for n := 1; n <= 40; n++ {
			if _, err := m.Step(span(0, 9), n); err != nil {
				t.Fatal(err)
			}
			whole = d*whole + 1
			for i, p := range m.Model.Params {
				sum[i] = d*sum[i] + float64(p)
				size[i] = max(size[i], math.Abs(float64(p)))
				want := sum[i] / whole
				if tolerance := 6e-8 * size[i] * (1 + whole); !(math.Abs(float64(m.average[i])-want) <= tolerance) {
					t.Fatalf("half-life %v, step %d, weight %d: average %v, want %v", halfLife, n, i, m.average[i], want)
				}
			}
		}
	}
}

// A step counts half as much a half-life later, and the shares of all steps add up to 1.
func TestShareOfStep(t *testing.T) {
	for _, halfLife := range []float64{.01, .5, 1, 30, 1e6} {
		if first := shareOfStep(halfLife, 1); first != 1 {
			t.Errorf("half-life %v: the first step has the share %v, want 1", halfLife, first)
		}
	}
	left := 1.
	for n := 61; n > 31; n-- {
		left *= 1 - float64(shareOfStep(30, n))
	}
	later, now := float64(shareOfStep(30, 31))*left, float64(shareOfStep(30, 61))
	if !(math.Abs(later/now-.5) < 1e-5) {
		t.Errorf("after 61 steps the 31st has the share %v, the last %v: want half of it", later, now)
	}
}

// The average leaves training alone, and is what is validated and held out elements are
// scored with: as a member does whose weights it is.
func TestAverageIsValidated(t *testing.T) {
	change := func(halfLife float64) func(*Config) {
		return func(c *Config) { holding(c); c.AverageHalfLife = halfLife }
	}
	plain, m := newMember(t, Identity{Seed: 6}, 1, change(0)), newMember(t, Identity{Seed: 6}, 1, change(4))
	epochs(t, plain, 3)
	e := epochs(t, m, 3)
	if !slices.Equal(m.Model.Params, plain.Model.Params) || !slices.Equal(m.optimiser.V, plain.optimiser.V) {
		t.Fatal("an average changes training")
	}
	plain.epoch-- // draws and ramps are of the epoch under way
	if raw := plain.validate(); raw == e.Valid {
		t.Errorf("the weights themselves have the loss %v, too", raw)
	}
	copy(plain.Model.Params, m.State().Weights())
	plain.Model.Prepare()
	if valid, held := plain.validate(), plain.scoreHeldOut(); valid != e.Valid || held != e.HeldOut {
		t.Errorf("validation loss %v, held out %v; want %v and %v, those of the average", e.Valid, e.HeldOut, valid, held)
	}
}

// Stopping after any epoch changes no average, and whoever copies a member goes on
// with its average at its number of steps.
func TestAverageGoesWithTheWeights(t *testing.T) {
	whole := newMember(t, Identity{Seed: 4}, 1, averaging(5))
	epochs(t, whole, 3)
	for stop := 1; stop < 3; stop++ {
		first, second := newMember(t, Identity{Seed: 4}, 1, averaging(5)), newMember(t, Identity{Seed: 4}, 1, averaging(5))
		epochs(t, first, stop)
		if err := second.Resume(first.State()); err != nil {
			t.Fatal(err)
		}
		epochs(t, second, 3-stop)
		if digest(second) != digest(whole) {
			t.Errorf("stopping after %d of 3 epochs changes the result", stop)
		}
	}
	parent, child := whole.State(), newMember(t, Identity{Seed: 4, Member: 1, Generation: 1}, 1, averaging(5))
	if err := child.Inherit(parent); err != nil {
		t.Fatal(err)
	}
	if _, err := child.Step(span(0, 9), 0); err != nil {
		t.Fatal(err)
	}
	a := shareOfStep(5, parent.Step+1)
	for i, p := range child.Model.Params {
		if want := parent.Average[i] + float32(a*(p-parent.Average[i])); child.average[i] != want {
			t.Fatalf("weight %d: the average is %v after a copy and a step, want %v", i, child.average[i], want)
		}
	}
	if &parent.Average[0] == &child.average[0] {
		t.Error("a copy shares its parent's average")
	}
}

// An average is of all steps or none: a member that keeps one does not go on from a
// state without, nor the other way about.
func TestAverageFits(t *testing.T) {
	with, without := newMember(t, Identity{}, 1, averaging(5)), newMember(t, Identity{}, 1, nil)
	half := with.State()
	half.Average = half.Average[:3]
	for _, c := range []struct {
		m    *Member
		s    *checkpoint.State
		want string
	}{
		{with, without.State(), "holds no running average"},
		{without, with.State(), "average_half_life is 0"},
		{with, half, "average of 3 weights"},
	} {
		if err := c.m.Inherit(c.s); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

// BenchmarkAverage times what a step adds for the average, in a model of default size,
// and says its share of a step on one core, in per cent.
func BenchmarkAverage(b *testing.B) {
	d, err := synth.Lorenz(synth.DefaultLorenz())
	if err != nil {
		b.Fatal(err)
	}
	c := DefaultConfig()
	c.AverageHalfLife = 30
	m, err := New(lfads.DefaultConfig(), c, d, Identity{}, lfads.Threads(1))
	if err != nil {
		b.Fatal(err)
	}
	var steps, averages []time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := m.Step(span(0, c.BatchSize), 0); err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		m.followSteps()
		steps, averages = append(steps, middle.Sub(start)), append(averages, time.Since(middle))
	}
	slices.Sort(steps)
	slices.Sort(averages)
	step, average := steps[len(steps)/2], averages[len(averages)/2]
	b.ReportMetric(float64(average.Microseconds()), "µs/average")
	b.ReportMetric(100*average.Seconds()/step.Seconds(), "%-of-step")
	b.ReportMetric(float64(len(m.average)), "weights")
}
