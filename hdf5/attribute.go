package hdf5

import (
	"bytes"
	"fmt"
)

// Attribute is a small named value of a group or data set. Its values are read
// as those of a data set are.
type Attribute struct {
	Name string
	elements
}

// Attrs returns the object's attributes in the file's order.
func (o *object) Attrs() ([]*Attribute, error) {
	var attrs []*Attribute
	for _, m := range o.header.messages {
		if m.kind != msgAttribute {
			continue
		}
		body := m.body
		if m.shared {
			var err error
			if body, err = o.f.sharedMessage(body, msgAttribute); err != nil {
				return nil, o.errorf(err)
			}
		}
		a, err := o.parseAttribute(body)
		if err != nil {
			return nil, o.errorf(err)
		}
		attrs = append(attrs, a)
	}
	dense, err := o.denseAttributes()
	if err != nil {
		return nil, o.errorf(err)
	}
	return append(attrs, dense...), nil
}

// Attr returns the attribute of a name, or ErrNotFound.
func (o *object) Attr(name string) (*Attribute, error) {
	attrs, err := o.Attrs()
	if err != nil {
		return nil, err
	}
	names := make([]string, len(attrs))
	for i, a := range attrs {
		if a.Name == name {
			return a, nil
		}
		names[i] = a.Name
	}
	return nil, o.errorf(fmt.Errorf("%w: no attribute %q; it has %s", ErrNotFound, name, list(names)))
}

// denseAttributes reads attributes kept in a fractal heap.
func (o *object) denseAttributes() (attrs []*Attribute, err error) {
	body, ok, err := o.header.find(msgAttributeInfo)
	if !ok {
		return nil, err
	}
	d := o.f.decoder(body)
	d.skip(1)
	if d.byte()&1 != 0 {
		d.skip(2) // largest creation index
	}
	err = o.f.heapRecords(d, recordAttribute, func(heap *fractalHeap, record *decoder) error {
		id := record.bytes(uint64(heap.idSize))
		get := heap.get
		if record.byte()&2 != 0 {
			get = func(id []byte) ([]byte, error) { return o.f.tabled(msgAttribute, id) }
		}
		value, err := get(id)
		if err != nil {
			return err
		}
		a, err := o.parseAttribute(value)
		attrs = append(attrs, a)
		return err
	})
	return attrs, err
}

func (o *object) parseAttribute(body []byte) (*Attribute, error) {
	d := o.f.decoder(body)
	version, flags := d.byte(), d.byte()
	nameSize, typeSize, spaceSize := d.uint(2), d.uint(2), d.uint(2)
	if version == 3 {
		d.skip(1) // character set of the name
	}
	part := func(n uint64) []byte {
		if version == 1 { // parts are padded to 8 bytes
			return d.bytes((n + 7) &^ 7)
		}
		return d.bytes(n)
	}
	name, typeBody, spaceBody := part(nameSize), part(typeSize), part(spaceSize)
	if d.err != nil {
		return nil, d.err
	}
	if nameSize == 0 || bytes.IndexByte(name[:nameSize-1], 0) >= 0 {
		return nil, corrupt("an attribute's name %q ends before its end", name)
	}
	if version < 1 || version > 3 {
		return nil, unsupported("attribute version %d", version)
	}
	a := &Attribute{Name: string(name[:nameSize-1])} // the last byte is its end
	var err error
	if version > 1 && flags&1 != 0 {
		if typeBody, err = o.f.sharedMessage(typeBody, msgDatatype); err != nil {
			return nil, err
		}
	}
	if version > 1 && flags&2 != 0 {
		if spaceBody, err = o.f.sharedMessage(spaceBody, msgDataspace); err != nil {
			return nil, err
		}
	}
	return a, a.parse(o, typeBody, spaceBody, d)
}

// parse reads type, shape and values of an attribute.
func (a *Attribute) parse(o *object, typeBody, spaceBody []byte, d *decoder) error {
	t, err := o.f.readType(typeBody)
	if err != nil {
		return err
	}
	space, err := o.f.readSpace(spaceBody)
	if err != nil {
		return err
	}
	n, err := space.count()
	if err != nil {
		return err
	}
	if n > uint64(d.remaining()) {
		return corrupt("attribute %q: %d values in %d bytes", a.Name, n, d.remaining())
	}
	raw := d.bytes(n * uint64(t.Size))
	a.elements = elements{o.f, o.path + " attribute " + a.Name, t, space.dims, raw, wholeOf(t)}
	return d.err
}

// Field returns one member of a compound type, which reads as an attribute of the
// member's type does.
func (a *Attribute) Field(name string) (*Attribute, error) {
	e, err := a.field(name)
	return &Attribute{a.Name, e}, err
}
