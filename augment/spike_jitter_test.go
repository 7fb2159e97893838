package augment

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/rng"
)

// counted fills a block with counts of 0 to 3.
func counted(b *Block) {
	b.fill(func(bin, n, lane int) float32 {
		return float32(max(0, int(rng.Derive(5, rng.Synthesis, uint64(lane)).Uint32(bin, n)%6)-2))
	})
}

// spikes returns the spikes of a neuron in a trial, in bins first to last-1.
func (b *Block) spikes(n, lane, first, last int) (sum float32) {
	for bin := first; bin < last; bin++ {
		sum += b.Data[b.DataAt(bin, n, lane)]
	}
	return sum
}

// Spikes move, in what is read as in what is reconstructed; none is lost, and none
// crosses the end of what is read.
func TestSpikeJitter(t *testing.T) {
	const trials, bins, reconBins, heldIn, neurons = 15, 12, 15, 9, 11
	for _, most := range []int{1, 3, 40} {
		before, after := block(trials, 16, bins, reconBins, heldIn, neurons), block(trials, 16, bins, reconBins, heldIn, neurons)
		counted(before)
		counted(after)
		SpikeJitter{most}.Apply(after)
		for lane := range trials {
			for n := range neurons {
				if before.spikes(n, lane, 0, bins) != after.spikes(n, lane, 0, bins) || before.spikes(n, lane, bins, reconBins) != after.spikes(n, lane, bins, reconBins) {
					t.Errorf("at most %d bins, neuron %d, trial %d: spikes are lost, or cross the end of what is read", most, n, lane)
				}
			}
		}
		for i, x := range after.Input {
			if j := i/16/heldIn*neurons*16 + i%(heldIn*16); x != after.Data[j] || x < 0 {
				t.Fatalf("at most %d bins: element %d is read as %v and reconstructed as %v", most, i, x, after.Data[j])
			}
		}
		if slices.Equal(before.Data, after.Data) {
			t.Errorf("at most %d bins: no spike moves", most)
		}
	}
}

// A single spike goes to each bin within reach with the same chance, and where it
// cannot go it stays.
func TestSpikeJitterIsUniform(t *testing.T) {
	const trials, neurons, most = 32, 500, 2
	b := block(trials, 32, 8, 8, neurons, neurons)
	b.fill(func(bin, n, lane int) float32 {
		if bin == 2 {
			return 1
		}
		return 0
	})
	for n := range neurons {
		for lane := range trials {
			b.Hide(3, n, lane)
		}
	}
	SpikeJitter{most}.Apply(b)
	all := float64(trials * neurons)
	for bin, want := range []float64{.2, .2, .4, 0, .2, 0, 0, 0} {
		got := 0.
		for n := range neurons {
			for lane := range trials {
				got += float64(b.Data[b.DataAt(bin, n, lane)])
			}
		}
		if !(math.Abs(got/all-want) <= 5*math.Sqrt(want*(1-want)/all)) {
			t.Errorf("a share of %v goes to bin %d, want %v", got/all, bin, want)
		}
	}
}

// Two spikes of a bin go ways of their own, and one spike more leaves the others where
// they go.
func TestSpikeJitterTakesSpikesApart(t *testing.T) {
	const trials, neurons = 32, 40
	jittered := func(count float32) *Block {
		b := block(trials, 32, 9, 9, neurons, neurons)
		b.fill(func(bin, n, lane int) float32 {
			if bin == 4 {
				return count
			}
			return 0
		})
		SpikeJitter{2}.Apply(b)
		return b
	}
	one, two := jittered(1), jittered(2)
	apart := 0
	for lane := range trials {
		for n := range neurons {
			lost, places := false, 0
			for bin := range 9 {
				i := one.DataAt(bin, n, lane)
				lost = lost || one.Data[i] > two.Data[i]
				if two.Data[i] > 0 {
					places++
				}
			}
			if lost {
				t.Fatalf("neuron %d, trial %d: a spike beside it moves a spike", n, lane)
			}
			apart += places - 1
		}
	}
	if share := float64(apart) / (trials * neurons); !(math.Abs(share-.8) <= .06) { // five deviations of 1,280 draws
		t.Errorf("a share of %v of pairs is apart, want .8", share)
	}
}

// Where other spikes are read than are reconstructed, both are jittered with the same
// draws.
func TestSpikeJitterOfOtherInput(t *testing.T) {
	same, other := block(8, 8, 12, 15, 5, 7), block(8, 8, 12, 15, 5, 7)
	counted(same)
	counted(other)
	clear(other.Data)
	SpikeJitter{2}.Apply(same)
	SpikeJitter{2}.Apply(other)
	if !slices.Equal(same.Input, other.Input) {
		t.Error("what is read moves otherwise where nothing is to be reconstructed")
	}
}

// Data that are no counts cannot be jittered.
func TestSpikeJitterTakesCounts(t *testing.T) {
	s := Strengths{"spike_jitter": 1, "temporal_shift": 1}
	if err := s.Check(true); err != nil {
		t.Error(err)
	}
	err := s.Check(false)
	if want := "train.augment.spike_jitter: it moves spikes, and data of this model.likelihood are no counts"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want %q", err, want)
	}
	if err := (Strengths{"spike_jitter": 0}).Check(false); err != nil {
		t.Errorf("it is off, and %v", err)
	}
}
