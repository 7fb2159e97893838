package lfads

import (
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/nn"
)

// Memory is what a model in training holds, in bytes, once every kind of batch
// was seen. With P parameters, a batch cut into blocks of widths w (see
// blockWidth), and T threads:
//
//	Parameters  4 P, and their packed copies for the matrix kernels, about 8 P
//	Gradients   about 4 P for each block of a training batch
//	Tapes       T times, for each width w that occurs: 4 w bins x all activations of a trial
//
// It follows from the configuration and the shape alone, so that it is known
// before anything is allocated.
type Memory struct {
	Params                       int // P, a number and no bytes
	Parameters, Gradients, Tapes int64
}

// MemoryOf returns the memory of a model that trains on batches of the given
// numbers of trials, evaluates others, and uses a number of threads.
func MemoryOf(c Config, s Shape, train, evaluate []int, threads int) Memory {
	params, packed := c.paramFloats(s)
	m := Memory{Params: params, Parameters: 4 * int64(params+packed)}
	blocks, widths := 0, map[int]bool{}
	for _, n := range train {
		cut := blockWidths(n)
		gradients := int64(0)
		for _, w := range cut {
			gradients += 4 * int64(c.gradientFloats(s, w))
		}
		m.Gradients = max(m.Gradients, gradients)
	}
	for _, n := range append(append([]int{}, train...), evaluate...) {
		cut := blockWidths(n)
		blocks = max(blocks, len(cut))
		for _, w := range cut {
			widths[w] = true
		}
	}
	for w := range widths {
		m.Tapes += 4 * int64(c.tapeFloats(s, w))
	}
	m.Tapes *= int64(max(1, min(threads, blocks)))
	return m
}

// blockWidths returns the widths of the blocks that a batch of n trials is cut
// into.
func blockWidths(n int) []int {
	var widths []int
	for n > 0 {
		w := blockWidth(n)
		widths = append(widths, w)
		n -= min(n, w)
	}
	return widths
}

// paramFloats counts the parameters and their packed copies, as New allocates
// them.
func (c *Config) paramFloats(s Shape) (params, packed int) {
	add := func(p, k int) { params, packed = params+p, packed+k }
	for range 2 {
		add(nn.SweepFloats(s.HeldIn, c.ICEncoderDim))
	}
	add(nn.LinearFloats(2*c.ICEncoderDim, 2*c.InitialConditionDim))
	add(c.InitialConditionDim, 0)
	add(nn.LinearFloats(c.InitialConditionDim, c.GeneratorDim))
	if c.InferredInputs > 0 {
		for range 2 {
			add(nn.SweepFloats(s.HeldIn, c.CIEncoderDim))
		}
		add(nn.GRUFloats(2*c.CIEncoderDim+c.Factors, c.ControllerDim))
		add(c.ControllerDim, 0)
		add(nn.LinearFloats(c.ControllerDim, 2*c.InferredInputs))
		add(2*c.InferredInputs, 0) // of the prior, at most
	}
	add(nn.GRUFloats(c.InferredInputs+s.External, c.GeneratorDim))
	add(nn.NormalizedFloats(c.GeneratorDim, c.Factors))
	add(nn.LinearFloats(c.Factors, c.outputs(s)))
	return params, packed
}

// gradientFloats counts what newBlockGradient allocates.
func (c *Config) gradientFloats(s Shape, w int) int {
	n := 2*nn.SweepGradFloats(s.HeldIn, c.ICEncoderDim, w) +
		nn.LinearGradFloats(2*c.ICEncoderDim, 2*c.InitialConditionDim, w) +
		nn.LinearGradFloats(c.InitialConditionDim, c.GeneratorDim, w) + 2*c.InitialConditionDim +
		nn.GRUGradFloats(c.InferredInputs+s.External, c.GeneratorDim, w) +
		nn.NormalizedGradFloats(c.GeneratorDim, c.Factors) + nn.LinearGradFloats(c.Factors, c.outputs(s), w)
	if c.InferredInputs > 0 {
		n += 2*nn.SweepGradFloats(s.HeldIn, c.CIEncoderDim, w) +
			nn.GRUGradFloats(2*c.CIEncoderDim+c.Factors, c.ControllerDim, w) +
			nn.LinearGradFloats(c.ControllerDim, 2*c.InferredInputs, w) + c.ControllerDim*w
	}
	return n
}

// tapeFloats counts what newTape allocates, in its order.
func (c *Config) tapeFloats(s Shape, w int) int {
	outputs, genIn, bins := c.outputs(s), c.InferredInputs+s.External, s.ReconBins
	icBins := s.Bins
	if c.ICSegmentBins > 0 {
		icBins = c.ICSegmentBins
	}
	lane := s.Bins*s.HeldIn + bins*s.Neurons + // input, data
		4*c.ICEncoderDim + 8*c.InitialConditionDim + // icSummary, its gradient; posterior, its gradient, std, noise, sample
		bins*(genIn+3*c.GeneratorDim+outputs) + // generatorInput, act, output
		(bins+1)*(c.GeneratorDim+c.Factors) + // states; factors
		nn.ChunkBins(w)*(2*c.GeneratorDim+c.Factors) + // rh, out; gradient of factors
		genIn + 2*c.GeneratorDim + max(c.GeneratorDim, c.ControllerDim) + 4 + gatherTile
	masks := bins*s.Neurons + 2*c.ICEncoderDim + s.External + (bins+1)*c.GeneratorDim + s.HeldIn
	total := lane*w + masks*nn.MaskBytes(w)/4 + nn.SparseFloats(s.Bins, int(nn.MaxDensity*float64(s.Bins*s.HeldIn*w))) + 2*nn.SweepTapeFloats(icBins, c.ICEncoderDim, w) +
		nn.ScratchFloats(max(outputs, 3*c.GeneratorDim, 3*c.ControllerDim, 3*c.ICEncoderDim, 3*c.CIEncoderDim,
			2*c.InitialConditionDim, 2*c.InferredInputs, c.Factors))
	if c.InferredInputs > 0 {
		total += c.controllerTapeFloats(s, w)
	}
	return total
}

// controllerTapeFloats counts what addControllerTape allocates.
func (c *Config) controllerTapeFloats(s Shape, w int) int {
	in, ciBins := 2*c.CIEncoderDim+c.Factors, s.Bins-c.ICSegmentBins
	lane := 2*ciBins*c.CIEncoderDim + s.ReconBins*(in+3*c.ControllerDim+7*c.InferredInputs) +
		(s.ReconBins+1+nn.ChunkBins(w))*c.ControllerDim + 5*c.ControllerDim + in
	return lane*w + s.ReconBins*in*nn.MaskBytes(w)/4 + 2*nn.SweepTapeFloats(ciBins, c.CIEncoderDim, w)
}

// outputs is the number of the likelihood's parameters in a bin.
func (c *Config) outputs(s Shape) int {
	l, err := likelihood.New(c.Likelihood)
	if err != nil {
		return s.Neurons
	}
	return l.Outputs() * s.Neurons
}
