package hdf5

// Kinds of records in version 2 B-trees.
const (
	recordHuge          = 1
	recordFilteredHuge  = 2
	recordLink          = 5
	recordShared        = 7
	recordAttribute     = 8
	recordChunk         = 10
	recordFilteredChunk = 11
)

// tree2 is a version 2 B-tree: fixed-size records in nodes of fixed size.
type tree2 struct {
	*scan
	nodeSize   uint64
	recordSize uint64
	// widths of the two counts beside each child of a node, by its depth
	countWidth, totalWidth []int
	visit                  func(record *decoder) error
}

// tree2 visits the records of the version 2 B-tree at address in order, which
// must be of one kind.
func (s *scan) tree2(address uint64, kind byte, visit func(record *decoder) error) error {
	d, err := s.block(address, uint64(22+s.f.offsetSize+s.f.lengthSize), "BTHD")
	if err != nil {
		return err
	}
	if err := verify("B-tree header", d.b); err != nil {
		return err
	}
	d.skip(1)
	if got := d.byte(); got != kind {
		return corrupt("B-tree of records of kind %d at %d, should be %d", got, address, kind)
	}
	t := &tree2{scan: s, visit: visit}
	t.nodeSize, t.recordSize = d.uint(4), d.uint(2)
	depth := d.int(2)
	d.skip(2)
	root := child{d.address(), d.uint(2), d.length()}
	if d.err != nil {
		return d.err
	}
	if root.address == undefined && root.records == 0 && root.total == 0 {
		return nil
	}
	if err := t.measure(depth); err != nil {
		return err
	}
	return t.node(root, depth)
}

// measure works out how wide the counts in the nodes are: as wide as the
// largest count that a node of that depth can hold.
func (t *tree2) measure(depth int) error {
	const overhead = 10 // signature, version, kind, checksum
	if t.recordSize == 0 || t.nodeSize < overhead+t.recordSize || depth > maxTreeDepth {
		return corrupt("B-tree of %d-byte records in %d-byte nodes, %d deep", t.recordSize, t.nodeSize, depth)
	}
	space := t.nodeSize - overhead
	leaf := space / t.recordSize
	total := leaf
	t.countWidth = []int{0}
	t.totalWidth = []int{0}
	for u := 1; u <= depth; u++ {
		t.countWidth = append(t.countWidth, byteWidth(leaf))
		t.totalWidth = append(t.totalWidth, 0)
		pointer := uint64(t.f.offsetSize + byteWidth(leaf))
		if u > 1 {
			t.totalWidth[u] = byteWidth(total)
			pointer += uint64(byteWidth(total))
		}
		if space < pointer {
			return corrupt("B-tree node of %d bytes", t.nodeSize)
		}
		most := (space - pointer) / (t.recordSize + pointer)
		if total > 1<<48 {
			return corrupt("B-tree of depth %d", depth)
		}
		total = (most+1)*total + most
	}
	return nil
}

// child is where a node's child is and how many records it has, by itself and
// with all below it.
type child struct{ address, records, total uint64 }

// node visits the records of a node and of its children, in order.
func (t *tree2) node(c child, depth int) error {
	own, children, err := t.readNode(c, depth)
	if err != nil {
		return err
	}
	total := c.records
	for i := range c.records + 1 {
		if depth > 0 {
			if err := t.node(children[i], depth-1); err != nil {
				return err
			}
			total += children[i].total
		}
		if i == c.records {
			break
		}
		if err := t.visit(t.f.decoder(own.bytes(t.recordSize))); err != nil {
			return err
		}
	}
	if total != c.total {
		return corrupt("B-tree node at %d has %d records, should have %d", c.address, total, c.total)
	}
	return own.err
}

// readNode reads a node's own records and, if it is not a leaf, its children.
func (t *tree2) readNode(c child, depth int) (own *decoder, children []child, err error) {
	signature := "BTLF"
	if depth > 0 {
		signature = "BTIN"
	}
	b, err := t.upTo(c.address, t.nodeSize)
	if err != nil {
		return nil, nil, err
	}
	d := t.f.decoder(b)
	if string(d.bytes(4)) != signature {
		return nil, nil, corrupt("no B-tree node %s at %d", signature, c.address)
	}
	d.skip(2)
	own = t.f.decoder(d.bytes(c.records * t.recordSize))
	for i := uint64(0); depth > 0 && i <= c.records && d.err == nil; i++ {
		below := child{address: d.address(), records: d.uint(t.countWidth[depth])}
		if below.total = below.records; depth > 1 {
			below.total = d.uint(t.totalWidth[depth])
		}
		children = append(children, below)
	}
	d.skip(sumSize)
	if d.err != nil {
		return nil, nil, d.err
	}
	return own, children, verify("B-tree node", b[:d.pos])
}
