package augmenttest

import (
	"math"
	"slices"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

const bins, heldIn, reconBins, neurons = 7, 3, 9, 4

// recording is what was recorded of some trials: counts, [trials][reconBins][neurons],
// NaN where it was not observed.
type recording [][]float32

func newRecording(trials int) recording {
	src := rng.NewSource(rng.Derive(1, rng.Synthesis))
	r := make(recording, trials)
	for i := range r {
		r[i] = make([]float32, reconBins*neurons)
		for j := range r[i] {
			r[i][j] = float32(max(src.IntN(5)-1, 0))
		}
	}
	return r
}

// lacking returns a recording of which elements are missing, a neuron of each third
// trial, and all of each seventh.
func (r recording) lacking() recording {
	out := make(recording, len(r))
	for i, trial := range r {
		out[i] = slices.Clone(trial)
		for j := range out[i] {
			if (i+j)%5 == 0 || i%3 == 1 && j%neurons == 1 || i%7 == 3 {
				out[i][j] = float32(math.NaN())
			}
		}
	}
	return out
}

// draws are the keys of an epoch's random numbers.
func draws(epoch uint64, first int) func(rng.Purpose, int) rng.Key {
	return func(purpose rng.Purpose, lane int) rng.Key {
		return rng.Derive(7, purpose, epoch, uint64(first+lane))
	}
}

// runKey is the key of random numbers that all epochs share.
func runKey(first int) func(rng.Purpose, int) rng.Key {
	return func(purpose rng.Purpose, lane int) rng.Key { return rng.Derive(7, purpose, uint64(first+lane)) }
}

// block loads trials of a recording, from number first on, as the model does. Lanes
// beyond the trials hold the last of them once more, and no input.
func (r recording) block(first, trials, width int, epoch uint64) *augment.Block {
	b := &augment.Block{
		Width: width, Trials: trials, Bins: bins, HeldIn: heldIn, ReconBins: reconBins, Neurons: neurons,
		Input: make([]float32, bins*heldIn*width), Data: make([]float32, reconBins*neurons*width),
		Pass: slices.Repeat([]uint8{0xff}, reconBins*neurons*nn.MaskBytes(width)),
		Key:  draws(epoch, first), RunKey: runKey(first), Scale: 1,
		Masks: [2]augment.Masks{augment.NewMasks(nil, neurons, width), augment.NewMasks(nil, neurons, width)}, Series: make([]float32, reconBins),
	}
	for lane := range width {
		trial := r[first+min(lane, trials-1)]
		for i, y := range trial {
			bin, n := i/neurons, i%neurons
			if y != y {
				if b.Observed == nil {
					b.Observed = slices.Repeat([]uint8{0xff}, len(b.Pass))
				}
				b.Hide(bin, n, lane)
				y = 0
			}
			b.Data[b.DataAt(bin, n, lane)] = y
			if bin < bins && n < heldIn && lane < trials {
				b.Input[b.InputAt(bin, n, lane)] = y
			}
		}
	}
	return b
}

// apply applies a list as the model does.
func apply(list []augment.Augmentation, b *augment.Block) *augment.Block {
	if b.Observed == nil && augment.ChangesOf(list).Observed {
		b.Observed = slices.Repeat([]uint8{0xff}, len(b.Pass))
	}
	for _, a := range list {
		a.Apply(b)
	}
	b.ScaleInput()
	return b
}

// counts says whether element i of Data counts in the gradient.
func counts(b *augment.Block, i int) bool {
	return nn.Kept(b.Pass, i, b.Width) && (b.Observed == nil || nn.Kept(b.Observed, i, b.Width))
}
