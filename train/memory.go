package train

import (
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
)

// Memory is what a member in training holds, in bytes, beside the dataset that
// all share. With P parameters: see [lfads.Memory] for the model's part;
//
//	Optimiser   12 P: the gradient and Adam's two moments; 4 P for the running
//	            average of the weights, if it is kept
//	Checkpoint  12 P: the copy of parameters and moments that a checkpoint is
//	            written from, and 4 P of the average; where the best epoch is kept
//	            as much again
type Memory struct {
	lfads.Memory
	Optimiser, Checkpoint int64
}

// Total adds it up.
func (m Memory) Total() int64 {
	return m.Parameters + m.Gradients + m.Tapes + m.Optimiser + m.Checkpoint
}

// MemoryOf returns the memory of a member that trains on d. best says whether
// it keeps its best epoch.
func MemoryOf(model lfads.Config, c Config, d *dataset.Dataset, threads int, best bool) Memory {
	scored := batches(d.Valid.Trials(), validBatch)
	if list, err := c.augmentations(); err == nil && holdoutOf(list) != nil {
		scored = append(scored, batches(d.Train.Trials(), validBatch)...)
	}
	m := Memory{Memory: lfads.MemoryOf(model, ShapeOf(d), batches(d.Train.Trials(), c.BatchSize), scored, threads)}
	m.Optimiser = 12 * int64(m.Params)
	if c.AverageHalfLife > 0 {
		m.Optimiser += 4 * int64(m.Params)
	}
	m.Checkpoint = m.Optimiser
	if best {
		m.Checkpoint *= 2
	}
	return m
}

// batches returns the sizes of the batches that n trials are cut into, each
// size once.
func batches(n, size int) []int {
	var sizes []int
	if n >= size {
		sizes = append(sizes, size)
	}
	if n%size > 0 {
		sizes = append(sizes, n%size)
	}
	return sizes
}
