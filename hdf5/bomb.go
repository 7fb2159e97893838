package hdf5

import (
	"fmt"
	"strings"
)

// A small file can unpack to more than there is memory for. What unpacks to more
// than bombShare times what is stored is read only if it is not large: a chunk of
// up to bombChunk bytes, and up to bombRead bytes at once; more of it can be read
// piece by piece. Counts with few spikes unpack to about a hundred times as much.
const (
	bombShare = 256
	bombChunk = 32 << 20
	bombRead  = 1 << 30
)

// dense checks that a chunk, which must be unpacked as a whole, is no bomb.
func (d *Dataset) dense(c chunk) error {
	n := d.layout.chunks.bytes
	if n <= bombChunk || n/bombShare <= c.size {
		return nil
	}
	from, to := d.f.names()
	return fmt.Errorf("%w: a chunk of %d bytes stored in %d. Write the file again with smaller chunks: h5repack -l %s:CHUNK=%s %s %s",
		ErrTooLarge, n, c.size, shellQuoted(d.path), d.smallChunk(), shellQuoted(from), shellQuoted(to))
}

// smallChunk is a shape for chunks of at most 1 MiB, as h5repack takes it.
func (d *Dataset) smallChunk() string {
	left := uint64(1<<20) / min(uint64(d.typ.Size), 1<<20)
	shape := make([]string, len(d.space.dims))
	for i := len(shape) - 1; i >= 0; i-- {
		n := max(1, min(left, d.space.dims[i]))
		left /= n
		shape[i] = fmt.Sprint(n)
	}
	return strings.Join(shape, "x")
}

// elementsAtOnce is elements for what is read in one piece.
func (d *Dataset) elementsAtOnce() (uint64, error) {
	n, err := d.elements()
	size := n * uint64(d.typ.Size)
	if err != nil || size <= bombRead || d.layout.class != chunked {
		return n, err
	}
	var stored uint64
	start, count := d.slab()
	for _, c := range d.layout.chunks.touching(start, count) {
		stored += c.size
	}
	if size/bombShare > stored {
		from, to := d.f.names()
		return 0, fmt.Errorf("%w: %d bytes of shape %v, of which %d are stored. Read it by rows or slabs, or if it is right unpack the file first: h5repack -f NONE %s %s",
			ErrTooLarge, size, count, stored, shellQuoted(from), shellQuoted(to))
	}
	return n, nil
}
