package hdf5

// layoutClass says how the values of a data set lie in the file.
type layoutClass byte

const (
	compact    layoutClass = 0 // in the object header
	contiguous layoutClass = 1 // in one piece
	chunked    layoutClass = 2 // in equal blocks, found through an index
	virtual    layoutClass = 3 // in other data sets
)

// layout is where the values of a data set are.
type layout struct {
	class   layoutClass
	data    []byte // compact
	address uint64 // contiguous; undefined: never written
	size    uint64 // contiguous
	chunks  *chunkIndex

	external []externalPart // contiguous, in other files
	sources  []mapping      // virtual
}

// readLayout reads the layout of a data set of known type, space and filters.
func (d *Dataset) readLayout() error {
	body, ok, err := d.header.find(msgLayout)
	if err != nil {
		return err
	}
	if !ok {
		return corrupt("a data set without layout")
	}
	dec := d.f.decoder(body)
	version := dec.byte()
	switch {
	case dec.err != nil:
		return dec.err
	case version == 1 || version == 2:
		err = d.oldLayout(dec)
	case version >= 3 && version <= 5:
		err = d.newLayout(dec, version)
	default:
		return unsupported("data layout version %d", version)
	}
	if err != nil {
		return err
	}
	return d.elsewhere()
}

// newLayout reads the layout as HDF5 1.6 and later write it.
func (d *Dataset) newLayout(dec *decoder, version byte) (err error) {
	d.layout.class = layoutClass(dec.byte())
	switch d.layout.class {
	case compact:
		d.layout.data = dec.bytes(dec.uint(2))
	case contiguous:
		d.layout.address, d.layout.size = dec.address(), dec.length()
	case chunked:
		d.layout.chunks, err = d.readChunkIndex(func(b *indexBuilder) error {
			if version == 3 {
				return b.readVersion3(d, dec)
			}
			return b.readVersion4(d, dec)
		})
		if err != nil {
			return err
		}
	case virtual:
		return d.readVirtual(dec)
	default:
		return unsupported("data layout class %d", d.layout.class)
	}
	return dec.err
}

// oldLayout reads the layout as HDF5 before 1.6 wrote it.
func (d *Dataset) oldLayout(dec *decoder) error {
	rank := dec.int(1)
	d.layout.class = layoutClass(dec.byte())
	dec.skip(5)
	if d.layout.class != compact {
		d.layout.address = dec.address()
	}
	shape := make([]uint64, rank)
	for i := range shape {
		shape[i] = dec.uint(4)
	}
	if dec.err != nil {
		return dec.err
	}
	switch d.layout.class {
	case compact:
		d.layout.data = dec.bytes(dec.uint(4))
	case contiguous: // of as many bytes as the shape says
		n, err := d.space.count()
		if err != nil {
			return err
		}
		size, ok := product([]uint64{n, uint64(d.typ.Size)})
		if !ok {
			return corrupt("shape %v", d.space.dims)
		}
		d.layout.size = size
	case chunked:
		var err error
		d.layout.chunks, err = d.readChunkIndex(func(b *indexBuilder) error { return b.chunkTree1(d, d.layout.address, shape) })
		return err
	default:
		return unsupported("data layout class %d", d.layout.class)
	}
	return dec.err
}

// elsewhere reads which other files contiguous values lie in, if they do.
func (d *Dataset) elsewhere() error {
	body, ok, err := d.header.find(msgExternalFiles)
	if err != nil || !ok {
		return err
	}
	if d.layout.class != contiguous {
		return corrupt("values in external files, and a layout of class %d", d.layout.class)
	}
	d.layout.external, err = d.readExternal(body)
	return err
}

// readFill returns the value of elements that were never written; nil: zero.
func (d *Dataset) readFill() ([]byte, error) {
	body, ok, err := d.header.find(msgFill)
	if err != nil {
		return nil, err
	}
	if !ok {
		return d.readOldFill()
	}
	dec := d.f.decoder(body)
	version := dec.byte()
	defined := false
	if version < 1 || version > 3 {
		return nil, unsupported("fill value version %d", version)
	}
	const never, ifSet = 1, 2 // when elements are filled
	var when byte
	if version < 3 {
		dec.skip(1)
		when = dec.byte()
		defined = dec.byte() != 0 || version == 1
	} else {
		flags := dec.byte()
		when, defined = flags>>2&3, flags&0x20 != 0
	}
	if when > ifSet {
		return nil, corrupt("a fill value for the time %d", when)
	}
	if !defined || when == never { // h5py reads zeros there
		return nil, dec.err
	}
	return d.fillValue(dec)
}

// fillValue reads a value with its size before it: one of the data set's type, or
// none.
func (d *Dataset) fillValue(dec *decoder) ([]byte, error) {
	fill := dec.bytes(dec.uint(4))
	if len(fill) == 0 || dec.err != nil {
		return nil, dec.err
	}
	if len(fill) != d.typ.Size {
		return nil, corrupt("a fill value of %d bytes for values of %d", len(fill), d.typ.Size)
	}
	return fill, nil
}

// readOldFill reads the message that holds the fill value for HDF5 before 1.6.
func (d *Dataset) readOldFill() ([]byte, error) {
	body, ok, err := d.header.find(msgOldFill)
	if !ok {
		return nil, err
	}
	dec := d.f.decoder(body)
	return d.fillValue(dec)
}
