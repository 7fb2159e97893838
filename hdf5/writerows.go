package hdf5

import (
	"fmt"
	"slices"
	"sync"
)

// WriteRows stores a data set whose values are made while it is written, in chunks of
// rows of the first axis: it need not fit in memory. Rows fills in as many rows, from
// first on, as into holds, and reports whether any value is not fill: chunks in which
// none is take no room in the file. It is called by several goroutines at a time, for
// rows of its own each. Of the options, Chunk is not taken.
func WriteRows[T float32 | float64](w *Writer, path string, shape []int, fill T, rows func(first int, into []T) bool, options ...Option) error {
	if w.err != nil {
		return w.err
	}
	parent, name, err := w.place(path)
	if err == nil {
		var d *node
		if d, err = writeRows(w, shape, fill, rows, options); err == nil {
			parent.children[name] = d
		}
	}
	return w.fail(path, err)
}

func writeRows[T float32 | float64](w *Writer, shape []int, fill T, rows func(first int, into []T) bool, options []Option) (*node, error) {
	e, err := w.encode([]T{fill})
	if err != nil {
		return nil, err
	}
	if len(shape) == 0 || len(shape) > maxRank || slices.Min(shape) < 1 {
		return nil, fmt.Errorf("%w: rows of shape %v", ErrRange, shape)
	}
	s := storage{}
	for _, option := range options {
		option(&s)
	}
	s.chunk = rowChunk(shape, e.size())
	if err := s.complete(shape, e.size()); err != nil {
		return nil, err
	}
	n := &node{}
	if n.chunks, err = w.writeChunks(rowGrid(shape, s.chunk, e.size(), rows), s); err != nil {
		return nil, err
	}
	layout, err := w.indexChunks(n.chunks)
	n.messages = s.messages(e, shape, e.raw, layout)
	return n, err
}

// rowChunk is as many whole rows as fill chunkBytes, one at least.
func rowChunk(shape []int, size int) []int {
	chunk := slices.Clone(shape)
	row := size
	for _, n := range shape[1:] {
		row *= n
	}
	chunk[0] = min(shape[0], max(1, chunkBytes/row))
	return chunk
}

// rowGrid has chunks of whole rows filled by rows.
func rowGrid[T float32 | float64](shape, chunk []int, size int, rows func(first int, into []T) bool) *chunkGrid {
	g := newChunkGrid(size, shape, chunk)
	row := int(g.index.bytes) / size / chunk[0]
	blocks := sync.Pool{New: func() any { return new(make([]T, row*chunk[0])) }}
	g.gather = func(b []byte, place []uint64) bool {
		block := blocks.Get().(*[]T)
		defer blocks.Put(block)
		first := int(place[0]) * chunk[0]
		values := (*block)[:row*min(chunk[0], shape[0]-first)]
		if !rows(first, values) {
			return false
		}
		_, err := appendValues(b[:0], values)
		return err == nil // numbers can always be written
	}
	return g
}
