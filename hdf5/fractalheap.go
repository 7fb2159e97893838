package hdf5

import (
	"bytes"
	"math/bits"
)

// fractalHeap holds links or attributes of new-style groups and objects that
// have many of them. Small values lie in blocks of doubling sizes ("managed"),
// large ones by themselves ("huge"), the smallest in their reference ("tiny").
type fractalHeap struct {
	*scan
	idSize                 int
	offsetWidth, sizeWidth int
	width                  uint64 // blocks per row
	startSize, maxDirect   uint64 // sizes of the smallest and largest direct block
	root                   uint64
	rows                   int // of the root; 0: the root is a direct block
	hugeTree               uint64
	sums                   bool // direct blocks have checksums
	filters                []filter
	rootSize               uint64 // of a direct root behind filters, as stored
	rootSkipped            uint32
	blocks                 map[uint64][]byte // read so far, by address
}

func (s *scan) fractalHeap(address uint64) (*fractalHeap, error) {
	d, filterSize, err := s.heapHeader(address)
	if err != nil {
		return nil, err
	}
	h := &fractalHeap{scan: s, blocks: map[uint64][]byte{}}
	d.skip(1)
	h.idSize = d.int(2)
	d.skip(2)
	h.sums = d.byte()&2 != 0
	maxManaged := d.uint(4)
	d.length() // next huge id
	h.hugeTree = d.address()
	d.length()  // free space
	d.address() // free space manager
	for range 8 {
		d.length() // statistics
	}
	h.width = d.uint(2)
	h.startSize, h.maxDirect = d.length(), d.length()
	heapBits := d.int(2)
	d.skip(2)
	h.root, h.rows = d.address(), d.int(2)
	if filterSize > 0 {
		h.rootSize, h.rootSkipped = d.length(), uint32(d.uint(4))
		if h.filters, err = s.f.readFilters(d.bytes(filterSize)); err != nil {
			return nil, err
		}
	}
	if d.err != nil {
		return nil, d.err
	}
	if h.startSize == 0 || h.width == 0 || h.maxDirect < h.startSize || heapBits > 64 || h.idSize == 0 {
		return nil, corrupt("fractal heap at %d", address)
	}
	if err := s.f.knows(h.filters, 0); err != nil {
		return nil, err
	}
	h.offsetWidth = (heapBits + 7) / 8
	h.sizeWidth = byteWidth(min(h.maxDirect, maxManaged))
	return h, nil
}

// heapHeader reads the header of a heap, which is longer where there are filters,
// by what describes them.
func (s *scan) heapHeader(address uint64) (d *decoder, filterSize uint64, err error) {
	size := uint64(26 + 3*s.f.offsetSize + 12*s.f.lengthSize)
	if d, err = s.block(address, size, "FRHP"); err != nil {
		return nil, 0, err
	}
	if filterSize = uint64(le.Uint16(d.b[7:])); filterSize > 0 {
		if d, err = s.block(address, size+uint64(s.f.lengthSize)+4+filterSize, "FRHP"); err != nil {
			return nil, 0, err
		}
	}
	return d, filterSize, verify("fractal heap", d.b)
}

// managed finds the direct block that holds an offset of the heap's own
// address space, going down through indirect blocks. Rows 0 and 1 hold blocks
// of the starting size, each later row blocks of twice the size.
func (h *fractalHeap) managed(offset, size uint64) ([]byte, error) {
	if h.rows == 0 {
		return h.value(stored{h.root, h.rootSize, h.rootSkipped}, offset, h.startSize, size)
	}
	address, rows := h.root, h.rows
	for range maxTreeDepth {
		row, blockSize, rest, ok := h.locate(offset, rows)
		if !ok {
			break
		}
		column := rest / blockSize
		child, err := h.child(address, rows, uint64(row)*h.width+column)
		if err != nil {
			return nil, err
		}
		offset = rest - column*blockSize
		if row < h.directRows() {
			return h.value(child, offset, blockSize, size)
		}
		address = child.address
		rows = bits.Len64(blockSize) - bits.Len64(h.startSize*h.width) + 1
	}
	return nil, corrupt("fractal heap has no offset %d", offset)
}

// locate finds the row of an indirect block in which an offset lies; rest is
// the offset within that row.
func (h *fractalHeap) locate(offset uint64, rows int) (row int, blockSize, rest uint64, ok bool) {
	blockSize = h.startSize
	for row = range min(rows, 64) {
		if row > 1 {
			blockSize *= 2
		}
		span, fits := product([]uint64{blockSize, h.width})
		if !fits || blockSize == 0 {
			return 0, 0, 0, false
		}
		if offset < span {
			return row, blockSize, offset, true
		}
		offset -= span
	}
	return 0, 0, 0, false
}

