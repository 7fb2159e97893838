package hdf5

import "math/bits"

// elements reads the entries that arrays of chunks are made of.
type elements struct {
	*indexBuilder
	size uint64   // bytes of one entry
	grid []uint64 // the grid in the array's own order of dimensions
	// toGrid puts a place in that order back into the data's order
	toGrid func(place []uint64) []uint64
	total  uint64
}

// newElements checks the entry size: an address, and for filtered chunks the
// stored size and four bytes of skipped filters.
func (b *indexBuilder) newElements(size int) (*elements, error) {
	width := size - b.f.offsetSize - 4
	if !b.filtered && size != b.f.offsetSize || b.filtered && (width < 1 || width > 8) {
		return nil, corrupt("chunk entries of %d bytes", size)
	}
	e := &elements{indexBuilder: b, size: uint64(size), grid: b.chunkIndex.grid}
	e.toGrid = func(place []uint64) []uint64 { return place }
	e.total, _ = product(e.grid)
	return e, nil
}

// read records n entries, the first of which has the given position in the
// array. Entries behind the end of the grid are room to grow.
func (e *elements) read(d *decoder, position, n uint64) error {
	for i := position; i < position+n && d.err == nil; i++ {
		c := chunk{address: d.address(), size: e.bytes}
		if e.filtered {
			c.size, c.skipped = d.uint(int(e.size)-e.f.offsetSize-4), uint32(d.uint(4))
		}
		if d.err == nil && i < e.total {
			e.add(e.toGrid(unravel(i, e.grid)), c)
		}
	}
	return d.err
}

// readAt reads n entries at an address of the file.
func (e *elements) readAt(address, position, n uint64) error {
	size, ok := product([]uint64{n, e.size})
	if !ok {
		return corrupt("%d chunk entries", n)
	}
	b, err := e.scan.read(address, size)
	if err != nil {
		return err
	}
	return e.read(e.f.decoder(b), position, n)
}

// fixedArray reads the index of data that cannot grow.
func (b *indexBuilder) fixedArray(dec *decoder) error {
	address := dec.address()
	if dec.err != nil || address == undefined {
		return dec.err
	}
	d, err := b.block(address, uint64(12+b.f.lengthSize+b.f.offsetSize), "FAHD")
	if err != nil {
		return err
	}
	if err := verify("fixed array", d.b); err != nil {
		return err
	}
	d.skip(2)
	e, err := b.newElements(d.int(1))
	if err != nil {
		return err
	}
	pageBits := d.uint(1)
	n := d.length()
	data := d.address()
	if d.err != nil || data == undefined {
		return d.err
	}
	if pageBits > 32 || n > 1<<48 {
		return corrupt("fixed array of %d entries in pages of 2^%d", n, pageBits)
	}
	data += uint64(6 + b.f.offsetSize)
	if n <= 1<<pageBits {
		return e.readAt(data, 0, n)
	}
	return e.fixedPages(data, n, pageBits)
}

// fixedPages reads a fixed array in pages. A bit map says which were written.
func (e *elements) fixedPages(address, n, pageBits uint64) error {
	page := uint64(1) << pageBits
	pages := (n + page - 1) / page
	written, err := e.scan.read(address, (pages+7)/8)
	if err != nil {
		return err
	}
	address += uint64(len(written)) + 4
	for k := range pages {
		entries := min(n-k*page, page)
		if bit(written, k) {
			if err := e.readAt(address, k*page, entries); err != nil {
				return err
			}
		}
		address += entries*e.size + 4
	}
	return nil
}

// bit returns bit k of a bit map, most significant bit first.
func bit(bitmap []byte, k uint64) bool { return bitmap[k/8]&(0x80>>(k%8)) != 0 }

// extensibleArray is the index of data of which one dimension can grow: a few
// entries in an index block, the rest in data blocks that double in size,
// found through super blocks when they are many.
type extensibleArray struct {
	*elements
	blockOffsetWidth int
	pageBits         uint64
	next             uint64 // position of the next entry
}

