package hdf5

import (
	"fmt"
	"iter"
)

const (
	// freeFill is how many bytes of never written elements a read may return
	// without the file having data for them.
	freeFill = 64 << 20
	// pieceSize is how many bytes of contiguous data are in memory as they lie in
	// the file: enough that the system reads at its full speed.
	pieceSize = 4 << 20
)

// put takes elements as they lie in the file: those that have the places from
// at on among all that are read, in row-major order. Calls for different places
// may come at once, and raw is overwritten afterwards.
type put func(at uint64, raw []byte)

// Raw reads the values as they lie in the file: packed, row-major, in the
// file's byte order.
func (d *Dataset) Raw() ([]byte, error) {
	n, err := d.elements()
	if err != nil || n == 0 {
		return nil, d.errorf(err)
	}
	size := uint64(d.typ.Size)
	out := make([]byte, n*size)
	if d.absent() {
		for i := 0; len(d.fill) > 0 && i < len(out); i += len(d.fill) {
			copy(out[i:], d.fill)
		}
	}
	err = d.visit(func(at uint64, raw []byte) { copy(out[at*size:], raw) })
	return out, d.errorf(err)
}

// readNumbers reads all values, with no more memory than the result and a few
// megabytes, or a few chunks.
func readNumbers[T float32 | float64](d *Dataset) ([]T, error) {
	n, err := d.elements()
	if err == nil {
		err = d.typ.numeric()
	}
	if err != nil {
		return nil, d.errorf(err)
	}
	dst := make([]T, n)
	return dst, d.errorf(readInto(d, dst))
}

// readInto reads all values into dst, whose elements are zero and as many.
func readInto[T float32 | float64](d *Dataset, dst []T) error {
	if len(dst) == 0 {
		return nil
	}
	if d.absent() && len(d.fill) > 0 {
		var fill [1]T
		if err := convert(fill[:], d.fill, d.typ); err != nil {
			return err
		}
		for i := range dst {
			dst[i] = fill[0]
		}
	}
	size := d.typ.Size
	return d.visit(func(at uint64, raw []byte) {
		_ = convert(dst[at:at+uint64(len(raw)/size)], raw, d.typ) // numeric has asked
	})
}

// Float32Rows yields the values as Float32s returns them, in blocks of whole
// rows: a row is all that shares a place along the first dimension. A block has
// about 4 MiB, but at least one row, and at least as many as a chunk is high, so
// that no chunk is read twice. The next block overwrites it. An error comes last.
func (d *Dataset) Float32Rows() iter.Seq2[[]float32, error] {
	return func(yield func([]float32, error) bool) {
		if err := d.eachBlock(yield); err != nil {
			yield(nil, d.errorf(err))
		}
	}
}

func (d *Dataset) eachBlock(yield func([]float32, error) bool) error {
	n, err := d.elements()
	if err != nil || n == 0 {
		return err
	}
	if err := d.typ.numeric(); err != nil {
		return err
	}
	start, count := d.slab()
	if len(count) == 0 { // a scalar
		start, count = []uint64{0}, []uint64{1}
	}
	row := n / count[0]
	var block []float32
	var pieces []byte // without it a large array's pieces would double the memory until they are collected
	for from, end := start[0], start[0]+count[0]; from < end; {
		to := min(d.blockEnd(from, row), end)
		block = resize(block, (to-from)*row)
		clear(block)
		part := *d
		part.pieces = &pieces
		if len(d.space.dims) > 0 {
			part.start, part.count = append([]uint64{from}, start[1:]...), append([]uint64{to - from}, count[1:]...)
		}
		if err := readInto(&part, block); err != nil {
			return err
		}
		if !yield(block, nil) {
			return nil
		}
		from = to
	}
	return nil
}

// blockEnd is where a block ends that begins at a place along the first
// dimension and whose rows have as many values.
func (d *Dataset) blockEnd(from, row uint64) uint64 {
	end := from + max(1, pieceSize/4/row)
	if d.layout.class != chunked {
		return end
	}
	height := d.layout.chunks.shape[0]
	return max(end/height, from/height+1) * height
}

// buffer returns n bytes for raw data.
func (d *Dataset) buffer(n uint64) []byte {
	if d.pieces == nil {
		return make([]byte, n)
	}
	*d.pieces = resize(*d.pieces, n)
	return *d.pieces
}

