package hdf5

import "iter"

// Float32Rows yields the values as Float32s returns them, in blocks of whole
// rows: a row is all that shares a place along the first dimension. A block has
// about 4 MiB, but at least one row, and as many as a chunk is high, so that no
// chunk is read twice, unless these have more than 128 MiB. The next block
// overwrites it. An error comes last.
func (d *Dataset) Float32Rows() iter.Seq2[[]float32, error] { return rows(d, (*values).float32s) }

// Float64Rows yields the values as Float64s returns them, as Float32Rows does.
func (d *Dataset) Float64Rows() iter.Seq2[[]float64, error] { return rows(d, (*values).float64s) }

// Int64Rows yields the values as Int64s returns them, as Float32Rows does.
func (d *Dataset) Int64Rows() iter.Seq2[[]int64, error] { return rows(d, (*values).int64s) }

// StringRows yields the values as Strings returns them, as Float32Rows does.
// Blocks have fewer values.
func (d *Dataset) StringRows() iter.Seq2[[]string, error] { return rows(d, (*values).strings) }

func rows[T any](d *Dataset, c converter[T]) iter.Seq2[[]T, error] {
	return func(yield func([]T, error) bool) {
		if err := eachBlock(d, c, yield); err != nil {
			yield(nil, d.errorf(err))
		}
	}
}

func eachBlock[T any](d *Dataset, c converter[T], yield func([]T, error) bool) error {
	n, err := d.elements()
	if err != nil || n == 0 || d.part.count() == 0 {
		return err
	}
	if err := c(d.valuesOf(nil), nil); err != nil {
		return err
	}
	start, count := d.slab()
	if len(count) == 0 { // a scalar
		start, count = []uint64{0}, []uint64{1}
	}
	row := n / count[0]
	var block []T
	for from, end := start[0], start[0]+count[0]; from < end; {
		to := min(d.blockEnd(from, row*d.part.count()*uint64(sizeOf[T]())), end)
		block = resize(block, (to-from)*row*d.part.count())
		clear(block)
		piece := *d
		if len(d.space.dims) > 0 {
			piece.start, piece.count = append([]uint64{from}, start[1:]...), append([]uint64{to - from}, count[1:]...)
		}
		if err := readInto(&piece, block, c); err != nil {
			return err
		}
		if !yield(block, nil) {
			return nil
		}
		from = to
	}
	return nil
}

// sizeOf is how many bytes a value takes in memory: of a string, what a short
// one takes with its text.
func sizeOf[T any]() int {
	switch any(*new(T)).(type) {
	case float32:
		return 4
	case string:
		return 64
	}
	return 8
}

// blockEnd is where a block ends that begins at a place along the first
// dimension and whose rows have as many bytes.
func (d *Dataset) blockEnd(from, row uint64) uint64 {
	end := from + max(1, blockSize/row)
	if d.layout.class != chunked {
		return end
	}
	height := d.layout.chunks.shape[0]
	return min(max(end/height, from/height+1)*height, from+max(1, mostBlock/row))
}
