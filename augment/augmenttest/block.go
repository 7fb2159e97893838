package augmenttest

import (
	"slices"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

const bins, heldIn, reconBins, neurons = 7, 3, 9, 4

// recording is what was recorded of some trials: counts, [trials][reconBins][neurons].
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

// draws are the keys of an epoch's random numbers.
func draws(epoch uint64, first int) func(rng.Purpose, int) rng.Key {
	return func(purpose rng.Purpose, lane int) rng.Key {
		return rng.Derive(7, purpose, epoch, uint64(first+lane))
	}
}

// block loads trials of a recording, from number first on, as the model does. Lanes
// beyond the trials hold the last of them once more, and no input.
func (r recording) block(first, trials, width int, epoch uint64) *augment.Block {
	b := &augment.Block{
		Width: width, Trials: trials, Bins: bins, HeldIn: heldIn, ReconBins: reconBins, Neurons: neurons,
		Input: make([]float32, bins*heldIn*width), Data: make([]float32, reconBins*neurons*width),
		Pass:  slices.Repeat([]uint8{0xff}, reconBins*neurons*nn.MaskBytes(width)),
		Key:   draws(epoch, first),
		Masks: [2]augment.Masks{augment.NewMasks(nil, neurons, width), augment.NewMasks(nil, neurons, width)}, Series: make([]float32, reconBins),
	}
	for lane := range width {
		trial := r[first+min(lane, trials-1)]
		for bin := range reconBins {
			for n := range neurons {
				b.Data[b.DataAt(bin, n, lane)] = trial[bin*neurons+n]
				if bin < bins && n < heldIn && lane < trials {
					b.Input[b.InputAt(bin, n, lane)] = trial[bin*neurons+n]
				}
			}
		}
	}
	return b
}

// apply applies a list as the model does.
func apply(list []augment.Augmentation, b *augment.Block) *augment.Block {
	if augment.ChangesOf(list).Observed {
		b.Observed = slices.Repeat([]uint8{0xff}, len(b.Pass))
	}
	for _, a := range list {
		a.Apply(b)
	}
	return b
}

// counts says whether element i of Data counts in the gradient.
func counts(b *augment.Block, i int) bool {
	return nn.Kept(b.Pass, i, b.Width) && (b.Observed == nil || nn.Kept(b.Observed, i, b.Width))
}