// resize returns n elements, of b if it has room for them.
func resize[T any](b []T, n uint64) []T {
	if uint64(cap(b)) < n {
		return make([]T, n)
	}
	return b[:n]
}

// slab is what is read: where it starts and how many elements it has.
func (d *Dataset) slab() (start, count []uint64) {
	if d.start != nil {
		return d.start, d.count
	}
	return make([]uint64, len(d.space.dims)), d.space.dims
}

// elements is how many values are read. It is an error if the file cannot hold
// them, so that they are safe to allocate.
func (d *Dataset) elements() (uint64, error) {
	if d.space.null {
		return 0, nil
	}
	start, count := d.slab()
	n, ok := product(append([]uint64{uint64(d.typ.Size)}, count...))
	switch {
	case !ok:
		return 0, corrupt("shape %v", count)
	case n == 0 && (d.start != nil || d.absent()):
		return 0, nil
	}
	return n / uint64(d.typ.Size), d.plausible(start, count, n)
}

// plausible checks that the file holds n bytes of a slab, or enough of them that
// the rest may be filled.
func (d *Dataset) plausible(start, count []uint64, n uint64) error {
	var stored uint64
	switch {
	case d.layout.class == chunked:
		_, stored = d.layout.chunks.touching(start, count)
		stored = min(stored, d.f.size)
	case !d.absent():
		whole, ok := product(append([]uint64{uint64(d.typ.Size)}, d.space.dims...))
		if !ok {
			return corrupt("shape %v", d.space.dims)
		}
		return d.holds(whole)
	}
	if n > freeFill && n-freeFill > maxExpansion*stored {
		return fmt.Errorf("%w: %d bytes of shape %v, of which %d are stored; the others were never written", ErrTooLarge, n, count, stored)
	}
	return nil
}

// absent reports whether there may be values that were never written.
func (d *Dataset) absent() bool {
	return d.layout.class == chunked || d.layout.class == contiguous && d.layout.address == undefined
}

// visit reads what was written of the values.
func (d *Dataset) visit(put put) error {
	start, count := d.slab()
	switch {
	case d.layout.class == chunked:
		return d.visitChunks(start, count, put)
	case d.absent():
		return nil
	}
	return d.visitRuns(start, count, put)
}

// visitRuns reads a slab of compact or contiguous data, in runs as long as lie
// side by side.
func (d *Dataset) visitRuns(start, count []uint64, put put) error {
	dims := d.space.dims
	inner := len(dims) // dimensions from here on are read in one run
	run := uint64(1)
	for inner > 0 {
		inner--
		run *= count[inner]
		if count[inner] != dims[inner] {
			break
		}
	}
	n, _ := product(count)
	size := uint64(d.typ.Size)
	buffer := d.buffer(min(run, max(1, pieceSize/size)) * size)
	place := append([]uint64{}, start...)
	for at := uint64(0); at < n; at += run {
		if err := d.visitRun(ravel(place, dims), run, at, buffer, put); err != nil {
			return err
		}
		advance(place[:inner], start, count)
	}
	return nil
}

// visitRun reads n elements that lie side by side, from one of the data set on,
// as many at a time as the buffer holds.
func (d *Dataset) visitRun(from, n, at uint64, buffer []byte, put put) error {
	size := uint64(d.typ.Size)
	most := uint64(len(buffer)) / size
	for done := uint64(0); done < n; done += most {
		piece := buffer[:min(most, n-done)*size]
		offset := (from + done) * size
		if d.layout.class == compact {
			copy(piece, d.layout.data[offset:])
		} else if err := d.f.readInto(piece, d.layout.address+offset); err != nil {
			return err
		}
		put(at+done, piece)
	}
	return nil
}

// holds checks that compact or contiguous data have n bytes, and the file them.
func (d *Dataset) holds(n uint64) error {
	stored := uint64(len(d.layout.data))
	if d.layout.class == contiguous {
		stored = d.layout.size
	}
	if n != stored {
		return corrupt("%d bytes of data of shape %v, should be %d", stored, d.space.dims, n)
	}
	if d.layout.class == contiguous {
		return d.f.inside(d.layout.address, n)
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
