package nn

import "github.com/autolfads/autolfads/internal/kernel"

// outerDepth is how many columns (time bins x lanes) one call of the gradient
// kernel sums over: enough to amortise reading and writing the accumulators,
// few enough that the transposed panels stay in the L2 cache.
const outerDepth = 128

// ChunkBins returns how many time bins of a block of width w one gradient
// accumulation takes. The order of its sums depends on it; so that a lone trial
// has the bits of one in a block of 8, it is theirs.
func ChunkBins(w int) int { return outerDepth / max(w, 8) }

// NewActivations returns a zero buffer of bins x features x w.
func NewActivations(a *Arena, bins, features, w int) []float32 {
	return Take[float32](a, bins*features*w)
}

// Scratch is memory that one thread uses inside a layer.
type Scratch struct {
	panels []float32
	early  []float32 // [maxOutputs][32]: the product of a sweep's input in one bin
}

// NewScratch returns scratch for layers with at most maxOutputs outputs.
func NewScratch(a *Arena, maxOutputs int) *Scratch {
	return &Scratch{Take[float32](a, outerDepth*roundUp(maxOutputs)), Take[float32](a, 32*maxOutputs)}
}

// transpose packs dy [steps][rows of stride][w] for the gradient kernel.
func (s *Scratch) transpose(dy []float32, rows, stride, steps, w int) []float32 {
	for step := range steps {
		kernel.Transpose(s.panels, dy[step*stride*w:], rows, w, step, steps)
	}
	return s.panels
}

// roundUp returns n rounded up to whole panels.
func roundUp(n int) int {
	return (n + kernel.PanelColumns - 1) / kernel.PanelColumns * kernel.PanelColumns
}

// addRows adds a padded [rows][ld] accumulator to a dense [rows][cols] tensor
// whose rows begin at multiples of stride.
func addRows(dst []float32, stride int, src []float32, ld, rows, cols int) {
	for i := range rows {
		kernel.Add(dst[i*stride:i*stride+cols], src[i*ld:i*ld+cols])
	}
}

// addLanes adds the sum over lanes of each row of src [rows][w] to dst.
func addLanes(dst, src []float32, w int) {
	for i := range dst {
		sum := float32(0)
		for _, v := range src[i*w : (i+1)*w] {
			sum += v
		}
		dst[i] += sum
	}
}
