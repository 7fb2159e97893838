package lfads

import (
	"slices"

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
// numbers of trials, evaluates others, and uses a number of threads: what the
// constructors take, counted. Of a configuration that Check refuses there is none.
func MemoryOf(c Config, s Shape, train, evaluate []int, threads int) Memory {
	var m *Model
	parameters := counted(func(a *nn.Arena) { m, _ = newModel(a, c, s) })
	if m == nil {
		return Memory{}
	}
	memory := Memory{Params: m.Layout.Size, Parameters: parameters}
	for _, n := range train {
		gradients := int64(0)
		for _, w := range blockWidths(n) {
			gradients += counted(func(a *nn.Arena) { m.newBlockGradient(a, w) })
		}
		memory.Gradients = max(memory.Gradients, gradients)
	}
	blocks, widths := 0, map[int]bool{}
	for _, n := range slices.Concat(train, evaluate) {
		cut := blockWidths(n)
		blocks = max(blocks, len(cut))
		for _, w := range cut {
			widths[w] = true
		}
	}
	for w := range widths {
		memory.Tapes += counted(func(a *nn.Arena) { m.newTape(a, w, AutoInput) })
	}
	memory.Tapes *= int64(max(1, min(threads, blocks)))
	return memory
}

// counted returns the bytes that a constructor takes.
func counted(build func(*nn.Arena)) int64 {
	a := &nn.Arena{OnlyCount: true}
	build(a)
	return a.Bytes
}

// Blocks returns how many blocks a batch of so many trials is cut into: threads beyond
// these have nothing to do.
func Blocks(trials int) int { return len(blockWidths(trials)) }

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
