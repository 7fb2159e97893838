package hdf5

import (
	"cmp"
	"slices"
)

// chunkIndex tells where the chunks of a data set are.
type chunkIndex struct {
	shape  []uint64 // of a chunk, in elements
	grid   []uint64 // number of chunks along each dimension
	bytes  uint64   // of a chunk before filters
	chunks []chunk  // in order of position; chunks never written are absent
}

// chunk is one stored chunk. Its position is its place in the grid, counted in
// row-major order.
type chunk struct {
	position uint64
	address  uint64
	size     uint64 // as stored
	skipped  uint32 // filters it did not pass through
}

// Kinds of chunk index of layout version 4.
const (
	indexSingle     = 1
	indexImplicit   = 2
	indexFixedArray = 3
	indexExtensible = 4
	indexTree2      = 5
)

// readChunkIndex reads the rest of the layout message and the whole index.
func (d *Dataset) readChunkIndex(dec *decoder, version byte) (*chunkIndex, error) {
	b := &indexBuilder{scan: d.f.newScan(), chunkIndex: &chunkIndex{}, filtered: len(d.filters) > 0}
	var err error
	if version == 3 {
		err = b.readVersion3(d, dec)
	} else {
		err = b.readVersion4(d, dec)
	}
	if err != nil {
		return nil, err
	}
	return b.finish(), nil
}

// indexBuilder collects the chunks of an index.
type indexBuilder struct {
	*scan
	*chunkIndex
	filtered bool
}

// measure checks the chunk shape, whose last entry is the element's size, and
// lays the grid over the data.
func (b *indexBuilder) measure(d *Dataset, shape []uint64) error {
	rank := len(d.space.dims)
	if rank == 0 || len(shape) != rank+1 || slices.Contains(shape, 0) {
		return corrupt("chunks of shape %v for data of shape %v", shape, d.space.dims)
	}
	b.shape = shape[:rank]
	n, ok := product(append(slices.Clone(b.shape), uint64(d.typ.Size)))
	if !ok || n > 1<<32 {
		return corrupt("chunks of shape %v", b.shape)
	}
	b.bytes = n
	for i, size := range d.space.dims {
		b.grid = append(b.grid, (size+b.shape[i]-1)/b.shape[i])
	}
	if _, ok := product(b.grid); !ok {
		return corrupt("%v chunks", b.grid)
	}
	return nil
}

// add records a chunk; chunks never written and those outside the data, which
// may have shrunk, are left out.
func (b *indexBuilder) add(place []uint64, c chunk) {
	for i, p := range place {
		if p >= b.grid[i] {
			return
		}
		c.position = c.position*b.grid[i] + p
	}
	if c.address != undefined {
		b.chunks = append(b.chunks, c)
	}
}

// finish sorts the chunks and drops all but the first of one position.
func (b *indexBuilder) finish() *chunkIndex {
	slices.SortStableFunc(b.chunks, func(x, y chunk) int { return cmp.Compare(x.position, y.position) })
	b.chunks = slices.CompactFunc(b.chunks, func(x, y chunk) bool { return x.position == y.position })
	return b.chunkIndex
}

// readVersion3 reads a version 1 B-tree whose keys are offsets in elements.
func (b *indexBuilder) readVersion3(d *Dataset, dec *decoder) error {
	n := dec.int(1)
	address := dec.address()
	shape := make([]uint64, n)
	for i := range shape {
		shape[i] = dec.uint(4)
	}
	if dec.err != nil {
		return dec.err
	}
	if err := b.measure(d, shape); err != nil || address == undefined {
		return err
	}
	return b.tree1(address, treeOfChunks, 8+8*n, 0, func(key *decoder, child uint64) error {
		c := chunk{address: child, size: key.uint(4), skipped: uint32(key.uint(4))}
		place := make([]uint64, n-1)
		for i := range place {
			place[i] = key.uint(8) / b.shape[i]
		}
		b.add(place, c)
		return key.err
	})
}

// readVersion4 reads one of the five newer indexes. Version 5 differs only in
// the width of stored sizes, which the entries of the indexes tell by themselves.
func (b *indexBuilder) readVersion4(d *Dataset, dec *decoder) error {
	flags, n, width := dec.byte(), dec.int(1), dec.int(1)
	if width > 8 {
		return corrupt("chunk sizes of %d bytes", width)
	}
	shape := make([]uint64, n)
	for i := range shape {
		shape[i] = dec.uint(width)
	}
	kind := dec.byte()
	if dec.err != nil {
		return dec.err
	}
	if flags&1 != 0 {
		return unsupported("chunks that skip filters at the edge")
	}
	if err := b.measure(d, shape); err != nil {
		return err
	}
	switch kind {
	case indexSingle:
		return b.single(dec, flags&2 != 0)
	case indexImplicit:
		return b.implicit(dec.address())
	case indexFixedArray:
		dec.skip(1)
		return b.fixedArray(dec)
	case indexExtensible:
		dec.skip(5)
		return b.extensibleArray(dec, d.space)
	case indexTree2:
		dec.skip(6)
		return b.chunkTree2(dec)
	}
	return unsupported("chunk index %d", kind)
}

// single is the index of a data set of one chunk.
func (b *indexBuilder) single(dec *decoder, filtered bool) error {
	c := chunk{size: b.bytes}
	if filtered {
		c.size, c.skipped = dec.length(), uint32(dec.uint(4))
	}
	c.address = dec.address()
	if dec.err == nil {
		b.add(make([]uint64, len(b.grid)), c)
	}
	return dec.err
}

// implicit is the index of chunks that lie one behind the other.
func (b *indexBuilder) implicit(address uint64) error {
	if address == undefined {
		return nil
	}
	n, _ := product(b.grid)
	size, ok := product([]uint64{n, b.bytes})
	if !ok {
		return corrupt("%d chunks of %d bytes", n, b.bytes)
	}
	if err := b.f.inside(address, size); err != nil {
		return err
	}
	for i := range n {
		b.add(unravel(i, b.grid), chunk{address: address + i*b.bytes, size: b.bytes})
	}
	return nil
}

// chunkTree2 reads a version 2 B-tree, used when several dimensions can grow.
func (b *indexBuilder) chunkTree2(dec *decoder) error {
	const recordFiltered = 11
	address := dec.address()
	if dec.err != nil || address == undefined {
		return dec.err
	}
	rank := len(b.grid)
	return b.tree2(address, func(kind byte, record *decoder) error {
		c := chunk{address: record.address(), size: b.bytes}
		if kind == recordFiltered {
			width := record.remaining() - 4 - 8*rank
			if width < 1 || width > 8 {
				return corrupt("chunk sizes of %d bytes", width)
			}
			c.size, c.skipped = record.uint(width), uint32(record.uint(4))
		}
		place := make([]uint64, rank)
		for i := range place {
			place[i] = record.uint(8)
		}
		if record.err == nil {
			b.add(place, c)
		}
		return record.err
	})
}

// unravel turns a position in row-major order into a place in a grid.
func unravel(position uint64, grid []uint64) []uint64 {
	place := make([]uint64, len(grid))
	for i := len(grid) - 1; i >= 0; i-- {
		place[i] = position % max(grid[i], 1)
		position /= max(grid[i], 1)
	}
	return place
}
