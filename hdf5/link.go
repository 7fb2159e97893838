package hdf5

// link is one name in a group.
type link struct {
	name    string
	address uint64 // of the object; undefined for soft and external links
	soft    string // path that a soft link stands for
	file    string // file that an external link points into
	path    string // and the path there
}

// readLinks returns the links of a group, old-style or new-style.
func (h *header) readLinks() ([]link, error) {
	if body, ok, err := h.find(msgSymbolTable); ok || err != nil {
		if err != nil {
			return nil, err
		}
		return h.f.symbolTable(body)
	}
	if !h.has(msgLinkInfo) {
		return nil, corrupt("neither a group nor a data set")
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
	t := &tree1{scan: s, kind: treeOfGroups, keySize: f.lengthSize}
	t.visit = func(node uint64, path []span) error {
		found, err := s.symbolNode(node, heap)
		if err != nil {
			return err
		}
		links = append(links, found...)
		return f.namesWithin(found, path, heap)
	}
	if err := t.node(tree, 0); err != nil {
		return nil, err
	}
	return links, ascending(links)
}

// namesWithin checks that names lie behind the first and up to the second of the
// names between which each node of a B-tree has them.
func (f *File) namesWithin(links []link, path []span, heap localHeap) error {
	for _, s := range path {
		from, err := heap.name(f.decoder(s.from).uint(f.lengthSize))
		if err != nil {
			return err
		}
		to, err := heap.name(f.decoder(s.to).uint(f.lengthSize))
		if err != nil {
			return err
		}
		for _, l := range links {
			if l.name <= from || l.name > to {
				return corrupt("name %q between %q and %q of a B-tree", l.name, from, to)
			}
		}
	}
	return nil
}

// ascending checks that names come in order, each once.
func ascending(links []link) error {
	for i := 1; i < len(links); i++ {
		if links[i].name <= links[i-1].name {
			return corrupt("name %q behind %q", links[i].name, links[i-1].name)
		}
	}
	return nil
}

func (s *scan) symbolNode(address uint64, heap localHeap) (links []link, err error) {
	d, err := s.block(address, 8, "SNOD")
	if err != nil {
		return nil, err
	}
	d.skip(2)
	entries := d.uint(2)
	b, err := s.read(address+8, entries*uint64(s.f.lengthSize+s.f.offsetSize+24))
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
	nameAt, address, cache := d.length(), d.address(), d.uint(4)
	d.skip(4)
	scratch := f.decoder(d.bytes(16))
	if d.err != nil {
		return link{}, d.err
	}
	if cache > 2 {
		return link{}, corrupt("an entry of kind %d in a group", cache)
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
	err = h.f.heapRecords(d, recordLink, func(heap *fractalHeap, record *decoder) error {
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
func (f *File) heapRecords(d *decoder, kind byte, visit func(*fractalHeap, *decoder) error) error {
	heapAddress, tree := d.address(), d.address()
	if d.err != nil || heapAddress == undefined || tree == undefined {
		return d.err
	}
	s := f.newScan()
	heap, err := s.fractalHeap(heapAddress)
	if err != nil {
		return err
	}
	return s.tree2(tree, kind, func(record *decoder) error { return visit(heap, record) })
}

// parseLink reads a link message.
func (f *File) parseLink(body []byte) (link, error) {
	d := f.decoder(body)
	if version := d.byte(); version != 1 && d.err == nil {
		return link{}, unsupported("link version %d", version)
	}
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
		l.file, l.path = value.cstring(), value.cstring()
		d.fail(value.err)
	}
	return l, d.err
}
