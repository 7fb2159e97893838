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

// shuffle is the opposite of unshuffle.
func shuffle(to, from []byte, size int) {
	if size == 4 {
		shuffle4(to, from)
		return
	}
	n := len(from) / size
	for j := range size {
		for i := range n {
			to[j*n+i] = from[i*size+j]
		}
	}
}

// shuffle4 is shuffle for elements of 4 bytes. Most of them are counts, most counts are
// 0: eight of those go at once.
func shuffle4(to, from []byte) {
	n := len(from) / 4
	p0, p1, p2, p3 := to[:n], to[n:2*n], to[2*n:3*n], to[3*n:4*n]
	for i := 0; i < n; {
		if next := from[4*i:]; len(next) >= 32 && allZero(next[:32]) {
			le.PutUint64(p0[i:], 0)
			le.PutUint64(p1[i:], 0)
			le.PutUint64(p2[i:], 0)
			le.PutUint64(p3[i:], 0)
			i += 8
			continue
		}
		for end := min(i+8, n); i < end; i++ {
			v := le.Uint32(from[4*i:])
			p0[i], p1[i], p2[i], p3[i] = byte(v), byte(v>>8), byte(v>>16), byte(v>>24)
		}
	}
}

// allZero reports whether 32 bytes are 0.
func allZero(b []byte) bool {
	return le.Uint64(b)|le.Uint64(b[8:])|le.Uint64(b[16:])|le.Uint64(b[24:]) == 0
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
