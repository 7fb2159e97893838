package hdf5

// localHeap holds the names of an old-style group, each ended by a zero byte.
type localHeap []byte

func (s *scan) localHeap(address uint64) (localHeap, error) {
	d, err := s.block(address, uint64(8+2*s.f.lengthSize+s.f.offsetSize), "HEAP")
	if err != nil {
		return nil, err
	}
	if version := d.uint(4) & 255; version != 0 {
		return nil, unsupported("local heap version %d", version)
	}
	size, free, data := d.length(), d.length(), d.address()
	b, err := s.read(data, size)
	if err != nil {
		return nil, err
	}
	return b, s.f.checkFree(b, free)
}

// checkFree follows the list of a local heap's free pieces: each begins with where
// the next one is and its own size. Damage of the names is often damage of the
// list too.
func (f *File) checkFree(heap localHeap, at uint64) error {
	const end = 1
	for left := len(heap); at != end; left -= 2 * f.lengthSize {
		if at >= uint64(len(heap)) || left <= 0 {
			return corrupt("free space at %d of a heap of %d bytes", at, len(heap))
		}
		d := f.decoder(heap[at:])
		next, size := d.length(), d.length()
		if d.err != nil || size > uint64(len(heap))-at {
			return corrupt("%d bytes free at %d of a heap of %d", size, at, len(heap))
		}
		at = next
	}
	return nil
}

func (h localHeap) name(offset uint64) (string, error) {
	if offset > uint64(len(h)) {
		return "", corrupt("name at %d in a heap of %d bytes", offset, len(h))
	}
	d := &decoder{b: h[offset:]}
	return d.cstring(), d.err
}

// globalHeap is one collection of values of variable length, by index.
type globalHeap map[uint64]string

// heapObject returns a value of variable length. Collections are read once and
// kept, so that any number of references to one value share its memory.
func (f *File) heapObject(address, index uint64) (string, error) {
	f.heapMutex.Lock()
	defer f.heapMutex.Unlock()
	h, ok := f.heaps[address]
	if !ok {
		var err error
		if h, err = f.readGlobalHeap(address); err != nil {
			return "", err
		}
		f.heaps[address] = h
	}
	v, ok := h[index]
	if !ok {
		return "", corrupt("no value %d in the global heap at %d", index, address)
	}
	return v, nil
}

func (f *File) readGlobalHeap(address uint64) (globalHeap, error) {
	s := f.newScan()
	d, err := s.block(address, uint64(f.heapHead()), "GCOL")
	if err != nil {
		return nil, err
	}
	d.skip(4)
	size, head := d.length(), uint64(len(d.b))
	if size < head {
		return nil, corrupt("global heap of %d bytes at %d", size, address)
	}
	if f.heapBytes += size; f.heapBytes > f.size {
		return nil, corrupt("global heaps overlap")
	}
	b, err := s.read(address+head, size-head)
	if err != nil {
		return nil, err
	}
	return f.parseGlobalHeap(b)
}

// heapHead is what a collection begins with, and each value in it: a length behind
// eight bytes, filled up to a multiple of eight.
func (f *File) heapHead() int { return (8 + f.lengthSize + 7) &^ 7 }

func (f *File) parseGlobalHeap(b []byte) (globalHeap, error) {
	h := globalHeap{}
	text := string(b) // the values are parts of this one string
	d := f.decoder(b)
	for d.remaining() >= f.heapHead() {
		index := d.uint(2)
		d.skip(6)
		n := d.length()
		d.skip(f.heapHead() - 8 - f.lengthSize)
		if index == 0 { // the rest is free
			break
		}
		start := d.pos
		d.bytes(n)
		if d.err != nil {
			return nil, d.err
		}
		h[index] = text[start:d.pos]
		d.skip(min(int((8-n%8)%8), d.remaining()))
	}
	return h, nil
}
