package lfads

import (
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/golden"
	"github.com/autolfads/autolfads/nn"
)

// What the engine reads, observes and passes gradient to, beside the golden units of
// selective backpropagation through time: alone and with coordinated dropout.
func TestGoldenMissing(t *testing.T) {
	for _, name := range []string{"aug_sbtt", "aug_sbtt_cd"} {
		t.Run(name, func(t *testing.T) {
			u := golden.Units(t)[name]
			encod, recon := u.Array("encod_data").Dataset(), u.Array("recon_data").Dataset()
			c := DefaultConfig()
			c.GeneratorDim, c.ICEncoderDim = 4, 4
			m, err := New(c, Shape{HeldIn: encod.Features, Neurons: recon.Features, Bins: encod.Bins, ReconBins: recon.Bins})
			if err != nil {
				t.Fatal(err)
			}
			pass := &Pass{}
			if _, ok := u.Arrays["cd_mask"]; ok {
				pass.Augmentations = list{unitDropout(u.Array("cd_mask").Dataset(), u.Array("cd_pass_mask").Dataset())}
			}
			batch := Batch{Data: m.NewData(&dataset.Split{Encod: encod, Recon: recon}), Trials: []int{0, 1, 2}}
			tape := m.newTape(nil, 8, DenseInput)
			tape.block, tape.batch, tape.pass = block{trials: batch.Trials}, &batch, pass
			m.load(tape)

			golden.Near(t, "what is read", rowsOf(tape.input, tape), u.Array("model_input").Data, 1e-7)
			golden.Near(t, "what is not observed", rowsOf(unmasked(tape, tape.observed, 0, 1), tape), u.Array("isnan_mask").Data, 0)
			weight := float32(m.reconWeight(batch, &Objective{}, pass))
			passing := tape.observed
			if tape.masked {
				passing = tape.gradient
			}
			golden.Near(t, "weights of gradients", rowsOf(unmasked(tape, passing, weight, 0), tape), u.Array("grad_of_mean_loss_wrt_recon_loss").Data, 1e-7)
		})
	}
}

// unitDropout is coordinated dropout of rate .3 with the unit's masks.
func unitDropout(kept, pass *dataset.Array) augment.Augmentation {
	return augmentation{augment.Changes{}, func(b *augment.Block) {
		for lane := range b.Trials {
			for bin := range b.Bins {
				for n := range b.HeldIn {
					k := kept.Bin(lane, bin)[n]
					b.Input[b.InputAt(bin, n, lane)] *= k / (1 - .3)
					nn.SetKept(b.Pass, b.DataAt(bin, n, lane), b.Width, k == 0 || pass.Bin(lane, bin)[n] != 0)
				}
			}
		}
	}}
}

// unmasked writes a mask of what is reconstructed as numbers.
func unmasked(t *tape, mask []uint8, kept, other float32) []float32 {
	out := make([]float32, len(t.data))
	for i := range out {
		out[i] = other
		if nn.Kept(mask, i, t.w) {
			out[i] = kept
		}
	}
	return out
}

// rowsOf returns the trials of a block, one after another.
func rowsOf(x []float32, t *tape) []float32 {
	var rows []float32
	for lane := range t.trials {
		for i := lane; i < len(x); i += t.w {
			rows = append(rows, x[i])
		}
	}
	return rows
}
