package augment

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// What is held out is neither read nor observed, held-out neurons and forward bins
// too; the rest is left as it is, and scaled at the end.
func TestSampleValidation(t *testing.T) {
	const trials, bins, reconBins, heldIn, neurons, share = 31, 12, 15, 9, 11, .2
	b, score := block(trials, 32, bins, reconBins, heldIn, neurons), block(trials, 32, bins, reconBins, heldIn, neurons)
	SampleValidation{share}.Apply(b)
	SampleValidation{share}.HeldOut().Apply(score)
	if !slices.Equal(b.Input, score.Input) || b.Scale != score.Scale || b.Scale != float32(1/(1-share)) {
		t.Errorf("what is scored is read otherwise than in training, or scaled by %v and %v", b.Scale, score.Scale)
	}
	held, all := [2]float64{}, [2]float64{} // of what is read, and of the rest
	for lane := range trials {
		for bin := range reconBins {
			for n := range neurons {
				seen, group := b.IsObserved(bin, n, lane), 1
				if bin < bins && n < heldIn {
					group = 0
					want := b.Data[b.DataAt(bin, n, lane)]
					if !seen {
						want = 0
					}
					if got := b.Input[b.InputAt(bin, n, lane)]; got != want {
						t.Fatalf("bin %d, neuron %d, trial %d: %v is read, want %v", bin, n, lane, got, want)
					}
				}
				all[group]++
				if !seen {
					held[group]++
				}
				if seen == score.IsObserved(bin, n, lane) {
					t.Fatalf("bin %d, neuron %d, trial %d is observed in training, %v, and so it is when it is scored", bin, n, lane, seen)
				}
			}
		}
	}
	for group := range 2 {
		if got := held[group] / all[group]; !(math.Abs(got-share) <= 5*math.Sqrt(share*(1-share)/all[group])) {
			t.Errorf("a share of %v of %v elements is held out, want %v", got, all[group], share)
		}
	}
}

// The mask is the same in every step of the run, and another in another run and for
// other trials. What the recording lacks is neither trained on nor scored.
func TestSampleValidationIsFixed(t *testing.T) {
	masked := func(change func(*Block)) []uint8 {
		b := block(8, 8, 12, 15, 9, 11)
		change(b)
		SampleValidation{.5}.Apply(b)
		return b.Observed
	}
	first := masked(func(*Block) {})
	if other := masked(func(b *Block) {
		b.Key = func(p rng.Purpose, lane int) rng.Key { return rng.Derive(1, p, 99, uint64(lane)) }
	}); !slices.Equal(other, first) {
		t.Error("in another step other elements are held out")
	}
	if other := masked(func(b *Block) {
		b.RunKey = func(p rng.Purpose, lane int) rng.Key { return rng.Derive(2, p, uint64(lane)) }
	}); slices.Equal(other, first) {
		t.Error("in another run the same elements are held out")
	}
	for lane := 1; lane < 8; lane++ {
		if same := masked(func(b *Block) {
			b.RunKey = func(p rng.Purpose, _ int) rng.Key { return rng.Derive(1, p, uint64(lane)) }
		}); slices.Equal(same, first) {
			t.Errorf("of trial %d the same elements are held out as of trial 0", lane)
		}
	}
	b, score := block(8, 8, 12, 15, 9, 11), block(8, 8, 12, 15, 9, 11)
	clear(b.Observed)
	clear(score.Observed)
	SampleValidation{.5}.Apply(b)
	SampleValidation{.5}.HeldOut().Apply(score)
	if slices.Max(b.Observed) > 0 || slices.Max(score.Observed) > 0 {
		t.Error("what was not observed is, trained on or scored")
	}
}

// The loss of what is kept weighs what is held out, too.
func TestWeightOf(t *testing.T) {
	h := SampleValidation{.2}
	for _, c := range []struct {
		list []Augmentation
		want float64
	}{
		{nil, 1},
		{[]Augmentation{TemporalShift{1}, CoordinatedDropout{Rate: .5}}, 1},
		{[]Augmentation{h, CoordinatedDropout{Rate: .5}}, 1.25},
		{[]Augmentation{h, SampleValidation{.5}}, 2.5},
		{[]Augmentation{h.HeldOut()}, 1},
	} {
		if got := WeightOf(c.list); got != c.want {
			t.Errorf("%v weighs %v, want %v", c.list, got, c.want)
		}
	}
}

// Coordinated dropout draws on what is left: an element that is held out passes no
// gradient.
func TestSampleValidationBeforeDropout(t *testing.T) {
	b := block(8, 8, 12, 15, 9, 11)
	SampleValidation{.5}.Apply(b)
	CoordinatedDropout{Rate: .5}.Apply(b)
	for i := range b.Data {
		if nn.Kept(b.Observed, i, b.Width) {
			continue
		}
		bin, n, lane := i/b.Width/b.Neurons, i/b.Width%b.Neurons, i%b.Width
		if bin < b.Bins && n < b.HeldIn && b.Input[b.InputAt(bin, n, lane)] != 0 {
			t.Fatalf("bin %d, neuron %d, trial %d is held out, and read", bin, n, lane)
		}
	}
}
