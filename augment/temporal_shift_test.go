package augment

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/internal/golden"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// The golden shifts, but for the ends: there the reference repeats a bin and here
// nothing is observed, for a count in two bins could be copied from one to the other.
func TestGoldenShift(t *testing.T) {
	unit := golden.Units(t)["aug_tshift"]
	in, want, raw := unit.Array("in"), unit.Array("out"), unit.Array("raw_shift")
	trials, bins, neurons := in.Shape[0], in.Shape[1], in.Shape[2]
	moved := 0
	for trial := range trials {
		for n := range neurons {
			by := TemporalShift{Most: 6}.bins(raw.Data[trial*neurons+n])
			first := trial*bins*neurons + n
			got := make([]float32, len(in.Data))
			for i, v := range in.Data {
				got[i] = float32(v)
			}
			shift(got[first:], neurons, bins, by)
			for bin := range bins {
				expected := float32(want.Data[first+bin*neurons])
				if from := bin - by; from < 0 || from >= bins {
					expected = 0
				} else if by != 0 {
					moved++
				}
				if got[first+bin*neurons] != expected {
					t.Errorf("trial %d, neuron %d, bin %d, shifted by %d: %v, want %v", trial, n, bin, by, got[first+bin*neurons], expected)
				}
			}
		}
	}
	if moved < 10 {
		t.Errorf("%d elements are moved: nothing to see", moved)
	}
}

// block returns a block of trials, whose data number their elements; the encoders read
// the same.
func block(trials, width, bins, reconBins, heldIn, neurons int) *Block {
	b := &Block{
		Width: width, Trials: trials, Bins: bins, HeldIn: heldIn, ReconBins: reconBins, Neurons: neurons, Scale: 1,
		Input: make([]float32, bins*heldIn*width), Data: make([]float32, reconBins*neurons*width),
		Pass: slices.Repeat([]uint8{0xff}, reconBins*neurons*nn.MaskBytes(width)), Series: make([]float32, reconBins),
		Key:    func(p rng.Purpose, lane int) rng.Key { return rng.Derive(1, p, 3, uint64(lane)) },
		RunKey: func(p rng.Purpose, lane int) rng.Key { return rng.Derive(1, p, uint64(lane)) },
		Masks:  [2]Masks{NewMasks(nil, neurons, width), NewMasks(nil, neurons, width)},
	}
	b.Observed = slices.Clone(b.Pass)
	b.fill(func(bin, n, lane int) float32 { return float32(bin*neurons + n + 1) })
	return b
}

// fill sets data, and what is read of them.
func (b *Block) fill(value func(bin, neuron, lane int) float32) {
	for bin := range b.ReconBins {
		for n := range b.Neurons {
			for lane := range b.Width {
				v := value(bin, n, lane)
				b.Data[b.DataAt(bin, n, lane)] = v
				if bin < b.Bins && n < b.HeldIn {
					b.Input[b.InputAt(bin, n, lane)] = v
				}
			}
		}
	}
}

// Each neuron of each trial moves by its own number of bins, as far as the strength
// allows, with its mask; what is read moves with what is reconstructed.
func TestTemporalShift(t *testing.T) {
	const trials, bins, reconBins, heldIn, neurons = 32, 12, 15, 9, 11
	for _, most := range []int{1, 3, 40} {
		b := block(trials, 32, bins, reconBins, heldIn, neurons)
		for n := range neurons {
			b.Hide(4, n, 7)
		}
		TemporalShift{most}.Apply(b)
		counts := map[int]float64{}
		for lane := range trials {
			for n := range neurons {
				by := shiftOf(t, b, n, lane, most)
				counts[by]++
				if by < -most || by > most {
					t.Errorf("at most %d bins: shifted by %d", most, by)
				}
			}
		}
		if most < 40 {
			wantShifts(t, counts, most, trials*neurons)
		}
	}
}

// shiftOf returns by how many bins a neuron was shifted, and checks that all of it was.
func shiftOf(t *testing.T, b *Block, n, lane, most int) int {
	t.Helper()
	drawn := b.Key(rng.TemporalShift, lane).Normal(0, n)
	by := TemporalShift{most}.bins(float64(drawn) * .5 * float64(most))
	for bin := range b.ReconBins {
		from, want, input := bin-by, float32(0), float32(0)
		inside := from >= 0 && from < b.ReconBins
		if inside {
			want = float32(from*b.Neurons + n + 1)
		}
		if inside && from < b.Bins {
			input = want
		}
		if got := b.Data[b.DataAt(bin, n, lane)]; got != want {
			t.Fatalf("neuron %d, trial %d, shifted by %d: bin %d is %v, want %v", n, lane, by, bin, got, want)
		}
		if seen := inside && (lane != 7 || from != 4); b.IsObserved(bin, n, lane) != seen {
			t.Fatalf("neuron %d, trial %d, shifted by %d: bin %d is observed: %v", n, lane, by, bin, !seen)
		}
		if n < b.HeldIn && bin < b.Bins && b.Input[b.InputAt(bin, n, lane)] != input {
			t.Fatalf("neuron %d, trial %d, shifted by %d: of bin %d %v is read, want %v", n, lane, by, bin, b.Input[b.InputAt(bin, n, lane)], input)
		}
	}
	return by
}

// wantShifts compares shares of shifts with those of a normal distribution of deviation
// most/2, to five standard deviations.
func wantShifts(t *testing.T, counts map[int]float64, most, all int) {
	t.Helper()
	below := func(x float64) float64 { return math.Erfc(-x/(float64(most)*.5)/math.Sqrt2) / 2 }
	for by := -most; by <= most; by++ {
		low, high := below(float64(by)-.5), below(float64(by)+.5)
		if by == -most {
			low = 0
		}
		if by == most {
			high = 1
		}
		p := high - low
		if got := counts[by] / float64(all); !(math.Abs(got-p) <= 5*math.Sqrt(p*(1-p)/float64(all))) {
			t.Errorf("at most %d bins: a share of %v is shifted by %d, want %v", most, got, by, p)
		}
	}
}
