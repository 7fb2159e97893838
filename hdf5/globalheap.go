package hdf5

import (
	"cmp"
	"slices"
	"sync"
)

// globalHeaps are the collections of values of variable length that were read
// last. Strings and sequences refer to them, mostly in order.
type globalHeaps struct {
	mutex sync.Mutex
	kept  map[uint64]*globalHeap // by address
	bytes uint64                 // that are kept
	read  uint64                 // bytes read, some of them again
	seen  []block                // all collections ever read, in order of address
}

const (
	// heapRoom is how many bytes of collections are kept.
	heapRoom = 64 << 20
	// heapReads is how often the bytes of a file may be read again before
	// everything is kept: values can refer to collections to and fro.
	heapReads = 8
)

// globalHeap is one collection: values by their numbers.
type globalHeap struct {
	values []heapValue // in order of number
	cost   uint64      // bytes of memory
}

type heapValue struct {
	index uint64
	value string
}

// heapObject returns a value of variable length. Values of one collection share
// its memory.
func (f *File) heapObject(address, index uint64) (string, error) {
	f.heaps.mutex.Lock()
	defer f.heaps.mutex.Unlock()
	h, ok := f.heaps.kept[address]
	if !ok {
		var err error
		if h, err = f.readGlobalHeap(address); err != nil {
			return "", err
		}
		f.heaps.keep(address, h, f.size)
	}
	i, ok := slices.BinarySearchFunc(h.values, index, func(v heapValue, index uint64) int { return cmp.Compare(v.index, index) })
	if !ok {
		return "", corrupt("no value %d in the global heap at %d", index, address)
	}
	return h.values[i].value, nil
}

// keep remembers a collection, and forgets the others if there is no room.
func (c *globalHeaps) keep(address uint64, h *globalHeap, fileSize uint64) {
	if c.bytes+h.cost > heapRoom && c.read < heapReads*fileSize || c.kept == nil {
		c.kept, c.bytes = map[uint64]*globalHeap{}, 0
	}
	c.kept[address] = h
	c.bytes += h.cost
}

// apart checks that a collection shares no bytes with others.
func (c *globalHeaps) apart(b block) error {
	i, again := slices.BinarySearchFunc(c.seen, b.address, func(x block, address uint64) int { return cmp.Compare(x.address, address) })
	if again {
		return nil
	}
	before := i > 0 && b.address-c.seen[i-1].address < c.seen[i-1].size
	behind := i < len(c.seen) && c.seen[i].address-b.address < b.size
	if before || behind {
		return corrupt("the global heap at %d overlaps another", b.address)
	}
	c.seen = slices.Insert(c.seen, i, b)
	return nil
}

func (f *File) readGlobalHeap(address uint64) (*globalHeap, error) {
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
	if err := f.inside(address, size); err != nil {
		return nil, err
	}
	if err := f.heaps.apart(block{address, size}); err != nil {
		return nil, err
	}
	f.heaps.read += size
	b, err := s.read(address+head, size-head)
	if err != nil {
		return nil, err
	}
	return f.parseGlobalHeap(b)
}

// heapHead is what a collection begins with, and each value in it: a length behind
// eight bytes, filled up to a multiple of eight.
func (f *File) heapHead() int { return (8 + f.lengthSize + 7) &^ 7 }

func (f *File) parseGlobalHeap(b []byte) (*globalHeap, error) {
	h := &globalHeap{}
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
		h.values = append(h.values, heapValue{index, text[start:d.pos]})
		d.skip(min(int((8-n%8)%8), d.remaining()))
	}
	h.sort()
	const perValue = 24
	h.cost = uint64(len(b) + perValue*cap(h.values))
	return h, nil
}

// sort brings values in order. Of several with one number the last counts.
func (h *globalHeap) sort() {
	slices.Reverse(h.values)
	slices.SortStableFunc(h.values, func(a, b heapValue) int { return cmp.Compare(a.index, b.index) })
	h.values = slices.CompactFunc(h.values, func(a, b heapValue) bool { return a.index == b.index })
}