func (b *indexBuilder) extensibleArray(dec *decoder, s *space) error {
	address := dec.address()
	if dec.err != nil || address == undefined {
		return dec.err
	}
	d, err := b.block(address, uint64(16+6*b.f.lengthSize+b.f.offsetSize), "EAHD")
	if err != nil {
		return err
	}
	if err := verify("extensible array", d.b); err != nil {
		return err
	}
	d.skip(2)
	e, err := b.newElements(d.int(1))
	if err != nil {
		return err
	}
	e.growingFirst(s)
	a := &extensibleArray{elements: e}
	maxBits, inIndex, minEntries, minPointers, pageBits := d.int(1), d.uint(1), d.uint(1), d.uint(1), d.uint(1)
	for range 6 {
		d.length() // statistics
	}
	index := d.address()
	if d.err != nil || index == undefined {
		return d.err
	}
	if minEntries == 0 || minPointers == 0 || maxBits > 64 || pageBits > 32 {
		return corrupt("extensible array with blocks of %d entries", minEntries)
	}
	a.blockOffsetWidth, a.pageBits = (maxBits+7)/8, pageBits
	return a.indexBlock(index, inIndex, minEntries, minPointers, maxBits)
}

// growingFirst puts the dimension that can grow in front: the array counts
// chunks with that one slowest.
func (e *elements) growingFirst(s *space) {
	grows := 0
	for i, unlimited := range s.unlimited {
		if unlimited {
			grows = i
		}
	}
	grid := []uint64{}
	if len(e.grid) > 0 {
		grid = append(grid, e.grid[grows])
		grid = append(append(grid, e.grid[:grows]...), e.grid[grows+1:]...)
	}
	e.grid = grid
	e.toGrid = func(p []uint64) []uint64 {
		if len(p) == 0 {
			return p
		}
		q := append([]uint64{}, p[1:grows+1]...)
		return append(append(q, p[0]), p[grows+1:]...)
	}
}

// indexBlock reads the first entries and visits the blocks of the others.
// Super block u stands for 2^(u/2) data blocks of minEntries*2^((u+1)/2)
// entries; the first ones are left out and their data blocks listed directly.
func (a *extensibleArray) indexBlock(address, inIndex, minEntries, minPointers uint64, maxBits int) error {
	superBlocks := 1 + maxBits - (bits.Len64(minEntries) - 1)
	direct := 2 * (bits.Len64(minPointers) - 1)
	dataPointers := 2 * (minPointers - 1)
	superPointers := uint64(max(0, superBlocks-direct))
	size := uint64(6+a.f.offsetSize) + inIndex*a.size + (dataPointers+superPointers)*uint64(a.f.offsetSize)
	d, err := a.block(address, size, "EAIB")
	if err != nil {
		return err
	}
	d.skip(2 + a.f.offsetSize)
	if err := a.read(d, 0, inIndex); err != nil {
		return err
	}
	a.next = inIndex
	for u := 0; u < superBlocks && a.next < a.total; u++ {
		blocks, entries := uint64(1)<<(u/2), minEntries<<((u+1)/2)
		if u >= direct {
			err = a.superBlock(d.address(), blocks, entries)
		} else {
			for range blocks {
				if err = a.dataBlock(d.address(), entries, nil); err != nil {
					break
				}
			}
		}
		if err != nil {
			return err
		}
	}
	return d.err
}

// superBlock visits its data blocks. If these have pages, it says which of the
// pages were written.
func (a *extensibleArray) superBlock(address, blocks, entries uint64) error {
	if address == undefined {
		a.next += blocks * entries
		return nil
	}
	var bitmapSize, pages uint64
	if pages = entries >> a.pageBits; pages > 1 {
		bitmapSize = blocks * ((pages + 7) / 8)
	} else {
		pages = 0
	}
	head := uint64(6 + a.f.offsetSize + a.blockOffsetWidth)
	d, err := a.block(address, head+bitmapSize+blocks*uint64(a.f.offsetSize), "EASB")
	if err != nil {
		return err
	}
	d.skip(2 + a.f.offsetSize + a.blockOffsetWidth)
	bitmap := d.bytes(bitmapSize)
	for k := range blocks {
		if a.next >= a.total || d.err != nil {
			break
		}
		written := func(page uint64) bool { return bit(bitmap, k*pages+page) }
		if pages == 0 {
			written = nil
		}
		if err := a.dataBlock(d.address(), entries, written); err != nil {
			return err
		}
	}
	return d.err
}

// dataBlock reads entries in one piece, or in pages if written is not nil.
func (a *extensibleArray) dataBlock(address, entries uint64, written func(page uint64) bool) error {
	first := a.next
	a.next += entries
	if address == undefined {
		return nil
	}
	address += uint64(6 + a.f.offsetSize + a.blockOffsetWidth)
	if written == nil {
		return a.readAt(address, first, entries)
	}
	address += 4
	page := uint64(1) << a.pageBits
	for k := range entries / page {
		if first+k*page >= a.total {
			break
		}
		if written(k) {
			if err := a.readAt(address, first+k*page, page); err != nil {
				return err
			}
		}
		address += page*a.size + 4
	}
	return nil
}
