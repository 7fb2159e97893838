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
