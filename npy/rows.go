package npy

// blocks reads an array in blocks of rows.
type blocks struct {
	array  *Array
	row    int // values of a row
	block  []float32
	cursor *cursor // goes from block to block, in C order
}

func (b *blocks) each(yield func([]float32, error) bool) error {
	start, count := b.array.slab()
	height := max(1, b.bytes()/4/b.row)
	for from, end := start[0], start[0]+count[0]; from < end; from += height {
		part := *b.array
		part.start = append([]int{from}, start[1:]...)
		part.count = append([]int{min(height, end-from)}, count[1:]...)
		if err := b.read(&part, from+height >= end); err != nil {
			return err
		}
		if !yield(b.block, nil) {
			return nil
		}
	}
	return nil
}

func (b *blocks) bytes() int {
	if b.array.fortran {
		return columnsBlock
	}
	return blockSize
}

// read reads one block; the last of a whole array verifies its checksum.
func (b *blocks) read(part *Array, last bool) (err error) {
	if b.cursor == nil || b.array.fortran {
		b.close()
		if b.cursor, err = b.array.entry.cursor(b.array.isWhole()); err != nil {
			return err
		}
	}
	b.block = resize(b.block, part.count[0]*b.row)
	err = readInto(part, b.cursor, b.block, numbers[float32])
	if err != nil || !last || !b.array.isWhole() || part.isWhole() {
		return err
	}
	return b.cursor.end()
}

func (b *blocks) close() {
	if b.cursor != nil {
		b.cursor.close()
	}
}
