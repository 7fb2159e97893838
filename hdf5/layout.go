package hdf5

// layoutClass says how the values of a data set lie in the file.
type layoutClass byte

const (
	compact    layoutClass = 0 // in the object header
	contiguous layoutClass = 1 // in one piece
	chunked    layoutClass = 2 // in equal blocks, found through an index
)

// layout is where the values of a data set are.
type layout struct {
	class   layoutClass
	data    []byte // compact
	address uint64 // contiguous; undefined: never written
	size    uint64 // contiguous
	chunks  *chunkIndex
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
	if d.header.has(msgExternalFiles) {
		return unsupported("values in external files. Copy them into one file: %s", d.f.copyInPython("h5py"))
	}
	dec := d.f.decoder(body)
	version, class := dec.byte(), dec.byte()
	if (version < 3 || version > 5) && dec.err == nil {
		return unsupported("data layout version %d", version)
	}
	d.layout.class = layoutClass(class)
	switch d.layout.class {
	case compact:
		d.layout.data = dec.bytes(dec.uint(2))
	case contiguous:
		d.layout.address, d.layout.size = dec.address(), dec.length()
	case chunked:
		d.layout.chunks, err = d.readChunkIndex(dec, version)
		if err != nil {
			return err
		}
	default:
		if class == 3 {
			return unsupported("a virtual data set, whose values are in other files. Copy them into one: %s", d.f.copyInPython("h5py"))
		}
		return unsupported("data layout class %d", class)
	}
	return dec.err
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
