package hdf5

// unshuffled undoes the filter shuffle, whose parameter is the size of an element.
func (b *chunkBuffer) unshuffled(p []uint32, _ uint64) error {
	if len(p) != 1 || p[0] == 0 {
		return corrupt("shuffle with parameters %v", p)
	}
	b.unshuffle(uint64(p[0]))
	return nil
}

func (b *chunkBuffer) unshuffle(elementSize uint64) {
	if elementSize < 2 || elementSize > uint64(len(b.data)) {
		return
	}
	from, to := b.turn(uint64(len(b.data)))
	unshuffle(to, from, int(elementSize))
}

// unshuffle puts the bytes of each element together again: the first bytes of
// all elements come first, then all second bytes, and so on.
func unshuffle(to, from []byte, size int) {
	n := len(from) / size
	for j := range size {
		for i, v := range from[j*n : (j+1)*n] {
			to[i*size+j] = v
		}
	}
	copy(to[n*size:], from[n*size:])
}

// verifyFletcher32 checks and takes off the sum behind a chunk.
func (b *chunkBuffer) verifyFletcher32() error {
	n := len(b.data) - 4
	if n < 0 {
		return corrupt("fletcher32: a chunk of %d bytes", len(b.data))
	}
	if got, sum := fletcher32(b.data[:n]), le.Uint32(b.data[n:]); got != sum {
		return corrupt("fletcher32: a chunk sums to %08x, should be %08x", got, sum)
	}
	b.data = b.data[:n]
	return nil
}
