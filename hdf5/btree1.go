package hdf5

// Kinds of version 1 B-trees.
const (
	treeOfGroups = 0
	treeOfChunks = 1
)

// maxTreeDepth is far above what a tree of any real file reaches.
const maxTreeDepth = 16

// tree1 visits the leaves of a version 1 B-tree in order, with the key before
// each child.
func (s *scan) tree1(address uint64, kind byte, keySize, depth int, visit func(key *decoder, child uint64) error) error {
	if depth > maxTreeDepth {
		return corrupt("B-tree more than %d deep", maxTreeDepth)
	}
	d, err := s.block(address, uint64(8+2*s.f.offsetSize), "TREE")
	if err != nil {
		return err
	}
	got, level, entries := d.byte(), d.byte(), d.uint(2)
	if got != kind {
		return corrupt("B-tree of kind %d at %d, should be %d", got, address, kind)
	}
	b, err := s.read(address+uint64(len(d.b)), entries*uint64(keySize+s.f.offsetSize))
	if err != nil {
		return err
	}
	d = s.f.decoder(b)
	for range entries {
		key := s.f.decoder(d.bytes(uint64(keySize)))
		child := d.address()
		if level > 0 {
			err = s.tree1(child, kind, keySize, depth+1, visit)
		} else {
			err = visit(key, child)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
