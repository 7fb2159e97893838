package hdf5

import (
	"slices"
	"sync"
)

// sharedTable is where a file keeps messages that several objects have in common:
// a fractal heap for each choice of kinds. The superblock's extension tells of it.
type sharedTable struct {
	mutex   sync.Mutex
	read    bool
	indexes []*sharedIndex
}

// sharedIndex is one choice of kinds of messages and the heap of these.
type sharedIndex struct {
	kinds   uint64 // bit k: messages of kind k
	isTree  bool
	count   uint64       // of messages
	places  uint64       // address of the list or tree of where they are
	address uint64       // of the heap
	heap    *fractalHeap // when it was needed
}

// msgSharedTable is the kind of the message that tells of the table.
const msgSharedTable = 0x0f

// tabled returns a message of the table by its place in a heap.
func (f *File) tabled(kind uint64, id []byte) ([]byte, error) {
	f.shared.mutex.Lock()
	defer f.shared.mutex.Unlock()
	if !f.shared.read {
		if err := f.readSharedTable(); err != nil {
			return nil, err
		}
		f.shared.read = true
	}
	for _, x := range f.shared.indexes {
		if x.kinds>>kind&1 == 0 {
			continue
		}
		if x.heap == nil {
			var err error
			if x.heap, err = x.open(f); err != nil {
				return nil, err
			}
		}
		return x.heap.get(id)
	}
	return nil, corrupt("no table of shared messages of kind %d", kind)
}

// readSharedTable reads which kinds of messages are shared and where their heaps
// are.
func (f *File) readSharedTable() error {
	if f.extension == undefined {
		return corrupt("a shared message, and no table of them")
	}
	h, err := f.readHeader(f.extension)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(h.messages, func(m message) bool { return m.kind == msgSharedTable && !m.shared })
	if at < 0 {
		return corrupt("a shared message, and no table of them")
	}
	d := f.decoder(h.messages[at].body)
	d.skip(1)
	address, n := d.address(), d.uint(1)
	if d.err != nil {
		return d.err
	}
	entry := uint64(14 + 2*f.offsetSize)
	if d, err = f.newScan().block(address, 4+n*entry+sumSize, "SMTB"); err != nil {
		return err
	}
	if err := verify("table of shared messages", d.b); err != nil {
		return err
	}
	f.shared.indexes = nil
	for range n {
		d.skip(1)
		x := &sharedIndex{isTree: d.byte() == 1, kinds: d.uint(2)}
		d.skip(8) // which messages are shared, and when a list becomes a tree
		x.count, x.places, x.address = d.uint(2), d.address(), d.address()
		f.shared.indexes = append(f.shared.indexes, x)
	}
	return d.err
}

// open opens the heap, and checks the list or tree of what is in it, which is not
// needed to read it.
func (x *sharedIndex) open(f *File) (*fractalHeap, error) {
	s := f.newScan()
	if x.isTree {
		if err := s.tree2(x.places, recordShared, func(*decoder) error { return nil }); err != nil {
			return nil, err
		}
		return s.fractalHeap(x.address)
	}
	entry := uint64(5 + max(12, 4+f.offsetSize))
	d, err := s.block(x.places, 4+x.count*entry+sumSize, "SMLI")
	if err != nil {
		return nil, err
	}
	if err := verify("list of shared messages", d.b); err != nil {
		return nil, err
	}
	return s.fractalHeap(x.address)
}
