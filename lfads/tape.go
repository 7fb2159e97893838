package lfads

import (
	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/prior"
)

// tape holds the activations of one block of trials: what the forward pass
// leaves for the backward pass. A thread has one tape for each block width and
// uses it again for every block. Activations lie as [bins][features][w].
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

	// Initial condition.
	icForward, icBackward *nn.SweepTape
	icSummary             []float32 // [2 ICEncoder][w], final states after dropout
	icSummaryMask         []uint8
	icPosterior           []float32 // [2 InitialCondition][w]: means, log variances
	icStd, icNoise        []float32 // [InitialCondition][w]
	icSample              []float32 // [InitialCondition][w]

	// Controller input: states of the CI encoder.
	ciForward, ciBackward   *nn.SweepTape
	dciForward, dciBackward []float32 // gradients at those states, [ciBins][CIEncoder][w]

	// Decoder. Index 0 of states and factors is before the first bin.
	controllerInput []float32 // [ReconBins][2 CIEncoder + Factors][w], after dropout
	controllerMask  []uint8   // [ReconBins][2 CIEncoder + Factors], a row of a mask each
	controllerEarly []float32 // [3 Controller][w]: product of the CI encoder's part, in the bin under way
	controllerAct   []float32 // [ReconBins][3 Controller][w]
	controllerRH    []float32 // [ChunkBins][Controller][w], of the bins whose weight gradients come next
	controllerState []float32 // [ReconBins+1][Controller][w]
	inputPosterior  []float32 // [ReconBins][2 InferredInputs][w]: means, log variances
	inputStd        []float32 // [ReconBins][InferredInputs][w]
	inputNoise      []float32
	priorNoise      []float32
	generatorInput  []float32 // [ReconBins][InferredInputs + External][w]
	externalMask    []uint8   // [External], likewise
	generatorAct    []float32 // [ReconBins][3 Generator][w]
	generatorRH     []float32 // [ChunkBins][Generator][w], as controllerRH
	generatorState  []float32 // [ReconBins+1][Generator][w]
	generatorMask   []uint8   // [ReconBins+1][Generator], a row of a mask each
	generatorOut    []float32 // [ChunkBins][Generator][w], generatorState after dropout: what factors are read from
	factors         []float32 // [ReconBins+1][Factors][w]
	output          []float32 // [ReconBins][Outputs*Neurons][w]; its gradient after scoring

	// Gradients that flow back through time, and scratch.
	dInputPosterior  []float32 // [ReconBins][2 InferredInputs][w]
	dGeneratorInput  []float32 // [inputs][w]
	dGenerator       []float32 // [Generator][w]
	dGeneratorOut    []float32
	dController      []float32 // [Controller][w]
	dControllerState []float32
	dControllerInput []float32
	dFactors         []float32 // [ChunkBins][Factors][w]
	dICPosterior     []float32
	dICSample        []float32
	dICSummary       []float32
	scratchState     []float32
	lossLane         []float32 // [w]
	element          likelihood.Block
	scaleLane        []float32   // [w]
	noise            []float32   // one trial's numbers for one bin
	keys             nn.Keys     // of noise
	dropout          *nn.Dropout // of any purpose: keyed where it is used
	dropFactors      *nn.Dropout
	dropController   *nn.Dropout
	augmentMask      []uint8
	gatherRows       []float32 // [w][gatherTile]
	augment          augment.Block
	inputs           prior.Posterior
	scratch          *nn.Scratch
}

