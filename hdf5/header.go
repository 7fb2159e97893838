package hdf5

// Kinds of messages in an object header.
const (
	msgDataspace     = 0x01
	msgLinkInfo      = 0x02
	msgDatatype      = 0x03
	msgOldFill       = 0x04
	msgFill          = 0x05
	msgLink          = 0x06
	msgExternalFiles = 0x07
	msgLayout        = 0x08
	msgGroupInfo     = 0x0a
	msgFilters       = 0x0b
	msgAttribute     = 0x0c
	msgContinuation  = 0x10
	msgSymbolTable   = 0x11
	msgAttributeInfo = 0x15
)

// message is one entry of an object header.
type message struct {
	kind   uint64
	shared bool // body refers to a message stored elsewhere
	body   []byte
}

// header is an object header: all that the file knows about one object.
type header struct {
	f        *File
	messages []message
}

// headerReader collects the messages of a header from its blocks.
type headerReader struct {
	*scan
	messages []message
	more     []block // continuation blocks still to be read
}

type block struct{ address, size uint64 }

// maxHeaderPrefix is at least what stands before the messages of a header.
const maxHeaderPrefix = 64

func (f *File) readHeader(address uint64) (*header, error) {
	r := &headerReader{scan: f.newScan()}
	prefix, err := r.upTo(address, maxHeaderPrefix)
	if err != nil {
		return nil, err
	}
	d := f.decoder(prefix)
	if string(d.bytes(4)) == "OHDR" {
		err = r.version2(address, d)
	} else {
		err = r.version1(address, f.decoder(prefix))
	}
	if err != nil {
		return nil, err
	}
	return &header{f, r.messages}, nil
}

// version1 reads a header whose messages are aligned to 8 bytes.
func (r *headerReader) version1(address uint64, d *decoder) error {
	version := d.byte()
	d.skip(1)
	count := d.int(2) // of messages; some writers left it too large
	d.skip(4)
	size := d.uint(4)
	if d.err != nil {
		return d.err
	}
	if version != 1 {
		return corrupt("no object header at %d", address)
	}
	r.more = append(r.more, block{address + 16, size})
	for i := 0; i < len(r.more); i++ {
		b, err := r.read(r.more[i].address, r.more[i].size)
		if err != nil {
			return err
		}
		d := r.f.decoder(b)
		for d.remaining() >= 8 {
			kind, n, flags := d.uint(2), d.uint(2), d.byte()
			d.skip(3)
			if count--; n%8 != 0 || i == 0 && count < 0 {
				return corrupt("object header at %d: more messages than it should have, or one of %d bytes", address, n)
			}
			r.add(kind, flags, d.bytes(n))
		}
		if d.err != nil {
			return d.err
		}
	}
	return nil
}

// version2 reads a header whose blocks carry signatures and checksums.
func (r *headerReader) version2(address uint64, d *decoder) error {
	version, flags := d.byte(), d.byte()
	if version != 2 {
		return unsupported("object header version %d", version)
	}
	if flags&0x20 != 0 {
		d.skip(16) // times
	}
	if flags&0x10 != 0 {
		d.skip(4) // attribute phase change
	}
	size := d.uint(1 << (flags & 3))
	if d.err != nil {
		return d.err
	}
	if size > r.f.size {
		return corrupt("object header of %d bytes at %d", size, address)
	}
	first := uint64(d.pos)
	r.more = append(r.more, block{address, first + size + 4})
	for i := 0; i < len(r.more); i++ {
		b, err := r.read(r.more[i].address, r.more[i].size)
		if err != nil {
			return err
		}
		body, err := headerBlock(b, i == 0, first)
		if err != nil {
			return err
		}
		if err := r.parse2(body, flags&4 != 0); err != nil {
			return err
		}
	}
	return nil
}

// headerBlock checks a block and returns the messages in it: what stands between
// its prefix, of size first in the first block, and its checksum.
func headerBlock(b []byte, isFirst bool, first uint64) ([]byte, error) {
	if err := verify("object header", b); err != nil {
		return nil, err
	}
	if !isFirst {
		if len(b) < 8 || string(b[:4]) != "OCHK" {
			return nil, corrupt("no object header continuation")
		}
		first = 4
	}
	return b[first : len(b)-4], nil
}

// parse2 reads the messages of one block; ordered headers number them.
func (r *headerReader) parse2(body []byte, ordered bool) error {
	d := r.f.decoder(body)
	prefix := 4
	if ordered {
		prefix = 6
	}
	unused := false
	for d.remaining() >= prefix {
		kind, n, flags := d.uint(1), d.uint(2), d.byte()
		d.skip(prefix - 4)
		r.add(kind, flags, d.bytes(n))
		unused = unused || kind == 0
	}
	if unused && d.remaining() > 0 { // bytes too few for a message are added to an unused one
		return corrupt("a gap of %d bytes behind the messages of an object header", d.remaining())
	}
	return d.err
}

func (r *headerReader) add(kind uint64, flags byte, body []byte) {
	switch kind {
	case 0: // empty space
	case msgContinuation:
		d := r.f.decoder(body)
		b := block{d.address(), d.length()}
		if d.err == nil {
			r.more = append(r.more, b)
		}
	default:
		r.messages = append(r.messages, message{kind, flags&2 != 0, body})
	}
}

// find returns the body of the first message of a kind; ok is false if the
// header has none.
func (h *header) find(kind uint64) (body []byte, ok bool, err error) {
	for _, m := range h.messages {
		if m.kind != kind {
			continue
		}
		if m.shared {
			body, err = h.f.sharedMessage(m.body, kind)
			return body, err == nil, err
		}
		return m.body, true, nil
	}
	return nil, false, nil
}

// has reports whether the header holds a message of a kind.
func (h *header) has(kind uint64) bool {
	for _, m := range h.messages {
		if m.kind == kind {
			return true
		}
	}
	return false
}

// sharedMessage follows a reference to a message in the header of another
// object, for example a named datatype.
func (f *File) sharedMessage(reference []byte, kind uint64) ([]byte, error) {
	d := f.decoder(reference)
	version, where := d.byte(), d.byte()
	if version == 1 {
		d.skip(6)
	}
	const inTable = 1
	if version == 3 && where == inTable {
		return f.tabled(kind, reference[d.pos:])
	}
	address := d.address()
	if d.err != nil {
		return nil, d.err
	}
	h, err := f.readHeader(address)
	if err != nil {
		return nil, err
	}
	for _, m := range h.messages {
		if m.kind == kind && !m.shared {
			return m.body, nil
		}
	}
	return nil, corrupt("no message of kind %d at %d, where one is shared", kind, address)
}
