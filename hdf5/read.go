package hdf5

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// freeFill is how many bytes of never written elements a read may return
// without the file having data for them.
const freeFill = 64 << 20

// Raw reads the values as they lie in the file: packed, row-major, in the
// file's byte order.
func (d *Dataset) Raw() ([]byte, error) {
	raw, err := d.readSlab()
	return raw, d.errorf(err)
}

func (d *Dataset) readSlab() ([]byte, error) {
	if d.space.null {
		return nil, nil
	}
	start, count := d.start, d.count
	if start == nil {
		start, count = make([]uint64, len(d.space.dims)), d.space.dims
	}
	size := uint64(d.typ.Size)
	n, ok := product(append([]uint64{size}, count...))
	if !ok {
		return nil, corrupt("shape %v", count)
	}
	switch {
	case n == 0:
		return nil, nil
	case d.layout.class == chunked:
		return d.readChunks(start, count, n)
	case d.layout.class == contiguous && d.layout.address == undefined:
		return d.newFilled(n, 0)
	}
	return d.readPiece(start, count, n)
}

// newFilled allocates n bytes of the fill value, of which the file has stored
// bytes.
func (d *Dataset) newFilled(n, stored uint64) ([]byte, error) {
	if n > freeFill && n-freeFill > maxExpansion*stored {
		return nil, fmt.Errorf("%w: %d bytes, of which %d are stored", ErrTooLarge, n, stored)
	}
	out := make([]byte, n)
	for i := 0; len(d.fill) > 0 && i < len(out); i += len(d.fill) {
		copy(out[i:], d.fill)
	}
	return out, nil
}

// readPiece reads a slab of compact or contiguous data, in runs as long as lie
// side by side.
func (d *Dataset) readPiece(start, count []uint64, n uint64) ([]byte, error) {
	dims := d.space.dims
	whole, ok := product(append([]uint64{uint64(d.typ.Size)}, dims...))
	if !ok {
		return nil, corrupt("shape %v", dims)
	}
	if err := d.holds(whole); err != nil {
		return nil, err
	}
	out := make([]byte, n)
	inner := len(dims) // dimensions from here on are read in one run
	run := uint64(d.typ.Size)
	for inner > 0 {
		inner--
		run *= count[inner]
		if count[inner] != dims[inner] {
			break
		}
	}
	place := append([]uint64{}, start...)
	for at := uint64(0); at < n; at += run {
		offset := ravel(place, dims) * uint64(d.typ.Size)
		if d.layout.class == compact {
			copy(out[at:at+run], d.layout.data[offset:])
		} else if err := d.f.readInto(out[at:at+run], d.layout.address+offset); err != nil {
			return nil, err
		}
		advance(place[:inner], start, count)
	}
	return out, nil
}

// holds checks that n bytes of compact or contiguous data are in the file.
func (d *Dataset) holds(n uint64) error {
	if d.layout.class == contiguous {
		return d.f.inside(d.layout.address, n)
	}
	if n > uint64(len(d.layout.data)) {
		return corrupt("%d bytes of data, should be %d", len(d.layout.data), n)
	}
	return nil
}

// ravel is the place of an element in row-major order.
func ravel(place, dims []uint64) (n uint64) {
	for i, p := range place {
		n = n*dims[i] + p
	}
	return n
}

// advance moves a place to the next one of the slab, last dimension fastest.
// It reports false when it has come round to the start.
func advance(place, start, count []uint64) bool {
	for i := len(place) - 1; i >= 0; i-- {
		if place[i]++; place[i] < start[i]+count[i] {
			return true
		}
		place[i] = start[i]
	}
	return false
}

// readChunks reads the chunks that a slab touches, several at once.
func (d *Dataset) readChunks(start, count []uint64, n uint64) ([]byte, error) {
	index := d.layout.chunks
	wanted, stored := index.touching(start, count)
	out, err := d.newFilled(n, min(stored, d.f.size))
	if err != nil {
		return nil, err
	}
	var next atomic.Int64
	var failure error
	var once sync.Once
	var workers sync.WaitGroup
	for range min(len(wanted), runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(wanted)); i = next.Add(1) - 1 {
				if err := d.readChunk(out, wanted[i], start, count); err != nil {
					once.Do(func() { failure = err })
					next.Store(int64(len(wanted)))
				}
			}
		})
	}
	workers.Wait()
	return out, failure
}

// touching returns the stored chunks that a slab, which is not empty, needs, and
// their bytes.
func (x *chunkIndex) touching(start, count []uint64) (wanted []chunk, stored uint64) {
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
			stored += c.size
		}
	}
	return wanted, stored
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

// readChunk reads one chunk and copies what the slab wants of it.
func (d *Dataset) readChunk(out []byte, c chunk, start, count []uint64) error {
	index := d.layout.chunks
	b, err := d.f.readAt(c.address, c.size)
	if err != nil {
		return err
	}
	b, err = undoFilters(d.filters, c.skipped, b, index.bytes, uint64(d.typ.Size))
	if err != nil {
		return fmt.Errorf("chunk %v: %w", unravel(c.position, index.grid), err)
	}
	place, size := unravel(c.position, index.grid), uint64(d.typ.Size)
	index.eachRow(place, start, count, func(chunkAt, slabAt, n uint64) {
		copy(out[slabAt*size:(slabAt+n)*size], b[chunkAt*size:])
	})
	return nil
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
