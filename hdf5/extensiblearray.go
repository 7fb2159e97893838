package hdf5

import (
	"math/bits"
	"slices"
)

// extensibleArray is the index of data of which one dimension can grow: a few
// entries in an index block, the rest in data blocks that double in size,
// found through super blocks when they are many.
type extensibleArray struct {
	*array
	blockOffsetWidth int
	pageBits         uint64
	next             uint64 // position of the next entry
}

func (b *indexBuilder) extensibleArray(dec *decoder) error {
	address := dec.address()
	if dec.err != nil || address == undefined {
		return dec.err
	}
	grows := slices.Index(b.most, undefined)
	if grows < 0 {
		return corrupt("an extensible array of chunks for data that cannot grow")
	}
	a, err := b.newArray(grows)
	if err != nil {
		return err
	}
	a.header = address
	d, err := b.block(address, uint64(16+6*b.f.lengthSize+b.f.offsetSize), "EAHD")
	if err != nil {
		return err
	}
	if err := verify("extensible array", d.b); err != nil {
		return err
	}
	d.skip(2)
	if err := a.entries(d.int(1)); err != nil {
		return err
	}
	maxBits, inIndex, minEntries, minPointers, pageBits := d.int(1), d.uint(1), d.uint(1), d.uint(1), d.uint(1)
	for range 4 {
		d.length() // statistics of blocks
	}
	a.used = d.length()
	d.length() // entries there is room for
	index := d.address()
	if d.err != nil || index == undefined {
		return d.err
	}
	if minEntries == 0 || minPointers == 0 || maxBits > 64 || pageBits > 32 {
		return corrupt("extensible array with blocks of %d entries", minEntries)
	}
	x := &extensibleArray{array: a, blockOffsetWidth: (maxBits + 7) / 8, pageBits: pageBits}
	return x.indexBlock(index, inIndex, minEntries, minPointers, maxBits)
}

// indexBlock reads the first entries and visits the blocks of the others.
// Super block u stands for 2^(u/2) data blocks of minEntries*2^((u+1)/2)
// entries; the first ones are left out and their data blocks listed directly.
func (a *extensibleArray) indexBlock(address, inIndex, minEntries, minPointers uint64, maxBits int) error {
	superBlocks := 1 + maxBits - (bits.Len64(minEntries) - 1)
	direct := 2 * (bits.Len64(minPointers) - 1)
	dataPointers := 2 * (minPointers - 1)
	superPointers := uint64(max(0, superBlocks-direct))
	size := uint64(6+a.f.offsetSize) + inIndex*a.size + (dataPointers+superPointers)*uint64(a.f.offsetSize) + sumSize
	d, err := a.part(address, size, "EAIB")
	if err != nil {
		return err
	}
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
	d, err := a.part(address, head+bitmapSize+blocks*uint64(a.f.offsetSize)+sumSize, "EASB")
	if err != nil {
		return err
	}
	d.skip(a.blockOffsetWidth)
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
	head := uint64(6 + a.f.offsetSize + a.blockOffsetWidth)
	if written == nil {
		d, err := a.part(address, head+entries*a.size+sumSize, "EADB")
		if err != nil {
			return err
		}
		d.skip(a.blockOffsetWidth)
		return a.read(d, first, entries)
	}
	if _, err := a.part(address, head+sumSize, "EADB"); err != nil {
		return err
	}
	address += head + sumSize
	page := uint64(1) << a.pageBits
	for k := range entries / page {
		if first+k*page >= a.total {
			break
		}
		if written(k) {
			if err := a.page(address, first+k*page, page); err != nil {
				return err
			}
		}
		address += page*a.size + sumSize
	}
	return nil
}
