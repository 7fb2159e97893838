package hdf5

// Kinds of version 1 B-trees.
const (
	treeOfGroups = 0
	treeOfChunks = 1
)

// maxTreeDepth is far above what a tree of any real file reaches.
const maxTreeDepth = 16

// tree1 is a version 1 B-tree. The children of a node lie between keys. A look-up
// follows the keys, so a child beside which a key was damaged is lost to other
// readers: visit is given the keys on the way, to check that they lead there.
type tree1 struct {
	*scan
	kind    byte
	keySize int
	path    []span // of the child in each node on the way
	visit   func(child uint64, path []span) error
}

// span is the keys before and behind a child.
type span struct{ from, to []byte }

// node visits the leaves below a node in order; level is that of its parent.
func (t *tree1) node(address uint64, parent int) error {
	d, err := t.block(address, uint64(8+2*t.f.offsetSize), "TREE")
	if err != nil {
		return err
	}
	kind, level, entries := d.byte(), d.int(1), d.uint(2)
	switch {
	case kind != t.kind:
		return corrupt("B-tree of kind %d at %d, should be %d", kind, address, t.kind)
	case level >= maxTreeDepth:
		return corrupt("B-tree of %d levels", level+1)
	case len(t.path) > 0 && level != parent-1:
		return corrupt("B-tree node of level %d below one of level %d", level, parent)
	}
	pair := uint64(t.keySize + t.f.offsetSize)
	b, err := t.read(address+uint64(len(d.b)), entries*pair+uint64(t.keySize))
	if err != nil {
		return err
	}
	for ; entries > 0; entries-- {
		if err := t.child(b, level); err != nil {
			return err
		}
		b = b[pair:]
	}
	return nil
}

// child visits the child behind the first key of b.
func (t *tree1) child(b []byte, level int) error {
	d := t.f.decoder(b)
	from := d.bytes(uint64(t.keySize))
	address := d.address()
	t.path = append(t.path, span{from, d.bytes(uint64(t.keySize))})
	defer func() { t.path = t.path[:len(t.path)-1] }()
	if d.err != nil {
		return d.err
	}
	if level > 0 {
		return t.node(address, level)
	}
	return t.visit(address, t.path)
}