// stored is where a direct block is, and behind filters its size in the file and
// which of them it skipped.
type stored struct {
	address uint64
	size    uint64
	skipped uint32
}

// child reads where the n-th child is of an indirect block of some rows. Those of
// the first rows are direct blocks, of which there is more to say behind filters.
func (h *fractalHeap) child(address uint64, rows int, n uint64) (stored, error) {
	head := uint64(5 + h.f.offsetSize + h.offsetWidth)
	address1 := uint64(h.f.offsetSize)
	direct := uint64(min(rows, h.directRows())) * h.width
	entry := address1
	if len(h.filters) > 0 {
		entry += uint64(h.f.lengthSize) + 4
	}
	size, ok := product([]uint64{uint64(rows), h.width, entry})
	if !ok {
		return stored{}, corrupt("fractal heap block of %d rows", rows)
	}
	size -= (uint64(rows)*h.width - direct) * (entry - address1)
	b, err := h.kept(address, head+size+sumSize, "FHIB", func(b []byte) error { return verify("fractal heap block", b) })
	if err != nil {
		return stored{}, err
	}
	d := h.f.decoder(b[head : head+size])
	d.bytes(min(n, direct)*entry + (max(n, direct)-direct)*address1)
	c := stored{address: d.address()}
	if n < direct && len(h.filters) > 0 {
		c.size, c.skipped = d.length(), uint32(d.uint(4))
	}
	return c, d.err
}

// directRows is how many rows of an indirect block have direct blocks.
func (h *fractalHeap) directRows() int { return bits.Len64(h.maxDirect) - bits.Len64(h.startSize) + 2 }

// value returns a value that must lie inside a direct block of blockSize bytes.
// Offsets count the block's own head, in which its checksum stands.
func (h *fractalHeap) value(block stored, offset, blockSize, size uint64) ([]byte, error) {
	if offset > blockSize || size > blockSize-offset || offset < h.directHead() {
		return nil, corrupt("fractal heap value of %d bytes at %d of a block of %d", size, offset, blockSize)
	}
	b, err := h.direct(block, blockSize)
	if err != nil {
		return nil, err
	}
	return b[offset : offset+size : offset+size], nil
}

// direct reads a direct block of blockSize bytes.
func (h *fractalHeap) direct(block stored, blockSize uint64) ([]byte, error) {
	if len(h.filters) == 0 {
		return h.kept(block.address, blockSize, "FHDB", h.verifyDirect)
	}
	if b, ok := h.blocks[block.address]; ok && uint64(len(b)) == blockSize {
		return b, nil
	}
	b, err := h.unfiltered(block, blockSize)
	if err != nil {
		return nil, err
	}
	if len(b) < 4 || string(b[:4]) != "FHDB" {
		return nil, corrupt("at %d: no FHDB behind filters", block.address)
	}
	h.blocks[block.address] = b
	return b, h.verifyDirect(b)
}

// unfiltered reads what has n bytes before filters.
func (h *fractalHeap) unfiltered(s stored, n uint64) ([]byte, error) {
	if n > most(h.filters, s.size, n) || n > h.left { // what filters make counts as read
		return nil, corrupt("%d bytes of a fractal heap stored in %d", n, s.size)
	}
	h.left -= n
	b, err := h.read(s.address, s.size)
	if err != nil {
		return nil, err
	}
	c := chunkBuffer{data: b}
	err = c.undo(h.filters, s.skipped, n)
	return c.data, err
}

// verifyDirect verifies a direct block, whose checksum is that of the block with
// zeros in its place.
func (h *fractalHeap) verifyDirect(b []byte) error {
	if !h.sums {
		return nil
	}
	if uint64(len(b)) < h.directHead() {
		return corrupt("fractal heap block of %d bytes", len(b))
	}
	at := h.directHead() - sumSize
	whole := append(append(bytes.Clone(b[:at]), 0, 0, 0, 0), b[at+sumSize:]...)
	return verify("fractal heap block", append(whole, b[at:at+sumSize]...))
}

// directHead is what stands in a direct block before its values.
func (h *fractalHeap) directHead() uint64 {
	n := uint64(5 + h.f.offsetSize + h.offsetWidth)
	if h.sums {
		n += sumSize
	}
	return n
}

// kept reads a block and checks it, once: many values lie in one.
func (h *fractalHeap) kept(address, size uint64, signature string, check func([]byte) error) ([]byte, error) {
	if b, ok := h.blocks[address]; ok && uint64(len(b)) == size {
		return b, nil
	}
	d, err := h.block(address, size, signature)
	if err != nil {
		return nil, err
	}
	h.blocks[address] = d.b
	return d.b, check(d.b)
}