func (m *Model) newTape(w int, path InputPath) *tape {
	c, s := &m.Config, &m.Shape
	outputs := m.likelihood.Outputs() * s.Neurons
	genIn := m.generator.In
	b := func(bins, features int) []float32 { return nn.NewActivations(bins, features, w) }
	mask := func(bins, features int) []uint8 { return nn.NewMask(bins, features, w) }
	t := &tape{
		w: w, element: likelihood.Block{Width: w},
		input: b(s.Bins, s.HeldIn), data: b(s.ReconBins, s.Neurons), gradientMask: mask(s.ReconBins, s.Neurons),

		icForward: m.icForward.NewTape(m.icBins(), w), icBackward: m.icBackward.NewTape(m.icBins(), w),
		icSummary: b(1, 2*c.ICEncoderDim), icSummaryMask: mask(1, 2*c.ICEncoderDim),
		icPosterior: b(1, 2*c.InitialConditionDim),
		icStd:       b(1, c.InitialConditionDim), icNoise: b(1, c.InitialConditionDim), icSample: b(1, c.InitialConditionDim),

		generatorInput: b(s.ReconBins, genIn), externalMask: mask(1, s.External),
		generatorAct: b(s.ReconBins, 3*c.GeneratorDim), generatorRH: b(nn.ChunkBins(w), c.GeneratorDim),
		generatorState: b(s.ReconBins+1, c.GeneratorDim), generatorMask: mask(s.ReconBins+1, c.GeneratorDim),
		factors: b(s.ReconBins+1, c.Factors), output: b(s.ReconBins, outputs),

		dGeneratorInput: b(1, genIn), dGenerator: b(1, c.GeneratorDim), dGeneratorOut: b(1, c.GeneratorDim),
		dFactors:     b(nn.ChunkBins(w), c.Factors),
		dICPosterior: b(1, 2*c.InitialConditionDim), dICSample: b(1, c.InitialConditionDim), dICSummary: b(1, 2*c.ICEncoderDim),
		scratchState: b(1, max(c.GeneratorDim, c.ControllerDim)),
		lossLane:     make([]float32, w), scaleLane: make([]float32, w),
		noise:       make([]float32, max(c.InitialConditionDim, c.InferredInputs)),
		keys:        nn.NewKeys(w),
		dropout:     nn.NewDropout(w),
		dropFactors: nn.NewDropout(w), dropController: nn.NewDropout(w),
		augmentMask: mask(1, s.HeldIn),
		gatherRows:  make([]float32, w*gatherTile),
		scratch: nn.NewScratch(max(outputs, 3*c.GeneratorDim, 3*c.ControllerDim, 3*c.ICEncoderDim, 3*c.CIEncoderDim,
			2*c.InitialConditionDim, 2*c.InferredInputs, c.Factors)),
	}
	t.generatorOut = b(nn.ChunkBins(w), c.GeneratorDim)
	t.augment = augment.Block{
		Width: w, Bins: s.Bins, HeldIn: s.HeldIn, ReconBins: s.ReconBins, Neurons: s.Neurons,
		Input: t.input, GradientMask: t.gradientMask, Key: t.key, Mask: t.augmentMask, Drop: t.dropout,
	}
	t.sparse = path.newSparse(s.Bins, len(t.input))
	if m.HasController() {
		m.addControllerTape(t, b)
	}
	return t
}

func (m *Model) addControllerTape(t *tape, b func(bins, features int) []float32) {
	c, s := &m.Config, &m.Shape
	bins := m.ciBins()
	t.ciForward, t.ciBackward = m.ciForward.NewTape(bins, t.w), m.ciBackward.NewTape(bins, t.w)
	t.dciForward, t.dciBackward = b(bins, c.CIEncoderDim), b(bins, c.CIEncoderDim)
	t.controllerInput, t.controllerMask = b(s.ReconBins, m.controller.In), nn.NewMask(s.ReconBins, m.controller.In, t.w)
	t.controllerAct, t.controllerRH = b(s.ReconBins, 3*c.ControllerDim), b(nn.ChunkBins(t.w), c.ControllerDim)
	t.controllerEarly = b(1, 3*c.ControllerDim)
	t.controllerState = b(s.ReconBins+1, c.ControllerDim)
	t.inputPosterior, t.dInputPosterior = b(s.ReconBins, 2*c.InferredInputs), b(s.ReconBins, 2*c.InferredInputs)
	t.inputStd, t.inputNoise, t.priorNoise = b(s.ReconBins, c.InferredInputs), b(s.ReconBins, c.InferredInputs), b(s.ReconBins, c.InferredInputs)
	t.dController, t.dControllerState = b(1, c.ControllerDim), b(1, c.ControllerDim)
	t.dControllerInput = b(1, m.controller.In)
}

// icBins is the number of bins that the initial condition's encoder reads.
func (m *Model) icBins() int {
	if m.Config.ICSegmentBins > 0 {
		return m.Config.ICSegmentBins
	}
	return m.Shape.Bins
}

// ciBins is the number of bins that the controller's encoder reads: those
// after the initial-condition segment.
func (m *Model) ciBins() int { return m.Shape.Bins - m.Config.ICSegmentBins }

// at returns element i of a sequence of stretches of n elements.
func at[T any](x []T, i, n int) []T { return x[i*n : (i+1)*n] }

// chunkOf returns the place of a bin in x, which holds the bins of one chunk, n
// numbers each.
func (t *tape) chunkOf(x []float32, bin, n int) []float32 { return at(x, bin%nn.ChunkBins(t.w), n) }
