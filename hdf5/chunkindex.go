package hdf5

import (
	"cmp"
	"fmt"
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

// allFilters skips all of them.
const allFilters = ^uint32(0)

// Kinds of chunk index of layout version 4.
const (
	indexSingle     = 1
	indexImplicit   = 2
	indexFixedArray = 3
	indexExtensible = 4
	indexTree2      = 5
)

// readChunkIndex has the rest of the layout message read, and with it the whole
// index.
func (d *Dataset) readChunkIndex(read func(*indexBuilder) error) (*chunkIndex, error) {
	b := &indexBuilder{scan: d.f.newScan(), chunkIndex: &chunkIndex{}, filtered: len(d.filters) > 0}
	if err := read(b); err != nil {
		return nil, err
	}
	slices.SortFunc(b.chunks, func(x, y chunk) int { return cmp.Compare(x.position, y.position) })
	return b.chunkIndex, b.apart()
}

// indexBuilder collects the chunks of an index.
type indexBuilder struct {
	*scan
	*chunkIndex
	dims     []uint64 // of the data, in elements
	most     []uint64 // what the grid can grow to; undefined: without end
	filtered bool
	bare     bool // chunks that reach beyond the data pass through no filter
}

// measure checks the chunk shape, whose last entry is the element's size, and
// lays the grid over the data.
func (b *indexBuilder) measure(d *Dataset, shape []uint64) error {
	rank := len(d.space.dims)
	if rank == 0 || len(shape) != rank+1 || slices.Contains(shape, 0) || shape[rank] != uint64(d.typ.Size) {
		return corrupt("chunks of shape %v for data of shape %v", shape, d.space.dims)
	}
	b.shape = shape[:rank]
	n, ok := product(append(slices.Clone(b.shape), uint64(d.typ.Size)))
	if !ok || n > 1<<32 {
		return corrupt("chunks of shape %v", b.shape)
	}
	b.bytes, b.dims = n, d.space.dims
	for i, size := range d.space.dims {
		b.grid = append(b.grid, (size+b.shape[i]-1)/b.shape[i])
		b.most = append(b.most, undefined)
		if most := d.space.most[i]; most != undefined {
			b.most[i] = most/b.shape[i] + min(most%b.shape[i], 1)
		}
	}
	if _, ok := product(b.grid); !ok {
		return corrupt("%v chunks", b.grid)
	}
	return nil
}

// next records the chunk of a tree, whose order is that of the grid.
func (b *indexBuilder) next(place []uint64, c chunk) error {
	before := len(b.chunks) - 1
	if err := b.add(place, c); err != nil {
		return err
	}
	if before >= 0 && b.chunks[before].position >= b.chunks[before+1].position {
		return corrupt("chunk %v out of order or twice", place)
	}
	return nil
}

// add records the chunk at a place, which must be in the grid.
func (b *indexBuilder) add(place []uint64, c chunk) error {
	for i, p := range place {
		if p >= b.grid[i] {
			return corrupt("chunk %v of a grid of %v chunks", place, b.grid)
		}
		c.position = c.position*b.grid[i] + p
		if b.bare && (p+1)*b.shape[i] > b.dims[i] {
			c.skipped = allFilters
		}
	}
	if c.address == undefined {
		return corrupt("chunk %v without an address", place)
	}
	if c.size == 0 || !b.filtered && c.size != b.bytes {
		return corrupt("chunk %v of %d bytes is stored in %d", place, b.bytes, c.size)
	}
	if err := b.f.inside(c.address, c.size); err != nil {
		return fmt.Errorf("chunk %v: %w", place, err)
	}
	b.chunks = append(b.chunks, c)
	return nil
}

// apart checks that no two chunks share bytes of the file.
func (x *chunkIndex) apart() error {
	c := slices.SortedFunc(slices.Values(x.chunks), func(a, b chunk) int { return cmp.Compare(a.address, b.address) })
	for i := 1; i < len(c); i++ {
		if c[i].address-c[i-1].address < c[i-1].size {
			return corrupt("chunks %v and %v overlap", unravel(c[i-1].position, x.grid), unravel(c[i].position, x.grid))
		}
	}
	return nil
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
	b.bare = flags&1 != 0
	if err := b.measure(d, shape); err != nil {
		return err
	}
	switch kind {
	case indexSingle:
		return b.single(dec, flags&2 != 0)
	case indexImplicit:
		return b.implicit(dec)
	case indexFixedArray:
		dec.skip(1)
		return b.fixedArray(dec)
	case indexExtensible:
		dec.skip(5)
		return b.extensibleArray(dec)
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
	if dec.err != nil || c.address == undefined || slices.Contains(b.grid, 0) {
		return dec.err
	}
	return b.add(make([]uint64, len(b.grid)), c)
}

// implicit is the index of chunks that lie one behind the other, all that there
// can be.
func (b *indexBuilder) implicit(dec *decoder) error {
	address := dec.address()
	if dec.err != nil || address == undefined {
		return dec.err
	}
	a, err := b.newArray(fixed)
	if err != nil {
		return err
	}
	size, ok := product([]uint64{a.total, b.bytes})
	if !ok {
		return corrupt("%d chunks of %d bytes", a.total, b.bytes)
	}
	if err := b.f.inside(address, size); err != nil {
		return err
	}
	for i := range a.total {
		if err := a.add(i, chunk{address: address + i*b.bytes, size: b.bytes}); err != nil {
			return err
		}
	}
	return nil
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
