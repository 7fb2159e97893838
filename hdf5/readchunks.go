package hdf5

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
)

// chunkBuffers are kept from read to read: those by rows or slabs are many.
var chunkBuffers = sync.Pool{New: func() any { return new(chunkBuffer) }}

// visitChunks reads the chunks that a slab touches, several at once.
func (d *Dataset) visitChunks(start, count []uint64, put put) error {
	wanted := d.layout.chunks.touching(start, count)
	return share(uint64(len(wanted)), func(_ *struct{}, i uint64) error {
		b := chunkBuffers.Get().(*chunkBuffer)
		defer chunkBuffers.Put(b)
		return d.visitChunk(b, wanted[i], start, count, put)
	})
}

// touching returns the stored chunks that a slab, which is not empty, needs.
func (x *chunkIndex) touching(start, count []uint64) (wanted []chunk) {
	row, _ := product(x.grid[1:]) // chunks of one place along the first dimension
	first := start[0] / x.shape[0] * row
	last := (start[0]+count[0]-1)/x.shape[0]*row + row - 1
	from, _ := slices.BinarySearchFunc(x.chunks, first, func(c chunk, p uint64) int { return cmp.Compare(c.position, p) })
	for _, c := range x.chunks[from:] {
		if c.position > last {
			break
		}
		if x.touches(c, start, count) {
			wanted = append(wanted, c)
		}
	}
	return wanted
}

func (x *chunkIndex) touches(c chunk, start, count []uint64) bool {
	for i, p := range unravel(c.position, x.grid) {
		low := p * x.shape[i]
		if low >= start[i]+count[i] || low+x.shape[i] <= start[i] {
			return false
		}
	}
	return true
}

// visitChunk reads one chunk and passes on what the slab wants of it.
func (d *Dataset) visitChunk(b *chunkBuffer, c chunk, start, count []uint64, put put) error {
	index, size := d.layout.chunks, uint64(d.typ.Size)
	place := unravel(c.position, index.grid)
	data, err := d.chunk(b, c, !index.within(place, start, count, d.space.dims))
	if err != nil {
		return fmt.Errorf("chunk %v: %w", place, err)
	}
	var failure error
	index.eachRow(place, start, count, func(chunkAt, slabAt, n uint64) {
		if failure == nil {
			failure = put(slabAt, data[chunkAt*size:(chunkAt+n)*size])
		}
	})
	return failure
}

// eachRow visits what a chunk and a slab have in common, row by row: n elements
// from chunkAt of the chunk and from slabAt of the slab on. A scalar cannot be
// chunked, so there is at least one dimension.
func (x *chunkIndex) eachRow(place, start, count []uint64, visit func(chunkAt, slabAt, n uint64)) {
	rank := len(place)
	origin, low, extent := make([]uint64, rank), make([]uint64, rank), make([]uint64, rank)
	for i := range rank {
		origin[i] = place[i] * x.shape[i]
		low[i] = max(origin[i], start[i])
		extent[i] = min(origin[i]+x.shape[i], start[i]+count[i]) - low[i]
	}
	at := append([]uint64{}, low...)
	for {
		var chunkAt, slabAt uint64
		for i := range rank {
			chunkAt = chunkAt*x.shape[i] + at[i] - origin[i]
			slabAt = slabAt*count[i] + at[i] - start[i]
		}
		visit(chunkAt, slabAt, extent[rank-1])
		if !advance(at[:rank-1], low, extent) {
			return
		}
	}
}
