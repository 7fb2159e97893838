package hdf5

import "slices"

// readVersion3 reads where a version 1 B-tree is whose keys are places, and it.
func (b *indexBuilder) readVersion3(d *Dataset, dec *decoder) error {
	n := dec.int(1)
	address := dec.address()
	shape := make([]uint64, n)
	for i := range shape {
		shape[i] = dec.uint(4)
	}
	if dec.err != nil {
		return dec.err
	}
	return b.chunkTree1(d, address, shape)
}

// chunkTree1 reads the tree at an address.
func (b *indexBuilder) chunkTree1(d *Dataset, address uint64, shape []uint64) error {
	if err := b.measure(d, shape); err != nil || address == undefined {
		return err
	}
	t := &tree1{scan: b.scan, kind: treeOfChunks, keySize: 8 + 8*len(shape)}
	t.visit = func(child uint64, path []span) error { return b.leaf1(child, path, shape) }
	return t.node(address, 0)
}

// leaf1 records a chunk of a version 1 B-tree. The key before it says which it is.
func (b *indexBuilder) leaf1(address uint64, path []span, shape []uint64) error {
	own := path[len(path)-1].from
	place, err := b.f.chunkKey(own, shape)
	if err != nil {
		return err
	}
	for _, s := range path {
		from, err := b.f.chunkKey(s.from, shape)
		if err != nil {
			return err
		}
		to, err := b.f.chunkKey(s.to, shape)
		if err != nil {
			return err
		}
		if slices.Compare(from, place) > 0 || slices.Compare(place, to) >= 0 {
			return corrupt("chunk %v between the keys %v and %v of a B-tree", place, from, to)
		}
	}
	rank := len(shape) - 1
	if place[rank] != 0 {
		return corrupt("chunk %v within an element", place)
	}
	d := b.f.decoder(own)
	return b.next(place[:rank], chunk{address: address, size: d.uint(4), skipped: uint32(d.uint(4))})
}

// chunkKey reads the place in a key: offsets in elements, and within an element,
// that are multiples of the chunk's shape.
func (f *File) chunkKey(key []byte, shape []uint64) ([]uint64, error) {
	d := f.decoder(key)
	d.skip(8)
	place := make([]uint64, len(shape))
	for i, size := range shape {
		offset := d.uint(8)
		if offset%size != 0 {
			return nil, corrupt("a chunk at an offset of %d, with chunks of shape %v", offset, shape)
		}
		place[i] = offset / size
	}
	return place, d.err
}

// chunkTree2 reads a version 2 B-tree, used when several dimensions can grow.
func (b *indexBuilder) chunkTree2(dec *decoder) error {
	address := dec.address()
	if dec.err != nil || address == undefined {
		return dec.err
	}
	rank := len(b.grid)
	kind := byte(recordChunk)
	if b.filtered {
		kind = recordFilteredChunk
	}
	return b.tree2(address, kind, func(record *decoder) error {
		c := chunk{address: record.address(), size: b.bytes}
		if b.filtered {
			width := record.remaining() - 4 - 8*rank
			if width < 1 || width > 8 {
				return corrupt("chunk sizes of %d bytes", width)
			}
			c.size, c.skipped = record.uint(width), uint32(record.uint(4))
		}
		place := make([]uint64, rank)
		for i := range place {
			place[i] = record.uint(8)
		}
		if record.err != nil {
			return record.err
		}
		return b.next(place, c)
	})
}
