package lfads

import (
	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/likelihood"
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
	input      []float32       // [Bins][HeldIn][w], after augmentation and dropout
	read       nn.Input        // input, as the encoders take it
	sparse     *nn.Sparse      // its list; nil: always dense
	data       []float32       // [ReconBins][Neurons][w], after augmentation
	gradient   []uint8         // where gradient passes, [ReconBins][Neurons], a row of a mask each (nn.MaskBytes); in use if masked
	observed   []uint8         // likewise; in use if it hides some
	masked     bool            // there are augmentations
	changes    augment.Changes // what they change
	hides      bool            // the recording lacks elements, or augmentations may hide some
	augment    augment.Block
	inputMask  []uint8   // [HeldIn], of one bin
	gatherRows []float32 // [w][gatherTile]
	lanes      []int     // the trial in each lane of data

	initial    initialTape
	controller controllerTape
	generator  generatorTape
	readout    readoutTape

	// What all parts use.
	scratchState []float32   // [largest cell][w]
	noiseless    bool        // the model is not variational
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
		data: nn.NewActivations(a, s.ReconBins, s.Neurons, w), gradient: mask(s.ReconBins, s.Neurons), observed: mask(s.ReconBins, s.Neurons),
		inputMask: mask(1, s.HeldIn), gatherRows: nn.Take[float32](a, w*gatherTile), lanes: nn.Take[int](a, w)[:0],

		initial: m.initial.newTape(a, w), controller: m.controller.newTape(a, w),
		generator: m.generator.newTape(a, w), readout: m.readout.newTape(a, w),

		scratchState: nn.NewActivations(a, 1, max(c.GeneratorDim, c.ControllerDim), w),
		noiseless:    !c.Variational,
		noise:        nn.Take[float32](a, max(c.InitialConditionDim, c.InferredInputs)),
		keys:         nn.NewKeys(a, w), dropout: nn.NewDropout(a, w),
		scratch: nn.NewScratch(a, max(m.readout.linear.Out, 3*c.GeneratorDim, 3*c.ControllerDim, 3*c.ICEncoderDim, 3*c.CIEncoderDim,
			2*c.InitialConditionDim, 2*c.InferredInputs, c.Factors)),
	}
	t.augment = augment.Block{
		Width: w, Bins: s.Bins, HeldIn: s.HeldIn, ReconBins: s.ReconBins, Neurons: s.Neurons,
		Input: t.input, Data: t.data, Pass: t.gradient, Key: t.key, RunKey: t.runKey, Series: nn.Take[float32](a, s.ReconBins),
		Masks: [2]augment.Masks{augment.NewMasks(a, s.Neurons, w), augment.NewMasks(a, s.Neurons, w)},
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

// dataTerm returns the part of the block's loss that depends on its data alone: as
// computed once for all, unless augmentations changed what counts. The order of the
// sum is the same, and so are its bits for data that they left as they were.
func (t *tape) dataTerm(l likelihood.Likelihood) (total float64) {
	for lane, trial := range t.trials {
		term := t.batch.dataTerm[trial]
		if t.changes.Any() {
			term = t.changedDataTerm(lane, l)
		}
		t.addByTrial(lane, term)
		total += term
	}
	return total
}

// changedDataTerm is that of the trial in a lane as augmentations left it.
func (t *tape) changedDataTerm(lane int, l likelihood.Likelihood) (sum float64) {
	for i := lane; i < len(t.data); i += t.w {
		if !t.hides || nn.Kept(t.observed, i, t.w) {
			sum += l.DataTerm(t.data[i])
		}
	}
	return sum
}

// addByTrial adds to the reconstruction loss of the trial in a lane, if the pass wants
// trials apart.
func (t *tape) addByTrial(lane int, loss float64) {
	if each := t.pass.ByTrial; each != nil {
		each[t.first+lane] += loss
	}
}
