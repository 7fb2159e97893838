package hdf5

// tree2 is a version 2 B-tree: fixed-size records in nodes of fixed size.
type tree2 struct {
	*scan
	kind       byte
	nodeSize   uint64
	recordSize uint64
	// widths of the two counts beside each child of a node, by its depth
	countWidth, totalWidth []int
	visit                  func(kind byte, record *decoder) error
}

// tree2 visits the records of the version 2 B-tree at address in order.
func (s *scan) tree2(address uint64, visit func(kind byte, record *decoder) error) error {
	d, err := s.block(address, uint64(22+s.f.offsetSize+s.f.lengthSize), "BTHD")
	if err != nil {
		return err
	}
	if err := verify("B-tree header", d.b); err != nil {
		return err
	}
	d.skip(1)
	t := &tree2{scan: s, kind: d.byte(), visit: visit}
	t.nodeSize, t.recordSize = d.uint(4), d.uint(2)
	depth := d.int(2)
	d.skip(2)
	root, records := d.address(), d.uint(2)
	if d.err != nil {
		return d.err
	}
	if root == undefined || records == 0 {
		return nil
	}
	if err := t.measure(depth); err != nil {
		return err
	}
	return t.node(root, records, depth)
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

// node visits the records of a node and of its children, in order.
func (t *tree2) node(address, records uint64, depth int) error {
	signature := "BTLF"
	if depth > 0 {
		signature = "BTIN"
	}
	b, err := t.upTo(address, t.nodeSize)
	if err != nil {
		return err
	}
	d := t.f.decoder(b)
	if string(d.bytes(4)) != signature {
		return corrupt("no B-tree node %s at %d", signature, address)
	}
	d.skip(2)
	own := t.f.decoder(d.bytes(records * t.recordSize))
	for i := range records + 1 {
		if depth > 0 {
			child, n := d.address(), d.uint(t.countWidth[depth])
			d.uint(t.totalWidth[depth])
			if d.err != nil {
				return d.err
			}
			if err := t.node(child, n, depth-1); err != nil {
				return err
			}
		}
		if i == records {
			break
		}
		record := t.f.decoder(own.bytes(t.recordSize))
		if own.err != nil {
			return own.err
		}
		if err := t.visit(t.kind, record); err != nil {
			return err
		}
	}
	return d.err
}
