package hdf5

import "slices"

// array lays the entries of an array of chunks over the grid: row-major over the
// largest grid that the data may grow to, not over the present one.
type array struct {
	*indexBuilder
	header uint64   // address of the array's header
	size   uint64   // bytes of one entry
	order  []int    // dimensions of the data, slowest first
	grid   []uint64 // in that order; without bound where it can grow without end
	total  uint64   // entries up to the last that the present grid may have
	used   uint64   // behind the last entry ever set, as the array itself says
}

// fixed is newArray's argument for data whose every dimension has a bound.
const fixed = -1

// newArray lays an array over the grid of data of which only the given dimension
// can grow without end. That one is then the slowest.
func (b *indexBuilder) newArray(grows int) (*array, error) {
	a := &array{indexBuilder: b}
	for i, most := range b.most {
		if (most == undefined) != (i == grows) {
			return nil, corrupt("a chunk index of another kind than data needs that grow to %v chunks", b.most)
		}
		if i == grows {
			a.order, a.grid = slices.Insert(a.order, 0, i), slices.Insert(a.grid, 0, b.chunkIndex.grid[i])
		} else {
			a.order, a.grid = append(a.order, i), append(a.grid, most)
		}
	}
	var ok bool
	if a.total, ok = product(a.grid); !ok {
		return nil, corrupt("%v chunks", a.grid)
	}
	a.used = a.total
	return a, nil
}

// entries checks the size of entries: an address, and for filtered chunks the
// stored size and four bytes of skipped filters.
func (a *array) entries(size int) error {
	width := size - a.f.offsetSize - 4
	if !a.filtered && size != a.f.offsetSize || a.filtered && (width < 1 || width > 8) {
		return corrupt("chunk entries of %d bytes", size)
	}
	a.size = uint64(size)
	return nil
}

// add records the i-th chunk, if it was written and is in the present grid, which
// may be smaller than that of the array.
func (a *array) add(i uint64, c chunk) error {
	if i >= a.total || c.address == undefined {
		return nil
	}
	if i >= a.used {
		return corrupt("chunk entry %d of an array that uses %d", i, a.used)
	}
	place := make([]uint64, len(a.grid))
	for k, p := range unravel(i, a.grid) {
		place[a.order[k]] = p
	}
	for k, p := range place {
		if p >= a.chunkIndex.grid[k] {
			return nil
		}
	}
	return a.indexBuilder.add(place, c)
}

// read records n entries, the first of which has the given position in the
// array.
func (a *array) read(d *decoder, position, n uint64) error {
	for i := position; i < position+n && d.err == nil; i++ {
		c := chunk{address: d.address(), size: a.bytes}
		if a.filtered {
			c.size, c.skipped = d.uint(int(a.size)-a.f.offsetSize-4), uint32(d.uint(4))
		}
		if d.err != nil {
			break
		}
		if err := a.add(i, c); err != nil {
			return err
		}
	}
	return d.err
}

// page reads n entries that stand by themselves at an address of the file.
func (a *array) page(address, position, n uint64) error {
	size, ok := product([]uint64{n, a.size})
	if !ok {
		return corrupt("%d chunk entries", n)
	}
	b, err := a.scan.read(address, size+sumSize)
	if err != nil {
		return err
	}
	if err := verify("page of chunk entries", b); err != nil {
		return err
	}
	return a.read(a.f.decoder(b), position, n)
}

// part reads a block of size bytes, its checksum included, whose head is a
// signature, version 0, whether chunks are filtered, and the address of the
// array's own header.
func (a *array) part(address, size uint64, signature string) (*decoder, error) {
	d, err := a.block(address, size, signature)
	if err != nil {
		return nil, err
	}
	version, filtered, header := d.byte(), d.byte() == 1, d.address()
	if version != 0 || filtered != a.filtered || header != a.header {
		return nil, corrupt("block %s of version %d at %d is of another array", signature, version, address)
	}
	return d, verify("block "+signature+" of chunk entries", d.b)
}

// fixedArray reads the index of data that cannot grow beyond some size.
func (b *indexBuilder) fixedArray(dec *decoder) error {
	address := dec.address()
	if dec.err != nil || address == undefined {
		return dec.err
	}
	a, err := b.newArray(fixed)
	if err != nil {
		return err
	}
	a.header = address
	d, err := b.block(address, uint64(12+b.f.lengthSize+b.f.offsetSize), "FAHD")
	if err != nil {
		return err
	}
	if err := verify("fixed array", d.b); err != nil {
		return err
	}
	d.skip(2)
	if err := a.entries(d.int(1)); err != nil {
		return err
	}
	pageBits, n, data := d.uint(1), d.length(), d.address()
	if d.err != nil || data == undefined {
		return d.err
	}
	if pageBits > 32 || n != a.total || n > 1<<48 {
		return corrupt("fixed array of %d entries in pages of 2^%d for %d chunks", n, pageBits, a.total)
	}
	return a.fixedBlock(data, n, pageBits)
}

// fixedBlock reads the entries of a fixed array: in one piece, or in pages, and
// then a bit map says which were written.
func (a *array) fixedBlock(address, n, pageBits uint64) error {
	head, page := uint64(6+a.f.offsetSize), uint64(1)<<pageBits
	if n <= page {
		d, err := a.part(address, head+n*a.size+sumSize, "FADB")
		if err != nil {
			return err
		}
		return a.read(d, 0, n)
	}
	pages := (n + page - 1) / page
	head += (pages+7)/8 + sumSize
	d, err := a.part(address, head, "FADB")
	if err != nil {
		return err
	}
	written := d.bytes((pages + 7) / 8)
	address += head
	for k := range pages {
		entries := min(n-k*page, page)
		if bit(written, k) {
			if err := a.page(address, k*page, entries); err != nil {
				return err
			}
		}
		address += entries*a.size + sumSize
	}
	return d.err
}

// bit returns bit k of a bit map, most significant bit first.
func bit(bitmap []byte, k uint64) bool { return bitmap[k/8]&(0x80>>(k%8)) != 0 }
