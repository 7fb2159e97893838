package nn

import "github.com/autolfads/autolfads/internal/kernel"

// How many float32s layers, their gradients and their tapes hold: what the
// constructors beside them allocate, without allocating it.

// GRUFloats counts a cell's parameters and their packed copies.
func GRUFloats(in, hidden int) (params, packed int) {
	weights := 3 * hidden * (in + hidden)
	return weights + 3*hidden, 2 * weights
}

// SweepFloats counts a sweep's: with the learned initial state, and its input
// weights once for dense and once for sparse input, but not for a gradient of
// the input.
func SweepFloats(in, hidden int) (params, packed int) {
	params, packed = GRUFloats(in, hidden)
	return params + hidden, packed - 3*hidden*in + (in+1)*roundUp(3*hidden)
}

// LinearFloats counts a linear layer's parameters and their packed copies.
func LinearFloats(in, out int) (params, packed int) { return in*out + out, 2 * in * out }

// NormalizedFloats counts a normalized layer's parameters and their copies.
func NormalizedFloats(in, out int) (params, packed int) { return in * out, 3*in*out + out }

// GRUGradFloats counts what NewGrad of a GRU holds.
func GRUGradFloats(in, hidden, w int) int {
	candidate := roundUp(2*hidden%kernel.PanelColumns + hidden)
	return in*roundUp(3*hidden) + hidden*(roundUp(2*hidden)+candidate) + 3*hidden*w
}

// SweepGradFloats counts what NewGrad of a Sweep holds.
func SweepGradFloats(in, hidden, w int) int { return GRUGradFloats(in, hidden, w) + hidden*w }

// LinearGradFloats counts what NewGrad of a Linear holds.
func LinearGradFloats(in, out, w int) int { return in*roundUp(out) + out*w }

// NormalizedGradFloats counts what NewGrad of a Normalized holds.
func NormalizedGradFloats(in, out int) int { return in * roundUp(out) }

// SweepTapeFloats counts what NewTape of a Sweep holds.
func SweepTapeFloats(bins, hidden, w int) int { return (4*bins + 2 + ChunkBins(w)) * hidden * w }

// ScratchFloats counts what NewScratch holds.
func ScratchFloats(maxOutputs int) int { return outerDepth*roundUp(maxOutputs) + 32*maxOutputs }

// SparseFloats counts what NewSparse holds.
func SparseFloats(bins, n int) int { return bins + 1 + 3*n }
