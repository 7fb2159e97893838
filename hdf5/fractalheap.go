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
	sums                   bool              // direct blocks have checksums
	blocks                 map[uint64][]byte // read so far, by address
}

func (s *scan) fractalHeap(address uint64) (*fractalHeap, error) {
	d, err := s.block(address, uint64(26+3*s.f.offsetSize+12*s.f.lengthSize), "FRHP")
	if err != nil {
		return nil, err
	}
	if err := verify("fractal heap", d.b); err != nil {
		return nil, err
	}
	h := &fractalHeap{scan: s, blocks: map[uint64][]byte{}}
	d.skip(1)
	h.idSize = d.int(2)
	filters := d.int(2)
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
	if d.err != nil {
		return nil, d.err
	}
	if filters > 0 {
		return nil, unsupported("compressed fractal heap")
	}
	if h.startSize == 0 || h.width == 0 || h.maxDirect < h.startSize || heapBits > 64 || h.idSize == 0 {
		return nil, corrupt("fractal heap at %d", address)
	}
	h.offsetWidth = (heapBits + 7) / 8
	h.sizeWidth = byteWidth(min(h.maxDirect, maxManaged))
	return h, nil
}

// get returns the value that an id of the heap refers to.
func (h *fractalHeap) get(id []byte) ([]byte, error) {
	d := h.f.decoder(id)
	kind := d.byte()
	switch kind >> 4 & 3 {
	case 0:
		offset, size := d.uint(h.offsetWidth), d.uint(h.sizeWidth)
		if d.err != nil {
			return nil, d.err
		}
		return h.managed(offset, size)
	case 1:
		return h.huge(d)
	case 2:
		return d.bytes(uint64(kind&15) + 1), d.err
	}
	return nil, corrupt("fractal heap id of kind %d", kind)
}

func (h *fractalHeap) huge(d *decoder) ([]byte, error) {
	if h.idSize-1 >= h.f.offsetSize+h.f.lengthSize {
		address, size := d.address(), d.length()
		if d.err != nil {
			return nil, d.err
		}
		return h.read(address, size)
	}
	key := d.uint(min(8, h.idSize-1))
	var value []byte
	err := h.tree2(h.hugeTree, recordHuge, func(record *decoder) error {
		address, size := record.address(), record.length()
		if record.length() != key || record.err != nil {
			return record.err
		}
		var err error
		value, err = h.read(address, size)
		return err
	})
	if err == nil && value == nil {
		err = corrupt("no huge value %d in the fractal heap", key)
	}
	return value, err
}

// managed finds the direct block that holds an offset of the heap's own
// address space, going down through indirect blocks. Rows 0 and 1 hold blocks
// of the starting size, each later row blocks of twice the size.
func (h *fractalHeap) managed(offset, size uint64) ([]byte, error) {
	if h.rows == 0 {
		return h.value(h.root, offset, h.startSize, size)
	}
	address, rows := h.root, h.rows
	directRows := bits.Len64(h.maxDirect) - bits.Len64(h.startSize) + 2
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
		if row < directRows {
			return h.value(child, offset, blockSize, size)
		}
		address = child
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

// child reads the address of the n-th child of an indirect block of some rows.
func (h *fractalHeap) child(address uint64, rows int, n uint64) (uint64, error) {
	head := uint64(5 + h.f.offsetSize + h.offsetWidth)
	size, ok := product([]uint64{uint64(rows), h.width, uint64(h.f.offsetSize)})
	if !ok {
		return 0, corrupt("fractal heap block of %d rows", rows)
	}
	b, err := h.kept(address, head+size+sumSize, "FHIB", func(b []byte) error { return verify("fractal heap block", b) })
	if err != nil {
		return 0, err
	}
	d := h.f.decoder(b[head : head+size])
	d.bytes(n * uint64(h.f.offsetSize))
	return d.address(), d.err
}

// value returns a value that must lie inside a direct block of blockSize bytes.
// Offsets count the block's own head, in which its checksum stands.
func (h *fractalHeap) value(block, offset, blockSize, size uint64) ([]byte, error) {
	if offset > blockSize || size > blockSize-offset || offset < h.directHead() {
		return nil, corrupt("fractal heap value of %d bytes at %d of a block of %d", size, offset, blockSize)
	}
	b, err := h.kept(block, blockSize, "FHDB", h.verifyDirect)
	if err != nil {
		return nil, err
	}
	return b[offset : offset+size : offset+size], nil
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
