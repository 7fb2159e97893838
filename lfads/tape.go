package lfads

import (
	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/nn"
)

// tape holds the activations of one block of trials: what the forward pass
// leaves for the backward pass. A thread has one tape for each block width and
// uses it again for every block. Activations lie as [bins][features][w]. What
// belongs to one part of the model stands in that part's file.
type tape struct {
	w int
	block
	batch *Batch
	pass  *Pass

	// What is read, and what it is compared with.
	input        []float32  // [Bins][HeldIn][w], after augmentation and dropout
	read         nn.Input   // input, as the encoders take it
	sparse       *nn.Sparse // its list; nil: always dense
	data         []float32  // [ReconBins][Neurons][w]
	gradientMask []uint8    // [ReconBins][Neurons], a row of a mask each (nn.MaskBytes); in use if masked
	masked       bool
	augment      augment.Block
	augmentMask  []uint8
	gatherRows   []float32 // [w][gatherTile]
	lanes        []int     // the trial in each lane of data

	initial    initialTape
	controller controllerTape
	generator  generatorTape
	readout    readoutTape

	// What all parts use.
	scratchState []float32   // [largest cell][w]
	noise        []float32   // one trial's numbers for one bin
	keys         nn.Keys     // of noise
	dropout      *nn.Dropout // of any purpose: keyed where it is used
	scratch      *nn.Scratch
}

// newTape takes a tape's memory from a.
func (m *Model) newTape(a *nn.Arena, w int, path InputPath) *tape {
	c, s := &m.Config, &m.Shape
	mask := func(bins, features int) []uint8 { return nn.NewMask(a, bins, features, w) }
	t := &tape{
		w:     w,
		input: nn.NewActivations(a, s.Bins, s.HeldIn, w), sparse: path.newSparse(a, s.Bins, s.Bins*s.HeldIn*w),
		data: nn.NewActivations(a, s.ReconBins, s.Neurons, w), gradientMask: mask(s.ReconBins, s.Neurons),
		augmentMask: mask(1, s.HeldIn), gatherRows: nn.Take[float32](a, w*gatherTile), lanes: nn.Take[int](a, w)[:0],

		initial: m.initial.newTape(a, w), controller: m.controller.newTape(a, w),
		generator: m.generator.newTape(a, w), readout: m.readout.newTape(a, w),

		scratchState: nn.NewActivations(a, 1, max(c.GeneratorDim, c.ControllerDim), w),
		noise:        nn.Take[float32](a, max(c.InitialConditionDim, c.InferredInputs)),
		keys:         nn.NewKeys(a, w), dropout: nn.NewDropout(a, w),
		scratch: nn.NewScratch(a, max(m.readout.linear.Out, 3*c.GeneratorDim, 3*c.ControllerDim, 3*c.ICEncoderDim, 3*c.CIEncoderDim,
			2*c.InitialConditionDim, 2*c.InferredInputs, c.Factors)),
	}
	t.augment = augment.Block{
		Width: w, Bins: s.Bins, HeldIn: s.HeldIn, ReconBins: s.ReconBins, Neurons: s.Neurons,
		Input: t.input, GradientMask: t.gradientMask, Key: t.key, Mask: t.augmentMask, Drop: t.dropout,
	}
	return t
}

// at returns element i of a sequence of stretches of n elements.
func at[T any](x []T, i, n int) []T { return x[i*n : (i+1)*n] }

// from returns the stretches of n elements from number i on.
func from[T any](x []T, i, n int) []T { return x[i*n:] }

// chunkOf returns the place of a bin in x, which holds the bins of one chunk, n
// numbers each.
func (t *tape) chunkOf(x []float32, bin, n int) []float32 { return at(x, bin%nn.ChunkBins(t.w), n) }

// dataTerm is the part of the block's loss that depends on the data alone.
func (t *tape) dataTerm() (total float64) {
	for _, trial := range t.trials {
		total += t.batch.dataTerm[trial]
	}
	return total
}
