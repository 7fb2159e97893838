package hdf5

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
		return h.tiny(d, int(kind&15))
	}
	return nil, corrupt("fractal heap id of kind %d", kind)
}

// tiny takes a value out of its id. In long ids its length has a byte more.
func (h *fractalHeap) tiny(d *decoder, size int) ([]byte, error) {
	const short = 16
	if h.idSize-1 > short+1 {
		size = size<<8 | d.int(1)
	}
	return d.bytes(uint64(size) + 1), d.err
}

// huge reads a value that lies by itself: where, stands in its id if that is long
// enough, else in a B-tree.
func (h *fractalHeap) huge(d *decoder) ([]byte, error) {
	place := h.f.offsetSize + h.f.lengthSize
	if len(h.filters) > 0 {
		place += 4 + h.f.lengthSize
	}
	if h.idSize-1 >= place {
		return h.hugeAt(d)
	}
	key := d.uint(min(h.f.lengthSize, h.idSize-1))
	kind := byte(recordHuge)
	if len(h.filters) > 0 {
		kind = recordFilteredHuge
	}
	var value []byte
	err := h.tree2(h.hugeTree, kind, func(record *decoder) error {
		at := *record
		record.skip(place)
		if record.length() != key || record.err != nil {
			return record.err
		}
		var err error
		value, err = h.hugeAt(&at)
		return err
	})
	if err == nil && value == nil {
		err = corrupt("no huge value %d in the fractal heap", key)
	}
	return value, err
}

// hugeAt reads the value at a place.
func (h *fractalHeap) hugeAt(d *decoder) ([]byte, error) {
	s := stored{address: d.address(), size: d.length()}
	size := s.size
	if len(h.filters) > 0 {
		s.skipped, size = uint32(d.uint(4)), d.length()
	}
	if d.err != nil {
		return nil, d.err
	}
	if b, ok := h.blocks[s.address]; ok && uint64(len(b)) == size {
		return b, nil
	}
	b, err := h.unfiltered(s, size)
	if err == nil {
		h.blocks[s.address] = b
	}
	return b, err
}
