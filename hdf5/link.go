package hdf5

// link is one name in a group.
type link struct {
	name    string
	address uint64 // of the object; undefined for soft and external links
	soft    string // path that a soft link stands for
	file    string // file that an external link points into
}

// readLinks returns the links of a group, old-style or new-style.
func (h *header) readLinks() ([]link, error) {
	if body, ok, err := h.find(msgSymbolTable); ok || err != nil {
		if err != nil {
			return nil, err
		}
		return h.f.symbolTable(body)
	}
	var links []link
	for _, m := range h.messages {
		if m.kind != msgLink {
			continue
		}
		l, err := h.f.parseLink(m.body)
		if err != nil {
			return nil, err
		}
		links = append(links, l)
	}
	dense, err := h.denseLinks()
	return append(links, dense...), err
}

// symbolTable reads an old-style group: a B-tree of symbol nodes and a heap of
// names.
func (f *File) symbolTable(body []byte) (links []link, err error) {
	d := f.decoder(body)
	tree, heapAddress := d.address(), d.address()
	if d.err != nil {
		return nil, d.err
	}
	s := f.newScan()
	heap, err := s.localHeap(heapAddress)
	if err != nil {
		return nil, err
	}
	err = s.tree1(tree, treeOfGroups, f.lengthSize, 0, func(_ *decoder, node uint64) error {
		found, err := s.symbolNode(node, heap)
		links = append(links, found...)
		return err
	})
	return links, err
}

func (s *scan) symbolNode(address uint64, heap localHeap) (links []link, err error) {
	d, err := s.block(address, 8, "SNOD")
	if err != nil {
		return nil, err
	}
	d.skip(2)
	entries := d.uint(2)
	b, err := s.read(address+8, entries*uint64(2*s.f.offsetSize+24))
	if err != nil {
		return nil, err
	}
	d = s.f.decoder(b)
	for range entries {
		l, err := s.f.symbol(d, heap)
		if err != nil {
			return nil, err
		}
		links = append(links, l)
	}
	return links, nil
}

func (f *File) symbol(d *decoder, heap localHeap) (link, error) {
	nameAt, address, cache := d.uint(f.offsetSize), d.address(), d.uint(4)
	d.skip(4)
	scratch := f.decoder(d.bytes(16))
	if d.err != nil {
		return link{}, d.err
	}
	name, err := heap.name(nameAt)
	l := link{name: name, address: address}
	if err == nil && cache == 2 {
		l.address = undefined
		l.soft, err = heap.name(scratch.uint(4))
	}
	return l, err
}

// denseLinks reads the links that a new-style group keeps in a fractal heap.
func (h *header) denseLinks() (links []link, err error) {
	body, ok, err := h.find(msgLinkInfo)
	if !ok {
		return nil, err
	}
	d := h.f.decoder(body)
	d.skip(1)
	if d.byte()&1 != 0 {
		d.skip(8) // largest creation index
	}
	err = h.f.heapRecords(d, func(heap *fractalHeap, record *decoder) error {
		record.skip(4) // hash of the name
		id := record.bytes(uint64(record.remaining()))
		value, err := heap.get(id)
		if err != nil {
			return err
		}
		l, err := h.f.parseLink(value)
		links = append(links, l)
		return err
	})
	return links, err
}

// heapRecords reads the addresses of a fractal heap and of the B-tree over its
// values, and visits the records of the tree.
func (f *File) heapRecords(d *decoder, visit func(*fractalHeap, *decoder) error) error {
	heapAddress, tree := d.address(), d.address()
	if d.err != nil || heapAddress == undefined || tree == undefined {
		return d.err
	}
	s := f.newScan()
	heap, err := s.fractalHeap(heapAddress)
	if err != nil {
		return err
	}
	return s.tree2(tree, func(_ byte, record *decoder) error { return visit(heap, record) })
}

// parseLink reads a link message.
func (f *File) parseLink(body []byte) (link, error) {
	d := f.decoder(body)
	d.skip(1)
	flags := d.byte()
	kind := byte(0)
	if flags&8 != 0 {
		kind = d.byte()
	}
	if flags&4 != 0 {
		d.skip(8) // creation order
	}
	if flags&16 != 0 {
		d.skip(1) // character set
	}
	l := link{name: string(d.bytes(d.uint(1 << (flags & 3)))), address: undefined}
	switch kind {
	case 0:
		l.address = d.address()
	case 1:
		l.soft = string(d.bytes(d.uint(2)))
	case 64:
		value := f.decoder(d.bytes(d.uint(2)))
		value.skip(1)
		l.file = value.cstring()
		d.fail(value.err)
	}
	return l, d.err
}
