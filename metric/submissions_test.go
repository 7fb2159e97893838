package metric_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// judgedNear is how near nlb_tools' scores are: the same sums in float64 in another
// order, ridge regression of a problem that is well conditioned. 1e-6 is asked for.
const judgedNear = 1e-8

func compareVerdicts(t *testing.T, what string, got, want verdict) {
	t.Helper()
	near := func(name string, a, b *float64) {
		switch {
		case a == nil && b == nil:
		case a == nil || b == nil:
			t.Errorf("%s: %s: one has no score: %v, %v", what, name, a, b)
		case !(math.Abs(*a-*b) <= judgedNear*math.Abs(*b)):
			t.Errorf("%s: %s is %v, want %v", what, name, *a, *b)
		}
	}
	near("nll", &got.NLL, &want.NLL)
	near("bits per spike", &got.Bits, &want.Bits)
	near("PSTH R2", got.PSTH, want.PSTH)
	near("speed", got.Speed, want.Speed)
	near("velocity R2", got.Velocity, want.Velocity)
	if len(got.Neurons) != len(want.Neurons) {
		t.Fatalf("%s: %d neurons, want %d", what, len(got.Neurons), len(want.Neurons))
	}
	for n := range got.Neurons {
		near("bits of a neuron", got.Neurons[n], want.Neurons[n])
	}
}

// random returns numbers over lowest, up to 1 more.
func random(seed uint64, lowest float32, trials, bins, features int) *dataset.Array {
	from, a := rand.New(rand.NewPCG(seed, 0)), dataset.NewArray(trials, bins, features)
	for i := range a.Data {
		a.Data[i] = lowest + from.Float32()
	}
	return a
}

// counts are spikes, of which neuron n has up to n a bin: the first is silent.
func counts(seed uint64, trials, bins, neurons int) *dataset.Array {
	a := random(seed, 0, trials, bins, neurons)
	for i, v := range a.Data {
		a.Data[i] = float32(math.Floor(float64(v) * (.5 + float64(i%neurons))))
	}
	return a
}

// plain is rates of trials of three conditions, with velocities that follow some of
// the rates.
func plain() submission {
	s := submission{
		rates: random(1, .1, 20, 15, 8), spikes: counts(2, 20, 15, 8), psth: random(3, 0, 4, 15, 8),
		trainRates: random(4, .1, 30, 15, 8), trainVelocity: random(5, 0, 30, 15, 2), velocity: random(6, 0, 20, 15, 2),
	}
	for i := range 20 {
		s.row = append(s.row, int64(i%3)) // the fourth condition has no trial
	}
	follow(s.trainVelocity, s.trainRates)
	follow(s.velocity, s.rates)
	return s
}

func follow(velocity, rates *dataset.Array) {
	for row := range velocity.Trials * velocity.Bins {
		for o := range velocity.Features {
			velocity.Data[row*velocity.Features+o] += 2 * rates.Data[row*rates.Features+o]
		}
	}
}

// hostile is what data may be in the worst case: bins and trials that were not
// observed, rates of zero, spikes of a thousand in a bin, a PSTH that is constant,
// one that is not known everywhere.
func hostile() submission {
	s, missing := plain(), float32(math.NaN())
	for i := range 15 * 8 {
		s.spikes.Data[i] = missing
	}
	s.spikes.Data[200], s.spikes.Data[301], s.spikes.Data[402] = missing, 1000, 17
	for i := 500; i < 700; i += 3 {
		s.rates.Data[i] = 0
	}
	for i := 3; i < len(s.psth.Data); i += 8 {
		s.psth.Data[i] = .25
	}
	for i := range s.psth.Trial(1)[:3*8] {
		s.psth.Trial(1)[i] = missing
	}
	for i := range 2 * 4 {
		s.velocity.Data[i], s.trainVelocity.Data[30+i] = missing, missing
	}
	return s
}

// timing is trials of a timing task: what counts begins at another bin in each, and
// trials are moved before PSTHs are compared.
func timing() submission {
	s := submission{
		rates: random(11, .1, 24, 15, 6), spikes: counts(12, 24, 15, 6), psth: random(13, 0, 3, 15, 6),
		heldOut: counts(14, 24, 15, 2), timing: random(15, 0, 24, 1, 5),
	}
	for trial := range 24 {
		condition := int64(trial % 3)
		s.row, s.jitter = append(s.row, condition), append(s.jitter, int64(trial%5-2))
		for column := range 3 {
			s.timing.Bin(trial, 0)[column] = float32((condition >> column) & 1)
		}
		for bin := range 1 + trial%6 {
			s.heldOut.Bin(trial, bin)[0] = float32(math.NaN())
		}
	}
	for c := range s.psth.Trials { // what jitter leaves empty in some trial
		for _, bin := range []int{0, 1, 13, 14} {
			for n := range s.psth.Features {
				s.psth.Bin(c, bin)[n] = float32(math.NaN())
			}
		}
	}
	return s
}
